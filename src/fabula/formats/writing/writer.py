"""The one writer of blocks; see `fabula.formats.writing.blocks` for what it makes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from fabula.formats.writing.blocks import Block, Blocks, Element, Gap
from fabula.story.telling import Mark, MarkKind

LONG_LINE = 160
"""Code points beyond which a line is no verse or address: a block with such a line is made of paragraphs."""

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Opened:
    """A mark that is open: it starts with the next word."""

    __slots__ = ("inline", "kind", "start", "value")

    def __init__(self, kind: MarkKind, value: str, *, inline: bool) -> None:
        self.kind, self.value, self.inline = kind, value, inline
        self.start: int | None = None


class BlockWriter:
    """Collects text and marks; `finish` gives them. Calls come in reading order."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._blocks: list[Block] = []
        self._gaps: list[Gap] = []
        self._places: list[tuple[int, int]] = []
        self._widened: list[int] = []
        self._open: list[Opened] = []
        self._waiting: list[Opened] = []
        self._headings = 0
        self._start: int | None = None
        self._line_ends: list[int] = []
        self._pending = ""
        self._breaks = 0
        self._size = 0
        self._stated = False
        self._verbatim = False
        self.element: Element | None = None

    @property
    def length(self) -> int:
        """Code points written so far; white space not yet followed by a word does not count."""
        return self._length

    @property
    def gap(self) -> int:
        """Empty paragraphs since the last word."""
        return self._size

    def words(self, text: str, at: int | None = None) -> None:
        """Write running text.

        Args:
            text: decoded; its white space is collapsed.
            at: where its first word stands in the source; None where the source has no places.
        """
        if not text.isascii():
            text = _INVISIBLE.sub("", text)
        body = " ".join(text.split())
        if not body:
            if text:
                self.space()
            return
        if text[0].isspace():
            self.space()
        self._put(body, at)
        if text[-1].isspace():
            self.space()

    def verbatim(self, text: str, at: int | None = None) -> None:
        """Write text whose spaces and line ends count, as in `<pre>`."""
        for number, line in enumerate(_INVISIBLE.sub("", text).replace("\xa0", " ").split("\n")):
            if number:
                self.line_break()
                self._pending = ""
            words = line.strip()
            if words:
                lead = len(line) - len(line.lstrip())
                indent = self._pending + line[:lead]
                self._pending = indent
                self._put(words, None if at is None else at + lead, indent)
                self._pending = line[lead + len(words) :]
            else:
                self._pending += line
            self._verbatim = True
            at = None if at is None else at + len(line) + 1

    def space(self) -> None:
        """Write white space, if a word follows in the same line."""
        self._pending = self._pending or " "

    def cell(self) -> None:
        """Begin a cell of a row: a tab, if the row has words already."""
        self._pending = "\t"

    def line_break(self) -> None:
        """End a line; two in a row end the paragraph."""
        if self._start is None:
            self._size += 1
        else:
            self._breaks += 1

    def empty_paragraph(self) -> None:
        """Note a paragraph without words, or white space as high as one."""
        self.boundary()
        self._size += 1

    def scene_break(self) -> None:
        """Note a scene break that has no words."""
        self.boundary()
        self._stated = True

    def break_before(self, start: int) -> None:
        """Note a scene break above the block that starts at `start`, which is written already."""
        if start:
            self._gaps.append(Gap(start, 0, stated=True))

    def mark(self, start: int, kind: MarkKind, value: str = "") -> None:
        """Mark what was written since `start`; nothing where nothing was."""
        if start < self._length:
            self._marks.append(Mark(start, self._length, kind, value))

    def open(self, kind: MarkKind, value: str = "", *, inline: bool = False) -> Opened:
        """Open a mark.

        Args:
            kind: of mark.
            value: its detail.
            inline: whether it is closed and opened again where a block ends (italics), or goes on (a note).
        """
        opened = Opened(kind, value, inline=inline)
        self._open.append(opened)
        self._waiting.append(opened)
        self._headings += kind == "heading"
        return opened

    def close(self, opened: Opened) -> None:
        """Close a mark; it is dropped where no word came."""
        if opened in self._open:
            self.drop(opened)
            if opened.start is not None:
                self.mark(opened.start, opened.kind, opened.value)

    def drop(self, opened: Opened) -> None:
        """Forget a mark that is open."""
        self._open.remove(opened)
        self._headings -= opened.kind == "heading"
        if opened.start is None:
            self._waiting.remove(opened)

    def boundary(self) -> None:
        """End the block, if one is open."""
        self._pending = ""
        if self._start is None:
            self._verbatim = False
            return
        start, end = self._start, self._length
        self._size += max(0, self._breaks - 1)
        self._breaks = 0
        self._blocks.append(Block(start, end, self.element, bool(self._headings)))
        if not self._headings:
            self._split_lines(start, end)
        for opened in self._open:
            if opened.inline and opened.start is not None:
                self.mark(opened.start, opened.kind, opened.value)
                opened.start = None
                self._waiting.append(opened)
        self._start, self._line_ends, self._verbatim = None, [], False

    def finish(self) -> Blocks:
        """Return what was written."""
        for opened in list(self._open):
            self.close(opened)
        self.boundary()
        done = Blocks(
            "".join(self._pieces),
            _merged(self._marks, "".join(self._pieces)),
            tuple(self._blocks),
            tuple(self._gaps),
            tuple(self._places),
        )
        return _widened(done, self._widened) if self._widened else done

    def _split_lines(self, start: int, end: int) -> None:
        """Mark the lines of a block, or take them for paragraphs where they are long."""
        edges = [start, *self._line_ends, end]
        lines = [(a + (a != start), b) for a, b in pairwise(edges)]
        if len(lines) == 1 or self._verbatim:
            self._marks.append(Mark(start, end, "paragraph"))
        elif any(b - a > LONG_LINE for a, b in lines):
            self._widened.extend(self._line_ends)
            self._marks.extend(Mark(a, b, "paragraph") for a, b in lines)
            whole = self._blocks.pop()
            self._blocks.extend(whole._replace(start=a, end=b) for a, b in lines)
        else:
            self._marks.append(Mark(start, end, "paragraph"))
            self._marks.extend(Mark(a, b, "line") for a, b in lines)

    def _put(self, words: str, at: int | None, indent: str = "") -> None:
        """Write words, and before them the white space that is due; `indent` only at the start of a line."""
        if self._breaks > 1 and not self._headings:
            self._breaks -= 1
            self.boundary()
        if self._start is None:
            self._begin(indent)
        elif self._breaks:
            self._line_ends.append(self._length)
            self._write("\n" + indent)
        elif self._pending:
            self._write(self._pending)
        self._pending, self._breaks = "", 0
        for opened in self._waiting:
            opened.start = self._length
        self._waiting.clear()
        if at is not None:
            self._places.append((self._length, at))
        self._write(words)

    def _begin(self, indent: str) -> None:
        """Begin a block."""
        if self._length:
            self._write("\n\n" + indent)
            if self._size or self._stated:
                self._gaps.append(Gap(self._length, self._size, self._stated))
        self._start, self._size, self._stated = self._length, 0, False

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _merged(marks: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """Return marks, italics and bold with nothing but spaces between them made one."""
    found: list[Mark] = []
    last: dict[str, int] = {}
    for mark in marks:
        before = last.get(mark.kind)
        if mark.kind in ("italic", "bold"):
            if before is not None and not text[found[before].end : mark.start].strip(" "):
                found[before] = found[before]._replace(end=max(mark.end, found[before].end))
                continue
            last[mark.kind] = len(found)
        found.append(mark)
    return tuple(found)


def _widened(blocks: Blocks, line_ends: Sequence[int]) -> Blocks:
    """Return blocks with the given single line ends doubled."""

    def new(offset: int) -> int:
        return offset + bisect_left(line_ends, offset)

    edges = [0, *(end + 1 for end in line_ends), len(blocks.text)]
    return Blocks(
        "\n".join(blocks.text[a:b] for a, b in pairwise(edges)),
        tuple(mark._replace(start=new(mark.start), end=new(mark.end)) for mark in blocks.marks),
        tuple(block._replace(start=new(block.start), end=new(block.end)) for block in blocks.blocks),
        tuple(gap._replace(offset=new(gap.offset)) for gap in blocks.gaps),
        tuple((new(offset), at) for offset, at in blocks.places),
    )
