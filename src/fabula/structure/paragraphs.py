"""Blocks of text: from the format's marks, or from lines, indents and blank lines.

A plain text is set in one of a few ways, and one look at its lines tells which: every paragraph on one line; lines of
a fixed width with a blank line, an indent, or only a short last line between paragraphs; or every other line blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from fabula.spans import Span, gaps, stripped
from fabula.story import Mark, Telling
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.headings import is_title, parse_heading

Style = Literal["lines", "blocks", "indented", "ragged", "double"]

_LINE = re.compile(r"[^\n]+")
_TERMINAL = re.compile(r"[.!?…:;—–\-\"”’'»)\]_*]\s*$")
_CLOSED = re.compile(r"[.!?…\"”’'»)\]_*]\s*$")
_WIDEST = 130
_LEAVES = frozenset(("paragraph", "heading", "break", "cue", "speech", "direction", "verse"))
_FRAMES = frozenset(("note", "summary", "preface", "footnote", "quotation", "document", "licence"))


class Line(NamedTuple):
    """A line that is not blank.

    Attributes:
        span: without white space at its edges.
        indent: white space before it, in code points, a tab as four.
        gap: blank lines before it.
    """

    span: Span
    indent: int
    gap: int


class Layout(NamedTuple):
    """How a plain text is set.

    Attributes:
        style: `lines` (a paragraph a line), `blocks` (blank lines between), `indented` (first lines indented),
            `ragged` (only a short last line tells), `double` (every other line blank).
        width: where its lines are broken, in code points; 0 where they are not.
    """

    style: Style
    width: int


class Block(NamedTuple):
    """A paragraph in the making.

    Attributes:
        span: without white space at its edges.
        gap: blank lines before it, beyond what the layout always has.
        marked: kind of the mark that it comes from; empty for plain text.
        level: value of a heading's mark.
        indent: indent of its first line.
    """

    span: Span
    gap: int = 0
    marked: str = ""
    level: str = ""
    indent: int = 0


def find_blocks(telling: Telling) -> tuple[list[Block], Layout]:
    """Cut a telling into blocks.

    Args:
        telling: text and marks are read.

    Returns:
        Blocks in order, which tile the text together with white space; and how its plain text is set.
    """
    text = telling.text
    leaves = _leaves(telling.marks, text)
    edges = sorted(
        {0, len(text)} | {edge for mark in telling.marks if mark.kind in _FRAMES for edge in (mark.start, mark.end)}
    )
    open_spans = [
        piece for gap in gaps([leaf.span for leaf in leaves], telling.whole) for piece in _split(gap, edges)
    ]
    lined = [list(_lines(text, span)) for span in open_spans]
    layout = measure(text, [line for lines in lined for line in lines])
    plain = [block for lines in lined for block in cut(text, lines, layout)]
    return sorted([*leaves, *plain], key=lambda block: block.span), layout


def _split(span: Span, edges: Sequence[int]) -> Iterator[Span]:
    inner = [edge for edge in edges if span.start < edge < span.end] if len(edges) > 2 else []
    yield from (Span(a, b) for a, b in pairwise([span.start, *inner, span.end]))


def _leaves(marks: Sequence[Mark], text: str) -> list[Block]:
    """Return a block for every innermost stretch of the marks that stand for blocks; lines of verse together."""
    found: list[Block] = []
    at = 0
    blocks = [mark for mark in marks if mark.kind in _LEAVES and mark.end > mark.start]
    blocks += _stanzas(marks, text)
    blocks.sort(key=lambda mark: (mark.start, -mark.end))
    for index, mark in enumerate(blocks):
        following = blocks[index + 1].start if index + 1 < len(blocks) else len(text)
        # A mark that holds others gives only what stands before the first of them.
        span = stripped(text, Span(max(at, mark.start), max(at, min(mark.end, following, len(text)))))
        if span.length:
            found.append(Block(span, 0, mark.kind, mark.value))
            at = span.end
    return found


def _stanzas(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return lines that follow each other without a blank line, and stand in no other block, as marks of verse."""
    blocks = [mark for mark in marks if mark.kind in _LEAVES and mark.end > mark.start]
    runs: list[Mark] = []
    at = 0
    for line in (mark for mark in marks if mark.kind == "line" and mark.end > mark.start):
        while at < len(blocks) and blocks[at].end <= line.start:
            at += 1
        if at < len(blocks) and blocks[at].start < line.end:
            continue
        joins = (
            runs and not text[runs[-1].end : line.start].strip() and text.count("\n", runs[-1].end, line.start) < 2
        )
        start = runs.pop().start if joins else line.start
        runs.append(Mark(start, line.end, "verse"))
    return runs


def _lines(text: str, span: Span) -> Iterator[Line]:
    gap, last = 0, span.start
    for match in _LINE.finditer(text, span.start, span.end):
        words = stripped(text, Span(match.start(), match.end()))
        if not words.length:
            continue
        gap = max(0, text.count("\n", last, match.start()) - 1)
        before = text[match.start() : words.start]
        yield Line(words, len(before.expandtabs(4)), gap)
        last = words.end


def _runs_on(text: str, before: Line, after: Line) -> bool:
    """Whether a sentence goes over the line's end."""
    first = text[after.span.start]
    return first.islower() and not _CLOSED.search(text[max(before.span.start, before.span.end - 2) : before.span.end])


def measure(text: str, lines: Sequence[Line]) -> Layout:
    """Find out how a plain text is set, from its lines alone.

    Args:
        text: that the lines point into.
        lines: in order.
    """
    if len(lines) < 2:
        return Layout("lines", 0)
    lengths = sorted(line.span.length for line in lines)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    # An indent after a full stop opens a paragraph: in a talk of short lines, most line ends are such.
    close = [_runs_on(text, a, b) for a, b in pairwise(lines) if b.gap == 0 and not (b.indent > 1 and _ends(text, a))]
    apart = [_runs_on(text, a, b) for a, b in pairwise(lines) if b.gap == 1]
    if width > _WIDEST:
        return Layout("lines", 0)
    even = len(lines) > 5 and lengths[len(lengths) // 2] >= 0.6 * width
    if even and len(apart) >= 0.6 * len(lines) and sum(apart) >= 0.3 * len(apart):
        return Layout("double", width)
    if not close or sum(close) < max(1, 0.3 * len(close)):
        return Layout("lines", 0)
    return Layout(_parted(text, lines, width), width)


def _parted(text: str, lines: Sequence[Line], width: int) -> Style:
    """Return what parts the paragraphs of hard-wrapped text: whatever there is most of."""
    least = max(sum(line.gap > 0 for line in lines), 0.02 * len(lines))
    inside = [(a, b) for a, b in pairwise(lines) if b.gap == 0 and _ends(text, a)]
    if sum(b.indent > 1 for _, b in inside) > least:
        return "indented"
    short = [a for a, b in inside if a.span.length <= 0.8 * width and not text[b.span.start].islower()]
    return "ragged" if len(short) > least else "blocks"


def cut(text: str, lines: Sequence[Line], layout: Layout) -> list[Block]:
    """Join lines into blocks.

    Args:
        text: that the lines point into.
        lines: of one stretch, in order.
        layout: as measured.
    """
    blocks: list[Block] = []
    group: list[Line] = []
    alone = False
    for line in lines:
        words = line.span.of(text)
        own = line.span.length < 90 and (is_break(words) or parse_viewpoint(words) is not None)
        if group and (own or alone or _opens(text, group, line, layout)):
            blocks.extend(_blocks(text, group, layout))
            group = []
        group.append(line)
        alone = own
    if group:
        blocks.extend(_blocks(text, group, layout))
    return blocks


def _opens(text: str, group: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line opens a new block after the lines before it."""
    before = group[-1]
    if layout.style == "double":
        return line.gap > 1 or (line.indent > before.indent + 1 and _ends(text, before))
    if layout.style == "lines" or line.gap > 0:
        return True
    if layout.style == "indented":
        return line.indent > 1 and _ends(text, before)
    if layout.style == "ragged":
        word = len(line.span.of(text).split(None, 1)[0])
        return _ends(text, before) and before.span.length + 1 + word <= 0.9 * layout.width
    return False


def _ends(text: str, line: Line) -> bool:
    return bool(_TERMINAL.search(line.span.of(text)))


def _blocks(text: str, group: Sequence[Line], layout: Layout) -> Iterator[Block]:
    """Yield the block that lines make; two where a heading stands on the first of them without a blank line."""
    usual = 1 if layout.style == "double" else 0
    gap = max(0, group[0].gap - usual)
    at = _heading_lines(text, group, layout)
    head, rest = group[:at], group[at:]
    yield Block(Span(head[0].span.start, head[-1].span.end), gap, indent=head[0].indent)
    if rest:
        yield Block(Span(rest[0].span.start, rest[-1].span.end), 0, indent=rest[0].indent)


def _heading_lines(text: str, group: Sequence[Line], layout: Layout) -> int:
    """Return how many lines at the start are a heading that prose follows at once; all lines where there is none."""
    first = group[0].span.of(text)
    if len(group) == 1 or group[0].span.length > 0.8 * layout.width:
        return len(group)
    heading = parse_heading(first)
    if heading is None or heading.form not in ("chapter", "part", "special"):
        return len(group)
    at = 1
    while at < min(len(group), 5) and is_title(group[at].span.of(text)):
        at += 1
    return at if at < len(group) and group[at].span.length > 0.6 * layout.width else len(group)
