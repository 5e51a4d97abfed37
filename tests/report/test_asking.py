from __future__ import annotations

from io import StringIO

from rich.console import Console

from fabula.report.asking import EVIDENCE, asking
from fabula.report.voices import voices
from fabula.review import candidates, questions
from fabula.story import Story
from tests.review.small import SIX, START, TALK, told


def shown(text: str, *, colour: bool = False, number: int = 0) -> str:
    telling = told(text)
    story = Story((telling,))
    question = sorted(questions(story, below=1.0), key=lambda one: one.start)[number]
    people = candidates(telling, question.utterance)
    out = StringIO()
    console = Console(file=out, width=100, force_terminal=colour, color_system="standard" if colour else None)
    console.print(asking(telling, question, people, voices(story), left=3))
    return out.getvalue()


def test_the_line_stands_among_four_before_and_three_after() -> None:
    out = shown(TALK, number=4)
    assert [f'"{line}"' in out for line in SIX] == [True] * 6
    assert "Neither of them" not in out
    assert "The rain went on" in out
    assert f'who? > "{SIX[4]}"' in out


def test_voices_have_their_colours_on_a_terminal_only() -> None:
    assert "\x1b[36m" in shown(TALK, colour=True)
    assert "\x1b[35m" in shown(TALK, colour=True)
    assert "\x1b" not in shown(TALK)


def test_long_neighbours_are_cut_on_the_far_side() -> None:
    long = "First of all it rained. " + "It rained and rained. " * 40 + "Last of all it stopped."
    out = " ".join(shown(f'{START}{long}\n\n"Where were you?"\n\n{long}\n').split())
    assert "Last of all it stopped." in out.split("who?")[0]
    assert "First of all" not in out.split("who?")[0]
    assert "First of all it rained." in out.split("who?")[1]
    assert "Last of all" not in out.split("who?")[1]


def test_what_would_steer_the_terminal_is_made_visible_and_markup_stays() -> None:
    out = shown(TALK.replace("At home.", "[red]At\x1b[2J home.[/red]"))
    assert "\x1b" not in out
    assert "[red]At\ufffd[2J home.[/red]" in out


def test_every_evidence_has_its_phrase() -> None:
    from typing import get_args

    from fabula.story import Evidence

    assert set(EVIDENCE) == set(get_args(Evidence))
