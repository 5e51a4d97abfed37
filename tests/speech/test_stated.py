"""The author's word on one line, and what becomes of the lines around it."""

from __future__ import annotations

import pytest

from fabula import pipeline
from fabula.formats import read
from fabula.formats.source import Source
from fabula.store import Entry, match_corrections
from fabula.story import Utterance

START = (
    "That day Ada Hale met Tom Reed at the mill. Ada Hale sat down, and Tom Reed stood by the door. "
    "Neither of them had slept.\n\n"
)
SIX = ("Where were you?", "At home.", "All day?", "All day.", "And the key?", "Under the stone.")
ADA, TOM = "Ada Hale", "Tom Reed"


def said(text: str, *entries: Entry) -> list[tuple[str | None, Utterance]]:
    """Who says what, by the rules, after the author's word."""
    telling = read(Source("small.txt", text.encode()))
    telling = pipeline.run(telling, corrections=match_corrections(entries, telling), stages=pipeline.RULE_STAGES)
    names = {who.id: who.name for who in telling.layer("characters")}
    return [(names.get(one.speaker or ""), one) for one in telling.layer("utterances")]


def speakers(text: str, *entries: Entry) -> list[str | None]:
    return [name for name, _ in said(text, *entries)]


def by(quote: str, name: str) -> Entry:
    return Entry("speaker", quote, name=name)


def dialogue(lines: tuple[str, ...]) -> str:
    return START + "\n\n".join(f'"{line}"' for line in lines) + "\n\nThe rain went on.\n"


@pytest.mark.parametrize("at", range(6))
@pytest.mark.parametrize("name", [ADA, TOM])
def test_one_line_decides_the_five_around_it(at: int, name: str) -> None:
    other = {ADA: TOM, TOM: ADA}[name]
    expected = [name if (line - at) % 2 == 0 else other for line in range(6)]
    assert speakers(dialogue(SIX), by(SIX[at], name)) == expected


def test_a_tag_between_holds_its_ground() -> None:
    text = dialogue(SIX).replace('"All day?"', '"All day?" said Ada Hale.')
    assert speakers(text, by("Under the stone", ADA))[:3] == [ADA, TOM, ADA]


def test_whom_the_narration_names_still_speaks_before_a_line_that_breaks_the_turns() -> None:
    text = (
        "Tom Reed came to the mill. The ticket clerk sat down.\n\n"
        '"Where?" said Tom Reed.\n\n"Here," said the ticket clerk. The ticket clerk laughed.\n\n"Why?"\n'
    )
    assert speakers(text, by("Why", "the ticket clerk")) == [TOM, "the ticket clerk", "the ticket clerk"]


def test_a_narrator_is_meant_by_that_word() -> None:
    text = 'I met Tom Reed at the mill. I had come on foot.\n\n"Where?" said Tom Reed.\n\n"Why?"\n\nI was cold.\n'
    assert speakers(text, by("Where", "the narrator"))[0] == "the narrator"
    assert len({one.speaker for _, one in said(text, by("Where", "the narrator"), by("Why", "narrator"))}) == 1


def test_it_stays_in_its_conversation() -> None:
    apart = "\n\n* * *\n\nAda Hale and Tom Reed came back in the spring.\n\n"
    second = '"Cold," said Ada Hale.\n\n"Very."\n\n"Come in."\n'
    text = dialogue(SIX) + apart + second
    before, after = speakers(text), speakers(text, by("Where were you", ADA), by("At home", TOM))
    assert before[6:] == after[6:] == [ADA, TOM, ADA]


def test_a_corrected_tag_is_no_evidence_for_whom_it_named() -> None:
    text = START + '"Where were you?"\n\n"At home," said Tom Reed.\n\n"All day?"\n'
    assert speakers(text) == [ADA, TOM, ADA]
    assert speakers(text, by("At home", ADA)) == [TOM, ADA, TOM]


def test_somebody_new_may_speak_and_is_answered() -> None:
    text = dialogue(SIX[:3])
    assert speakers(text, by("At home", "Ruth Penn"))[1] == "Ruth Penn"
    assert "Ruth Penn" not in (speakers(text, by("At home", "Ruth Penn"))[0], speakers(text)[0])


def test_two_words_on_one_line_the_last_counts() -> None:
    assert speakers(dialogue(SIX), by("Where were", TOM), by("were you", ADA))[:2] == [ADA, TOM]


def test_hearers_follow() -> None:
    hears = [one.addressees for _, one in said(dialogue(SIX), by("Under the stone", TOM))]
    assert hears == [("tom-reed",), ("ada-hale",)] * 3


def test_a_thought_and_a_song_obey_too() -> None:
    text = START + "*I should never have come here,* Ada Hale thought.\n\nShe slept.\n"
    ((name, one),) = said(text, by("never have come", TOM))
    assert (name, one.kind, one.evidence, one.confidence) == (TOM, "thought", "correction", 1.0)


def test_without_corrections_nothing_is_stated() -> None:
    assert {one.evidence for _, one in said(dialogue(SIX))} == {"turn"}
