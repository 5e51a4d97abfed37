"""The story for speech synthesis, a voice for every character.

Source: Speech Synthesis Markup Language 1.1, https://www.w3.org/TR/speech-synthesis11/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from fabula.exports.aloud import Block, Turn, blocks
from fabula.exports.markup import attribute, language, text
from fabula.story import Story, Telling

NAMESPACE = "http://www.w3.org/2001/10/synthesis"

_SCENE_BREAK = '<break strength="x-strong"/>'
_HEADING_BREAK = '<break strength="strong"/>'
_LINE_BREAK = '<break strength="weak"/>'
_GENDERS = ("female", "male", "neutral")


def write(story: Story, out: TextIO) -> None:
    """Write one `speak` document: a `p` a paragraph, in it a `voice` a turn, with the id of its line as `mark`.

    Breaks between scenes, and between tellings, are pauses.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    first = language(story.tellings[0])
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f'<speak version="1.1" xmlns="{NAMESPACE}"{attribute("xml:lang", first)}>\n')
    for number, telling in enumerate(story.tellings):
        if number:
            out.write(f"{_SCENE_BREAK}\n")
        _write_telling(telling, first, out)
    out.write("</speak>\n")


def _write_telling(telling: Telling, first: str, out: TextIO) -> None:
    own = language(telling)
    opening = "<p>" if own == first else f"<p{attribute('xml:lang', own)}>"
    genders = {who.id: who.gender for who in telling.layer("characters", wanted_by="ssml") if who.gender in _GENDERS}
    for block in blocks(telling, _written):
        if block.kind == "break":
            out.write(f"{_SCENE_BREAK}\n")
            continue
        out.write(f"{opening}{_turns(block, genders)}</p>\n")
        if block.kind == "heading":
            out.write(f"{_HEADING_BREAK}\n")


def _written(name: str) -> str:
    """Return a name without white space: `name` of `voice` is a list, parted by spaces."""
    return "_".join(name.split())


def _turns(block: Block, genders: Mapping[str, str]) -> str:
    return "".join((" " if at and turn.apart else "") + _voice(turn, genders) for at, turn in enumerate(block.turns))


def _voice(turn: Turn, genders: Mapping[str, str]) -> str:
    said = turn.passage.said
    gender = genders.get(said.speaker or "") if said else None
    mark = f"<mark{attribute('name', turn.passage.rows[0]['id'])}/>"
    words = text(turn.words).replace("\n", f"{_LINE_BREAK}\n")
    return f"<voice{attribute('name', turn.voice)}{attribute('gender', gender)}>{mark}{words}</voice>"
