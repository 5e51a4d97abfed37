"""Fitting the choice of speakers."""

from training.books import excerpts, read_book, read_people, read_scene
from training.fit_speakers import Example, examples, fit, right_turns, true_past, with_voices
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


def book(voices=None):
    """Return the text as a book with gold speakers; voices gives the network's word by the gold speaker."""
    quotes, at = [], 0
    for who in SPEAKERS:
        start = TEXT.index('"', at)
        at = TEXT.index('"', start + 1) + 1
        quotes.append({"spans": [[start, at]], "speaker": who, "addressees": []})
    names = (("ida", "Ida Marsh", "Ida"), ("tom", "Tom Reed", "Tom"), ("ann", "Ann Lowe", "Ann"))
    people = [{"id": who, "name": name, "aliases": [short]} for who, name, short in names]
    made = read_book({"quotes": quotes, "characters": people, "mentions": []}, read_people("t", TEXT))
    if voices is None:
        return made
    ours = {theirs: who for who, theirs in made.bearers.items()}
    known = [
        setting._replace(voices={ours[who]: chance for who, chance in voices(truth).items()})
        for setting, truth in zip(made.known, made.gold, strict=True)
    ]
    return made._replace(known=known)


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


def test_the_network_is_trusted_where_it_helps():
    plain = {"none:said2-next": -0.5, "none:said1-next": 0.5}
    right, wrong = book(lambda truth: {truth: 0.9}), book(lambda truth: {"tom" if truth == "ida" else "ida": 0.9})
    helped = with_voices([right], plain)
    assert helped["none:voice"] > 0
    assert right_turns([right], helped) > right_turns([right], plain)
    assert with_voices([wrong], plain)["none:voice"] == 0


def test_a_network_that_says_nothing_has_no_weight():
    weights = {"none:said1-next": -2.0, "none:said2-next": 1.0}
    found = with_voices([book(lambda _: {})], weights)
    assert {name: value for name, value in found.items() if value} == weights


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
