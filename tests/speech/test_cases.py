"""Small passages of modern prose with what is to come out written into them; one file a type in `cases/`.

After every utterance (and its tag) stands `⟦who⟧`, `⟦who, channel⟧` or `⟦who, channel, kind⟧`. `?` is an unknown
speaker with a reason; `~Ann` is Ann or an unknown speaker, and nobody else; `@narrator` is the first person of the
narration and `@you` its second person, or unknown. Without a kind the usual one of the channel is meant.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from fabula import pipeline
from fabula.speech import reasons
from fabula.story import Character, Telling, Utterance
from fabula.story.speech import Channel, Evidence, UtteranceKind

_NOTE = re.compile(r"[ \t]*\n?⟦([^⟧]*)⟧")
_KINDS = {
    "face": "speech",
    "phone": "speech",
    "radio": "speech",
    "voicemail": "announcement",
    "loudspeaker": "announcement",
    "text": "text_message",
    "letter": "letter",
    "song": "song",
    "thought": "thought",
}


class Expected(NamedTuple):
    """What is to be said of all that is uttered since the note before, up to an offset."""

    end: int
    who: str
    channel: str
    kind: str


class Case(NamedTuple):
    """A passage with what is to come out."""

    title: str
    text: str
    lines: tuple[Expected, ...]


def cases() -> list[Case]:
    """All cases of all files."""
    found = []
    for file in sorted((Path(__file__).parent / "cases").glob("*.txt")):
        for part in re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            title, _, noted = part.partition("\n")
            found.append(_case(f"{file.stem}: {title}", noted.strip() + "\n"))
    return found


def _case(title: str, noted: str) -> Case:
    text, at, lines = "", 0, []
    for match in _NOTE.finditer(noted):
        text += noted[at : match.start()]
        at = match.end()
        who, channel, kind = (*(word.strip() for word in match[1].split(",")), "", "")[:3]
        channel = channel or "face"
        lines.append(Expected(len(text.rstrip()), who, channel, kind or _KINDS[channel]))
    return Case(title, text + noted[at:], tuple(lines))


def faults(case: Case) -> list[str]:
    """What comes out otherwise than it should."""
    telling = pipeline.run(Telling("case", case.text), stages=pipeline.RULE_STAGES)
    people = {who.id: who for who in telling.layer("characters")}
    left: list[Utterance] = list(telling.layer("utterances"))
    found = []
    for line in case.lines:
        here = [one for one in left if one.start < line.end]
        left = left[len(here) :]
        if not here:
            found.append(f"missing: …{case.text[max(0, line.end - 30) : line.end]!r} [{line.who}]")
        for one in here:
            who = people.get(one.speaker or "")
            words = case.text[one.start : one.end][:30]
            if not _fits(line.who, who, one):
                found.append(f"{words!r}: {who.name if who else one.reason} ({one.evidence}) for {line.who}")
            if (one.channel, one.kind) != (line.channel, line.kind):
                found.append(f"{words!r}: {one.kind} by {one.channel} for {line.kind} by {line.channel}")
    return found + [f"too many: {case.text[one.start : one.end][:40]!r}" for one in left]


def _fits(wanted: str, who: Character | None, one: Utterance) -> bool:
    if who is None:
        return wanted[0] in "?~" or wanted == "@you" if one.reason in reasons.ALL else False
    names = {alias.casefold().removeprefix("the ") for alias in (who.name, *who.aliases)}
    if wanted.startswith("@"):
        return who.narrator if wanted == "@narrator" else "you" in names
    return wanted.lstrip("~").casefold().removeprefix("the ") in names


@pytest.fixture(scope="module")
def said() -> list[Utterance]:
    """All that is said in all cases."""
    read = (pipeline.run(Telling("case", case.text), stages=pipeline.RULE_STAGES) for case in cases())
    return [one for telling in read for one in telling.layer("utterances")]


def test_every_kind_channel_and_evidence_is_made_somewhere(said: list[Utterance]) -> None:
    assert {one.kind for one in said} == set(get_args(UtteranceKind))
    assert {one.channel for one in said} == set(get_args(Channel))
    assert {one.evidence for one in said} == set(get_args(Evidence)) - {"correction"}


def test_every_unknown_speaker_has_a_reason(said: list[Utterance]) -> None:
    assert {one.reason for one in said if one.speaker is None} <= set(reasons.ALL)
    assert {one.confidence for one in said if one.speaker is None} == {0.0}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    assert faults(case) == []
