"""Verse and lyrics: short lines whose ends matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.spans import Span
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.paragraphs import Block, Layout

_QUOTES = re.compile(r"[\"“”«»]")
_SHORT = 60
_LONGEST_LYRIC = 140
_LINE_END = re.compile(r"[,;:—–\-]['”\"’]?$")
_STOP = re.compile(r"[.!?…]['”\"’)]*$")
_TAIL = re.compile(r"([aeiouy]+[^\W\d_aeiouy]*e?s?)\W*$", re.I)
_RHYME = 3
"""Lines apart that rhymes may be."""
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*$")


def join_verse(text: str, blocks: Sequence[Block], layout: Layout) -> list[Block]:
    """Join lines of verse that stand as paragraphs of their own into stanzas.

    Args:
        text: that the blocks point into.
        blocks: in order.
        layout: only texts with a paragraph a line are changed.

    Returns:
        The blocks, with each song or stanza as one block marked `verse`; its line ends stay inside.
    """
    if layout.style != "lines":
        return list(blocks)
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        end = _song_end(text, blocks, at)
        start, end = (at, end) if end else _stanza(text, blocks, at)
        joined += blocks[at:start]
        if end > start:
            span = Span(blocks[start].span.start, blocks[end - 1].span.end)
            joined.append(blocks[start]._replace(span=span, marked="verse"))
        at = end
    return joined


def _song_end(text: str, blocks: Sequence[Block], at: int) -> int:
    """Return the index after a quoted song: it opens in one line and closes some short lines further on; else 0."""
    first = blocks[at].span.of(text)
    if blocks[at].marked or first[0] not in '"“«' or len(_QUOTES.findall(first)) % 2 == 0:
        return 0
    length = 0
    for index in range(at, min(at + 80, len(blocks))):
        words = blocks[index].span.of(text)
        length += len(words)
        if blocks[index].marked or len(words) > _LONGEST_LYRIC or (index > at and blocks[index].gap > 1):
            return 0
        marks = _QUOTES.findall(words)
        if index > at and marks:
            closes = len(marks) == 1 and words.rstrip()[-1] in '"”»'
            return index + 1 if closes and index - at >= 2 and length <= 80 * (index + 1 - at) else 0
    return 0


def _stanza(text: str, blocks: Sequence[Block], at: int) -> tuple[int, int]:
    """Return first and end of the stanza in a run of short lines, both the run's end (or the next) where none is."""
    end = at
    while end < len(blocks) and _can_be_line(text, blocks[end], first=end == at):
        end += 1
    start = _verse_from([block.span.of(text) for block in blocks[at:end]])
    return (max(end, at + 1), max(end, at + 1)) if start is None else (at + start, end)


def _can_be_line(text: str, block: Block, *, first: bool) -> bool:
    words = block.span.of(text)
    if block.marked or block.span.length > _SHORT or (block.gap and not first):
        return False
    return words[0] not in '"“«-–—[' and not is_break(words) and not parse_viewpoint(words)


class _Signs(NamedTuple):
    """What of a line shows verse.

    Attributes:
        comma: whether a comma or the like ends it.
        stop: whether a sentence ends with it.
        ahead: whether it rhymes with one of the next three lines.
        back: how many lines back the nearest is that it rhymes with, of three; 0 where none does.
    """

    comma: bool
    stop: bool
    ahead: bool
    back: int


def reads_as_verse(lines: Sequence[str]) -> bool:
    """Whether short lines have what verse has and talk or thought has not: refrain, rhyme, or commas at their ends.

    Args:
        lines: each without white space at its edges.
    """
    return next(_verdicts(lines), False)


def _verse_from(lines: Sequence[str]) -> int | None:
    """Return the first of some lines from which all to the last, at least four, read as verse."""
    return next((at for at, yes in enumerate(_verdicts(lines)) if yes and len(lines) - at >= 4), None)


def _verdicts(lines: Sequence[str]) -> Iterator[bool]:
    """Yield for each line whether it and all after it read as verse; each costs the same, however many follow."""
    signs = _signs(lines)
    left = Counter(lines)
    refrain = sum(number for number in left.values() if number > 1)
    commas, stops = sum(each.comma for each in signs), sum(each.stop for each in signs)
    rhymes = sum(each.ahead or each.back > 0 for each in signs)
    for at, (line, own) in enumerate(zip(lines, signs, strict=True)):
        size = len(lines) - at
        alone = sum(each.back > place and not each.ahead for place, each in enumerate(signs[at : at + _RHYME]))
        pauses = stops <= 0.7 * size or refrain >= 0.4 * size
        yield pauses and max(refrain / 0.4, commas / 0.35, (rhymes - alone) / 0.5) >= size
        refrain -= {1: 0, 2: 2}.get(left[line], 1)
        left[line] -= 1
        commas, stops = commas - own.comma, stops - own.stop
        rhymes -= own.ahead or own.back > 0


def _signs(lines: Sequence[str]) -> list[_Signs]:
    sounds = [_sound(line) for line in lines]
    found = []
    for at, line in enumerate(lines):
        ahead = any(_rhyme(sounds[at], other) for other in sounds[at + 1 : at + 1 + _RHYME])
        near = (back for back in range(1, min(_RHYME, at) + 1) if _rhyme(sounds[at], sounds[at - back]))
        ends = bool(_LINE_END.search(line)), bool(_STOP.search(line))
        found.append(_Signs(*ends, ahead, next(near, 0)))
    return found


def _sound(line: str) -> tuple[str, str] | None:
    """Return the last word of a line and how it sounds from its last vowel on; None where it has none."""
    word, tail = _LAST_WORD.search(line), _TAIL.search(line)
    return (word[1].lower(), tail[1].lower()) if word and tail else None


def _rhyme(one: tuple[str, str] | None, other: tuple[str, str] | None) -> bool:
    return bool(one and other and one[0] != other[0] and one[1] == other[1] and len(one[1]) > 1)


def is_verse(text: str, block: Block, layout: Layout) -> bool:
    """Whether a block is set as verse: hard-wrapped lines end before they are full, or a format keeps short lines.

    Args:
        text: that the block points into.
        block: any.
        layout: how the text is set.
    """
    lines = [line for line in block.span.of(text).split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    if layout.style == "lines" or block.marked:
        return len(lines) > 2 and max(map(len, lines)) <= _SHORT and reads_as_verse([line.strip() for line in lines])
    room = 0.92 * layout.width
    early = [
        len(line.rstrip()) + (block.indent if at == 0 else 0) + 1 + len(after.split(None, 1)[0]) <= room
        for at, (line, after) in enumerate(pairwise(lines))
    ]
    opens = [line.lstrip()[0] for line in lines[1:]]
    set_off = block.indent > 1 and all(line[0].isspace() for line in lines[1:])
    raised = sum(not first.islower() for first in opens) >= 0.6 * len(opens)
    if len(lines) == 2:
        return all(early) and (set_off or (raised and len(lines[0].rstrip()) <= 0.8 * layout.width))
    return sum(early) >= (0.5 if set_off else 0.75) * len(early) and (set_off or raised)
