"""The story with a voice tag around every turn, as text-to-speech programs for audiobooks read it.

Source: the SML tags of ebook2audiobook, https://github.com/DrewThomasson/ebook2audiobook.
"""

from __future__ import annotations

from typing import TextIO

from fabula.exports.aloud import Block, blocks
from fabula.story import Story

_ROUND = str.maketrans("[]", "()")
_PAUSE = "[pause]"


def write(story: Story, out: TextIO) -> None:
    """Write each paragraph as `[voice:NAME]…[/voice]` turns, a pause for each break between scenes and tellings.

    Square brackets in the text become round ones, for the format has no sign to tell them from tags.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    for number, telling in enumerate(story.tellings):
        if number:
            out.write(f"{_PAUSE}\n\n")
        for block in blocks(telling, _written):
            out.write(_paragraph(block) + "\n\n")


def _written(name: str) -> str:
    return " ".join(name.translate(_ROUND).split())


def _paragraph(block: Block) -> str:
    if block.kind == "break":
        return _PAUSE
    return "".join(
        f"{' ' if at and turn.apart else ''}[voice:{turn.voice}]{turn.words.translate(_ROUND)}[/voice]"
        for at, turn in enumerate(block.turns)
    )
