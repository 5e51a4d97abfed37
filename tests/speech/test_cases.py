"""Small passages of modern prose with what is to come out written into them; one file a type in `cases/`.

The notation is that of `training/scenes.py`; what is learned from lies there, nothing is learned from these.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from fabula import pipeline
from fabula.speech import reasons
from fabula.story import Character, Telling, Utterance
from fabula.story.speech import Channel, Evidence, UtteranceKind
from training.scenes import Scene, fits, scenes


def cases() -> list[Scene]:
    """All cases of all files."""
    return scenes(Path(__file__).parent / "cases")


def faults(case: Scene) -> list[str]:
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
    return fits(wanted, who)


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
def test_case(case: Scene) -> None:
    assert faults(case) == []
