"""Fitting the choice of speakers."""

from training.books import Book, excerpts, read_book, read_people, read_scene
from training.fit_speakers import Example, examples, fit, true_past
from training.scenes import read_scene as noted

TEXT = """Ida Marsh came in. Tom Reed sat by the lamp, and Ann Lowe stood at the door.

"You are late," said Ida Marsh.

"I know it," said Tom Reed.

"Who told you?"

"Nobody."

Ann Lowe laughed. Ida looked at Tom.

"And you?"

"I saw the tide."

"It was high."
"""
SPEAKERS = ("ida", "tom", "ida", "tom", "ida", "tom", "ida")


def book() -> Book:
    """Return the text as a book with gold speakers."""
    quotes, at = [], 0
    for who in SPEAKERS:
        start = TEXT.index('"', at)
        at = TEXT.index('"', start + 1) + 1
        quotes.append({"spans": [[start, at]], "speaker": who, "addressees": []})
    names = (("ida", "Ida Marsh", "Ida"), ("tom", "Tom Reed", "Tom"), ("ann", "Ann Lowe", "Ann"))
    people = [{"id": who, "name": name, "aliases": [short]} for who, name, short in names]
    return read_book({"quotes": quotes, "characters": people, "mentions": []}, read_people("t", TEXT))


def test_what_always_marks_the_right_one_gets_weight():
    data = [Example([[("good", 1.0)], [("bad", 1.0)]], [True, False])] * 20
    weights = fit(data)
    assert weights["good"] > 1 > -1 > weights["bad"]


def test_gold_speakers_are_found_again():
    made = book()
    assert made.gold == list(SPEAKERS)
    assert set(made.bearers.values()) == {"ida", "tom", "ann"}
    data = list(examples(made, true_past(made)))
    assert data
    assert all(sum(one.right) == 1 for one in data)


def test_excerpts_hold_all_quotations_at_their_places():
    document = {"text": TEXT, "quotes": [{"spans": [[TEXT.index('"Nobody'), TEXT.index('"Nobody') + 9]]}]}
    (part,) = excerpts(document, 150)
    a, b = part["quotes"][0]["spans"][0]
    assert part["text"][a:b] == '"Nobody."'


def test_scenes_know_who_speaks():
    scene = noted(
        "t", 'Ida Marsh met Tom Reed.\n\n"You?" said Ida.⟦Ida Marsh⟧\n\n"I."⟦Tom Reed⟧\n\n"Who is there?"⟦?⟧\n'
    )
    made = read_scene(scene)
    assert [who and who.split("-")[0] for who in made.gold] == ["ida", "tom", None]
