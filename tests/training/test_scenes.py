"""The scenes that are learned from: each parses, and what is noted in it can be found by reading it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula import pipeline
from fabula.story import Character, Telling, Utterance
from training.scenes import Line, Scene, fits, read_scene, scenes

_FOLDER = Path(__file__).parents[2] / "training" / "scenes"
_SCENES = scenes(_FOLDER)


class Read(NamedTuple):
    """A scene, and what comes out of it."""

    scene: Scene
    characters: tuple[Character, ...]
    utterances: tuple[Utterance, ...]


@pytest.fixture(scope="module")
def read() -> list[Read]:
    """All scenes as read by rules alone."""
    tellings = (pipeline.run(Telling("scene", one.text), stages=pipeline.RULE_STAGES) for one in _SCENES)
    layers = ((telling.layer("characters"), telling.layer("utterances")) for telling in tellings)
    return [Read(scene, tuple(people), tuple(said)) for scene, (people, said) in zip(_SCENES, layers, strict=True)]


def test_notes_are_taken_out_and_point_to_where_they_stood() -> None:
    scene = read_scene("a", '"Yes," said Ann.⟦Ann⟧\n\n"No."⟦~Bo, phone⟧\n')
    assert scene.text == '"Yes," said Ann.\n\n"No."\n'
    assert scene.lines == (Line(16, "Ann", "face", "speech"), Line(23, "~Bo", "phone", "speech"))


@given(st.lists(st.sampled_from(["Ann", "~Bo", "@narrator", "?"]), min_size=1))
def test_every_note_is_a_line_and_leaves_nothing_behind(labels: list[str]) -> None:
    scene = read_scene("a", "".join(f'"Words."⟦{label}⟧\n\n' for label in labels))
    assert [line.who for line in scene.lines] == labels
    assert scene.text == '"Words."\n\n' * len(labels)
    assert all(scene.text[: line.end].endswith('"') for line in scene.lines)


def test_there_are_enough_of_them_and_no_two_are_called_the_same() -> None:
    assert len(_SCENES) >= 160
    assert sum(len(scene.lines) for scene in _SCENES) >= 2700
    assert len({scene.title for scene in _SCENES}) == len(_SCENES)


@pytest.mark.parametrize("scene", _SCENES, ids=lambda scene: scene.title)
def test_labels_stand_in_the_scene(scene: Scene) -> None:
    assert not any(mark in scene.text for mark in ("⟦", "⟧", "==="))
    assert len(scene.lines) >= 10
    text = scene.text.casefold()
    labels = {line.who.lstrip("~").casefold().removeprefix("the ") for line in scene.lines}
    assert {label for label in labels if label not in text} <= {"@narrator", "@you"}


def test_every_note_has_its_one_utterance(read: list[Read]) -> None:
    for scene, _, utterances in read:
        ends = [0, *(line.end for line in scene.lines)]
        counts = [sum(start <= one.start < end for one in utterances) for start, end in pairwise(ends)]
        assert counts == [1] * len(scene.lines), scene.title
        assert len(utterances) == len(scene.lines), scene.title


def test_nearly_everybody_who_speaks_is_found(read: list[Read]) -> None:
    known = [
        any(fits(label, who) for who in characters)
        for scene, characters, _ in read
        for label in {line.who for line in scene.lines}
    ]
    assert sum(known) / len(known) >= 0.95
