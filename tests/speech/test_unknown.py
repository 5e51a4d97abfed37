"""Where the text does not say who speaks: unknown with a reason, or at most a doubtful guess."""

from __future__ import annotations

import pytest

from fabula import pipeline
from fabula.speech import reasons
from fabula.story import Telling, Utterance

_QUESTIONS = ("Is it far?", "Was that you?", "Have you the rope?", "Who has the lamp?", "Is there more?")
_ANSWERS = ("Not very.", "It was the wind.", "Half of it.", "Nobody has.", "Never enough.")
_SURE = 0.8


def read(text: str) -> list[Utterance]:
    """What is said, by the rules."""
    return list(pipeline.run(Telling("dark", text), stages=pipeline.RULE_STAGES).layer("utterances"))


def talk(lines: int) -> str:
    """Lines without a word of who says them."""
    pairs = zip(_QUESTIONS, _ANSWERS, strict=True)
    spoken = [line for pair in pairs for line in pair] * lines
    return "\n\n".join(f'"{line}"' for line in spoken[:lines])


def test_forty_lines_that_nobody_is_named_around_are_unknown() -> None:
    found = read(f"The tunnel went on and on.\n\n{talk(40)}\n\nThe water rose.\n")
    assert [one.speaker for one in found] == [None] * 40
    assert {one.reason for one in found} == {reasons.NOBODY}


def test_forty_lines_among_four_are_unknown() -> None:
    lead = "Harriet, George, Susan and Walter sat in the boat. George had the oars."
    found = read(
        f"Harriet had come with George. Susan had brought Walter.\n\n{lead}\n\n{talk(40)}\n\nIt grew dark.\n"
    )
    assert all(one.speaker is None or one.confidence < _SURE for one in found)
    assert all(one.reason for one in found if one.speaker is None)


def test_forty_lines_of_two_are_less_sure_the_further_they_are_from_a_name() -> None:
    found = read(
        f'Harriet met George at the mill. George sat down.\n\n"Well?" said Harriet.\n\n{talk(40)}\n\nIt grew dark.\n'
    )
    assert [one.speaker for one in found[:3]] == ["harriet", "george", "harriet"]
    assert found[10].confidence > found[25].confidence > found[-1].confidence
    assert found[-1].confidence < 0.5
    assert found[-1].reason == reasons.UNTAGGED


@pytest.mark.parametrize("one", ['"Who is there?"', "'Who is there?'", "“Who is there?”", "«Who is there?»"])
def test_every_style_of_marks_may_be_unknown(one: str) -> None:
    (said,) = read(f"It was dark, and the rain came down.\n\n{one}\n\nIt was still dark.\n")
    assert (said.speaker, said.confidence, said.evidence) == (None, 0.0, "none")
    assert said.reason == reasons.NOBODY


def test_a_screenplay_says_who_speaks() -> None:
    from fabula.formats import read as read_format
    from fabula.formats.source import Source

    text = (
        "INT. MILL - NIGHT\n\nRain.\n\nANNA\nIs it ready?\n\nBORIS (O.S.)\nNever.\n\nANNA\n(sighs)\nThen I'll wait.\n"
    )
    telling = read_format(Source("mill.fountain", text.encode()))
    found = pipeline.run(telling, stages=pipeline.RULE_STAGES).layer("utterances")
    assert [(one.speaker, one.channel, one.evidence) for one in found] == [
        ("anna", "face", "cue"),
        ("boris", "face", "cue"),
        ("anna", "face", "cue"),
    ]
