"""The story as a screenplay: a cue over every utterance, all else as action.

Source: the Fountain syntax, https://fountain.io/syntax (its names of elements are used here).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TextIO

from fabula.exports.aloud import Block, Turn, blocks, printable
from fabula.story import Story, Telling, Utterance

_EMPHASIS = re.compile(r"([*_\\])")
_NOTE_SIGN = re.compile(r"\[(?=\[)")
_ROUND = str.maketrans("[]", "()")
_STEERS = re.compile(r"[()\[\]^]+")
# A line of action that starts so, or has no small letter, would be taken for something else.
_TAKEN = re.compile(r"[!@#.=>~(]|(?:INT|EXT|EST|I/E)[. /]", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"#\s*$")
_LONGEST_SCENE = 150


def write(story: Story, out: TextIO) -> None:
    """Write a title page, chapters as sections, other headings as scene headings, speech under cues.

    The channel of an utterance is the extension of its cue. A doubtful utterance ends with a note, which is not
    printed: how sure its speaker is, and why no surer.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    out.write(f"Title: {_plain(story.title)}\n")
    author = story.tellings[0].metadata.author
    if author:
        out.write(f"Author: {_plain(author)}\n")
    several = len(story.tellings) > 1
    for telling in story.tellings:
        if several:
            out.write(f"\n# Telling: {_plain(telling.name)}\n")
        levels = _levels(telling, 2 if several else 1)
        for block in blocks(telling, _written):
            for element in _elements(block, levels):
                out.write(f"\n{element}\n")


def _levels(telling: Telling, top: int) -> Mapping[int, int]:
    """Return where chapters and parts have their headings, with the level of their sections."""
    chapters = telling.layer("chapters", wanted_by="fountain")
    below = top + any(chapter.level == "part" for chapter in chapters)
    return {
        chapter.heading.start: top if chapter.level == "part" else below
        for chapter in chapters
        if chapter.heading is not None
    }


def _written(name: str) -> str:
    """Return a name without the signs that end it: brackets open an extension, `^` makes a cue dual."""
    return " ".join(_STEERS.sub(" ", name).split())


def _plain(words: str) -> str:
    """Return words on one line, with no sign of emphasis and no note in them."""
    return _NOTE_SIGN.sub("[ ", _EMPHASIS.sub(r"\\\1", " ".join(printable(words).split())))


def _elements(block: Block, levels: Mapping[int, int]) -> Iterator[str]:
    for turn in block.turns:
        said = turn.passage.said
        if said is not None:
            yield _dialogue(turn, said, verse=block.kind == "verse")
        elif block.kind == "verse":
            yield "\n".join(f"~{_plain(line)}" for line in turn.words.split("\n"))
        elif block.kind == "heading":
            yield _heading(_plain(turn.words), levels.get(block.start))
        elif block.kind == "break":
            yield f"> {_plain(turn.words)} <"
        else:
            yield _action(_plain(turn.words))


def _heading(words: str, level: int | None) -> str:
    if level is not None and not words.startswith("#"):
        return f"{'#' * level} {words}"
    if words[0].isalnum() and len(words) <= _LONGEST_SCENE and not _SCENE_NUMBER.search(words):
        return f".{words}"
    return _action(words)


def _action(words: str) -> str:
    return f"!{words}" if _TAKEN.match(words) or words == words.upper() else words


def _dialogue(turn: Turn, said: Utterance, *, verse: bool) -> str:
    channel = "" if said.channel == "face" else f" ({said.channel})"
    lines = [_plain(line) for line in turn.words.split("\n")]
    lines = [f"~{line}" for line in lines] if verse else [_spoken(line) for line in lines]
    note = _doubt(said.confidence, said.reason)
    return "\n".join([f"@{_plain(turn.voice)}{channel}", *lines]) + note


def _spoken(words: str) -> str:
    """Return a line of speech: none that would be taken for a parenthetical, a lyric or an action."""
    if words.startswith("(") and words.endswith(")"):
        return f"(\n{_spoken(words[1:].strip())}"
    return words[0] + words if words[0] in "!~>" else words


def _doubt(confidence: float, reason: str) -> str:
    return f" [[{confidence:.2f}: {_plain(reason.translate(_ROUND))}]]" if reason else ""
