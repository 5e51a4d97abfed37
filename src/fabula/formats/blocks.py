"""Text and marks gathered block by block; HTML, EPUB, DOCX and ODT write through here.

Blocks (paragraphs, headings, list items, rows of tables) are set apart by an empty line, lines within one by a line
end. White space is collapsed as a browser does, no-break spaces too, so that `Mr.&nbsp;Grey` is `Mr. Grey`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.errors import InputError
from fabula.story.telling import Mark, MarkKind

LONG_LINE = 160
"""Code points beyond which a line is no verse or address: a block with such a line is made of paragraphs."""

ORDINARY_SHARE = 0.34
"""White space above more than this share of paragraphs is how the text is set, not a scene break."""

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


class Element(NamedTuple):
    """An element that holds a block; formats without elements use `name` for the style.

    Attributes:
        name: of the tag, or of the style.
        id: its identifier; empty where it has none.
        classes: in lower case.
        parent: the element around it.
    """

    name: str
    id: str = ""
    classes: tuple[str, ...] = ()
    parent: Element | None = None

    def within(self) -> Iterable[Element]:
        """Yield this element and those around it, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Block(NamedTuple):
    """One block of text.

    Attributes:
        start: first code point.
        end: code point after the last.
        element: what holds it; None where nothing does.
        heading: whether it is a heading.
    """

    start: int
    end: int
    element: Element | None
    heading: bool


class Gap(NamedTuple):
    """White space above a block.

    Attributes:
        offset: where the block starts.
        size: number of empty paragraphs (a wide margin counts as one).
        stated: whether a rule or the like says outright that a scene ends.
    """

    offset: int
    size: int
    stated: bool


class Blocks(NamedTuple):
    """A finished stretch of text.

    Attributes:
        text: blocks with an empty line between them.
        marks: unsorted, without scene breaks that only white space shows.
        blocks: in order.
        gaps: in order; see `settled_marks`.
        places: offsets of the text and of the source known to meet, in order; empty where the source has none.
    """

    text: str = ""
    marks: tuple[Mark, ...] = ()
    blocks: tuple[Block, ...] = ()
    gaps: tuple[Gap, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


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
        if opened not in self._open:
            return
        self._open.remove(opened)
        self._headings -= opened.kind == "heading"
        if opened.start is None:
            self._waiting.remove(opened)
        else:
            self.mark(opened.start, opened.kind, opened.value)

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


def checked(blocks: Blocks, where: str) -> Blocks:
    """Return blocks that hold words.

    Raises:
        InputError: when they hold none.
    """
    if not blocks.text:
        raise InputError(
            "there are no words in it, perhaps only pictures", where=where, advice="Use a copy with text"
        )
    return blocks


def joined(parts: Sequence[Blocks]) -> Blocks:
    """Return several stretches as one, with an empty line between those that have words."""
    pieces: list[str] = []
    marks: list[Mark] = []
    blocks: list[Block] = []
    gaps: list[Gap] = []
    places: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        if pieces and part.text:
            pieces.append("\n\n")
            at += 2
        pieces.append(part.text)
        marks.extend(mark._replace(start=mark.start + at, end=mark.end + at) for mark in part.marks)
        blocks.extend(block._replace(start=block.start + at, end=block.end + at) for block in part.blocks)
        gaps.extend(gap._replace(offset=gap.offset + at) for gap in part.gaps)
        places.extend((offset + at, source) for offset, source in part.places)
        at += len(part.text)
    return Blocks("".join(pieces), tuple(marks), tuple(blocks), tuple(gaps), tuple(places))


def settled_marks(blocks: Blocks) -> tuple[Mark, ...]:
    """Return all marks, sorted by start, wider first, with scene breaks that white space shows.

    White space is a break where it is out of the ordinary in this text; next to a heading it never is. A break
    stands, empty, at the start of the paragraph that it opens.
    """
    gaps = _between_paragraphs(blocks)
    sizes = sorted((gap.size for gap in gaps if gap.size), reverse=True)
    rare = int(ORDINARY_SHARE * max(1, len(blocks.blocks) - 1))
    least = sizes[rare] + 1 if rare < len(sizes) else 1
    written = {mark.start for mark in blocks.marks if mark.kind == "break"}
    breaks = {gap.offset for gap in gaps if gap.stated or gap.size >= least} - written
    found = [*blocks.marks, *(Mark(offset, offset, "break") for offset in breaks)]
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end)))


def _between_paragraphs(blocks: Blocks) -> list[Gap]:
    """Return the gaps that no heading stands beside."""
    starts = {block.start for block in blocks.blocks if block.heading}
    starts |= {after.start for before, after in pairwise(blocks.blocks) if before.heading}
    return [gap for gap in blocks.gaps if gap.offset not in starts]
