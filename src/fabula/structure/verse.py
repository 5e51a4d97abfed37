"""Verse and lyrics: short lines whose ends matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fabula.spans import Span
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.paragraphs import Block, Layout

_QUOTES = re.compile(r"[\"“”«»]")
_SHORT = 60
_LONGEST_LYRIC = 140
_LINE_END = re.compile(r"[,;:—–\-]['”\"’]?$")
_STOP = re.compile(r"[.!?…]['”\"’)]*$")
_TAIL = re.compile(r"([aeiouy]+[^\W\d_aeiouy]*e?s?)\W*$", re.I)
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
        end = _song_end(text, blocks, at) or _stanza_end(text, blocks, at)
        if end > at + 1:
            span = Span(blocks[at].span.start, blocks[end - 1].span.end)
            joined.append(blocks[at]._replace(span=span, marked="verse"))
        else:
            joined.append(blocks[at])
        at = max(end, at + 1)
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


def _stanza_end(text: str, blocks: Sequence[Block], at: int) -> int:
    """Return the index after a run of short lines that read as verse; 0 where there is none."""
    end = at
    while end < len(blocks) and _can_be_line(text, blocks[end], first=end == at):
        end += 1
    lines = [block.span.of(text) for block in blocks[at:end]]
    return end if len(lines) >= 4 and reads_as_verse(lines) else 0


def _can_be_line(text: str, block: Block, *, first: bool) -> bool:
    words = block.span.of(text)
    if block.marked or block.span.length > _SHORT or (block.gap and not first):
        return False
    return words[0] not in '"“«-–—[' and not is_break(words) and not parse_viewpoint(words)


def reads_as_verse(lines: Sequence[str]) -> bool:
    """Whether short lines have what verse has and talk or thought has not: refrain, rhyme, or commas at their ends.

    Args:
        lines: each without white space at its edges.
    """
    refrain = sum(number for number in Counter(lines).values() if number > 1)
    commas = sum(bool(_LINE_END.search(line)) for line in lines)
    stops = sum(bool(_STOP.search(line)) for line in lines)
    rhymes = sum(
        any(_rhyme(line, other) for other in (*lines[max(0, at - 3) : at], *lines[at + 1 : at + 4]))
        for at, line in enumerate(lines)
    )
    if stops > 0.7 * len(lines) and refrain < 0.4 * len(lines):
        return False
    return max(refrain / 0.4, commas / 0.35, rhymes / 0.5) >= len(lines)


def _rhyme(one: str, other: str) -> bool:
    words = _LAST_WORD.search(one), _LAST_WORD.search(other)
    tails = _TAIL.search(one), _TAIL.search(other)
    if not all(words) or not all(tails):
        return False
    (first, second), (tail, echo) = [m[1].lower() for m in words if m], [m[1].lower() for m in tails if m]
    return first != second and tail == echo and len(tail) > 1


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
