"""Corrections of one draft for the next: on the right line or on none, and nothing of the file lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula import api
from fabula.errors import ConfigError
from fabula.spans import Span
from fabula.store import Carried, carry_over, load_corrections, match_corrections
from fabula.store.carrying import carried as carry
from fabula.store.corrections import as_toml, parse_corrections
from fabula.store.rewriting import rewritten
from fabula.story import Story
from tests.tellings.small import read

OLD = """The lamp in the tower went out a little after nine.

"Who is on the stair?" called Marta.

"Only Joss, with the oil," said a voice below.

"You are late, Joss. The brig from Arden passed an hour ago without a light."

He set the can down and wiped his hands on his coat.

"I met the priest on the causeway and he would talk of nothing but herrings."

"No," said Marta.

"Yes."

Marta trimmed the wick and said no more. Rain ran down the glass, and the lamp hissed at it like a cat.

"No," said Joss at last, to nobody, and went home."""

SPEAKER = '[[speaker]]\nquote = "{}"\nspeaker = "Marta"\n'


def carried(tmp_path, toml, new, old=OLD, **how):
    """Return the new file's words and what became of each entry."""
    path = tmp_path / "corrections.toml"
    path.write_text(toml, "utf-8")
    story = api.align_story(Story((read(old, "old"), read(new, "new"))))
    words, entries = carry_over(story, path, **how)
    assert path.read_text("utf-8") == toml
    return words, entries, story.tellings[1]


def placed(words, telling):
    """Return where the entries of a file apply in a telling, as words of it."""
    entries = parse_corrections(words, "new.toml")
    return [one.span and one.span.of(telling.text) for one in match_corrections(entries, telling)]


def test_what_applies_as_it_is_stays_to_the_character(tmp_path) -> None:
    toml = (
        "# My notes.\r\n\r\n[[speaker]]   # who\r\n"
        "quote = 'Who is on the stair?'\r\nspeaker = \"Marta\" # sure\r\n\r\n# end"
    )
    path = tmp_path / "corrections.toml"
    path.write_bytes(toml.encode())
    story = api.align_story(Story((read(OLD, "old"), read(OLD.replace("nine", "ten"), "new"))))
    words, (entry,) = carry_over(story, path)
    assert words == toml
    assert (entry.becomes, entry.note) == (entry.entry, "")


def test_a_line_whose_words_changed_a_little_is_quoted_anew(tmp_path) -> None:
    new = OLD.replace("Who is on", "Who is that on").replace("passed an hour", "went by two hours")
    quotes = ("Who is on the stair", "The brig from Arden passed an hour ago", "Arden passed an hour ago")
    toml = "# The first line.\n" + "".join(map(SPEAKER.format, quotes))
    words, entries, telling = carried(tmp_path, toml, new)
    assert placed(words, telling) == [
        "Who is that on the stair",
        "The brig from Arden went by two hours ago",
        "You are late, Joss. The brig from Arden went by two hours",  # too little of the quote is left: its line
    ]
    assert not any(entry.note for entry in entries)
    assert words.startswith(
        "# The first line.\n# Carried over; it was:\n# [[speaker]]\n"
        '# quote = "Who is on the stair"\n# speaker = "Marta"\n[[speaker]]\nquote = "Who is that on the stair"\n'
    )


def test_a_line_that_moved_is_followed(tmp_path) -> None:
    paragraphs = OLD.split("\n\n")
    new = "\n\n".join([*paragraphs[5:6], *paragraphs[:5], *paragraphs[6:]]).replace("the priest", "a priest")
    words, _, telling = carried(tmp_path, SPEAKER.format("I met the priest"), new)
    assert placed(words, telling) == ["I met a priest"]


def test_a_short_line_is_carried_to_its_own_place_among_others(tmp_path) -> None:
    toml = '[[speaker]]\nquote = "No"\ncontext = "said Joss at last"\nspeaker = "Joss"\n'
    new = OLD.replace("said Joss at last, to nobody", "he told the gulls at last")
    words, (entry,), telling = carried(tmp_path, toml, new)
    (span,) = [one.span for one in match_corrections(parse_corrections(words, "x"), telling)]
    assert span == Span(new.rindex("No,"), new.rindex("No,") + 2)
    assert entry.becomes
    assert entry.becomes.context == 'like a cat. "No," he told the'


def test_a_line_that_was_cut_is_not_put_on_another_one(tmp_path) -> None:
    toml = '[[speaker]]\nquote = "No"\ncontext = "said Joss at last"\nspeaker = "Joss"\n' + SPEAKER.format("Yes")
    words, (no, yes), telling = carried(tmp_path, toml, OLD[: OLD.rindex("\n\n")].replace('"Yes."\n\n', ""))
    assert (no.becomes, no.note) == (None, "its line was cut")
    assert (yes.becomes, yes.note) == (None, "its line was cut")
    assert placed(words, telling) == []
    assert '# Not carried over: its line was cut.\n# [[speaker]]\n# quote = "No"\n' in words


def test_a_line_that_was_rewritten_is_kept_with_its_new_words(tmp_path) -> None:
    new = OLD.replace("Yes.", "A herring is a fish, Marta.").replace(
        "and he would talk of nothing but herrings", "where all the women of the town sell their baskets on Fridays"
    )
    toml = SPEAKER.format("he would talk of nothing but herrings")
    words, (entry,), _ = carried(tmp_path, toml, new)
    assert entry.becomes is None or "I met the priest" in entry.becomes.quoted
    assert toml.splitlines()[1] in words


def test_words_with_marks_of_their_own_are_told_in_these(tmp_path) -> None:
    new = OLD.replace('"No," said Marta.', '"Never," said Marta.')
    assert (
        carried(tmp_path, '[[speaker]]\nquote = "No"\ncontext = "said Marta"\nspeaker = "Marta"\n', new)[1][0].note
        == 'its words were rewritten: "Never," said Marta.'
    )


def test_what_is_no_longer_spoken_is_no_line(tmp_path) -> None:
    new = OLD.replace(
        '"Only Joss, with the oil," said a voice below.', "Only Joss with the oil, somebody said below."
    )
    _, (entry,), _ = carried(tmp_path, SPEAKER.format("Only Joss, with the oil"), new)
    # The same words stand there, so that the entry still means them; it is for the reading to say that nobody speaks.
    assert entry.becomes == entry.entry
    reworded = new.replace("Only Joss with the oil", "Only poor Joss with the oil")
    _, (entry,), _ = carried(tmp_path, SPEAKER.format("Only Joss, with the oil"), reworded)
    assert (entry.becomes, entry.note) == (None, "its words are no longer in quotation marks")


def test_people_go_over_unless_nobody_of_the_name_is_left(tmp_path) -> None:
    toml = (
        '[[same]]\nnames = ["Joss", "the priest"]\n[[rename]]\nname = "the priest"\nto = "Father"\n'
        '[[split]]\nnames = ["the narrator", "the bishop"]\n[[not_a_person]]\nname = "Arden"\n'
    )
    words, entries, _ = carried(tmp_path, toml, OLD.replace("the priest", "Amory"))
    assert [(entry.becomes is not None, entry.note) for entry in entries] == [
        (True, "“the priest” stands nowhere in new"),
        (False, "“the priest” stands nowhere in new"),
        (True, "“the bishop” stands nowhere in new"),
        (True, ""),
    ]
    assert [entry.kind for entry in parse_corrections(words, "x")] == ["same", "split", "not_a_person"]


def test_a_speaker_who_is_named_no_more_is_told(tmp_path) -> None:
    _, (entry,), _ = carried(tmp_path, SPEAKER.format("You are late"), OLD.replace("Marta", "Edith"))
    assert (entry.becomes, entry.note) == (entry.entry, "“Marta” stands nowhere in new")


@pytest.mark.parametrize(
    ("named", "becomes"), [("old", "third"), ("old.txt", "third"), ("third", "third"), ("other", None)]
)
def test_an_entry_for_one_draft_is_for_the_next(tmp_path, named, becomes) -> None:
    toml = f'[[speaker]]\nquote = "You are late"\nspeaker = "Marta"\ntelling = "{named}"\n'
    words, (entry,), _ = carried(tmp_path, toml, OLD, called="third")
    assert (entry.becomes.telling if entry.becomes else None) == becomes
    if becomes is None:
        assert entry.note == "it is for another telling, “other”"
        assert f'# telling = "{named}"' in words


def test_what_did_not_apply_before_is_told(tmp_path) -> None:
    toml = SPEAKER.format("I never said that") + SPEAKER.format("Well, well")
    _, entries, _ = carried(tmp_path, toml, OLD + '\n\n"Well, well."')
    assert [(entry.becomes is None, entry.note) for entry in entries] == [
        (True, "“I never said that” stands nowhere in old"),
        (False, "“Well, well” stands nowhere in old"),
    ]


@pytest.mark.parametrize(
    "toml",
    [
        'speaker = [{ quote = "Who is on the stair", speaker = "Marta" }, { quote = "Yes", speaker = "Joss" }]',
        '[[not_speech]]\nquote = """\n[[speaker]]\nWho is on the stair"""\n',
        'same = [{ names = ["Joss", "Jo"] }]\n[[not_speech]]\nquote = """Who is on\n[[same]] the stair"""',
    ],
)
def test_a_file_that_is_written_in_another_way_is_written_anew_below_itself(tmp_path, toml) -> None:
    words, entries, _ = carried(tmp_path, toml, OLD.replace("Who is on", "Who is that on"))
    assert len(parse_corrections(words, "x")) == sum(entry.becomes is not None for entry in entries)
    for line in toml.splitlines():
        assert line in words


def test_only_two_aligned_drafts_will_do(tmp_path) -> None:
    (tmp_path / "corrections.toml").write_text("", "utf-8")
    story = Story((read(OLD), read(OLD, "new")))
    with pytest.raises(ConfigError, match="from one draft to another"):
        carry_over(story, tmp_path / "corrections.toml")


def test_a_file_without_entries_is_the_same(tmp_path) -> None:
    assert carried(tmp_path, "# Nothing yet.\n", OLD)[:2] == ("# Nothing yet.\n", ())


COMMENTS = st.sampled_from(["", "# A note.\n", "\n", "# [[speaker]]\n", "\n# One.\n\n# Two.\n"])
QUOTES = st.sampled_from(["Who is on the stair", "Yes", "the brig from Arden", "I met the priest", "nowhere", "No"])
WORDS = st.sampled_from(["Marta", "stair", "Yes", "priest", "an hour", "Arden", '"'])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(COMMENTS, QUOTES), max_size=5), st.lists(WORDS, max_size=4, unique=True))
def test_nothing_of_a_file_is_ever_lost(parts, changes) -> None:
    toml = "".join(comment + SPEAKER.format(quote) for comment, quote in parts)
    new = OLD
    for word in changes:
        new = new.replace(word, f"{word.lower()} xyz")
    story = api.align_story(Story((read(OLD, "old"), read(new, "new"))))
    entries = parse_corrections(toml, "x")
    found = carry(entries, story.tellings, story.alignments[0])
    words = rewritten(toml, found, where="x")
    assert len(found) == len(entries)
    assert all(one.becomes is not None or one.note for one in found)
    kept = [re.sub(r"^# ", "", line) for line in words.splitlines()]
    for line in toml.splitlines():
        assert line in words.splitlines() or line in kept
    again = [one for one in found if one.becomes]
    assert [as_toml(one.becomes) for one in again] == [as_toml(entry) for entry in parse_corrections(words, "x")]
    quoted = [one for one in found if one.becomes and one.becomes.quoted != one.entry.quoted]
    assert all(match.matched for one in quoted for match in match_corrections([one.becomes], story.tellings[1]))


def test_notes_cannot_break_out_of_their_comment() -> None:
    (entry,) = parse_corrections(SPEAKER.format("x"), "x")
    words = rewritten(SPEAKER.format("x"), [Carried(entry, None, "a\nb\x00[[speaker]]")], where="x")
    assert parse_corrections(words, "x") == ()
    assert words.startswith("# Not carried over: a b\ufffd[[speaker]].\n")


def test_the_file_is_a_corrections_file(tmp_path) -> None:
    words, *_ = carried(tmp_path, SPEAKER.format("Who is on the stair"), OLD.replace("Who is on", "Who is that on"))
    (tmp_path / "new.toml").write_text(words, "utf-8")
    assert load_corrections(tmp_path / "new.toml")[0].quoted == "Who is that on the stair"
