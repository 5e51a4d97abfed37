"""Text and marks gathered block by block; HTML, EPUB, DOCX and ODT write through here.

Blocks (paragraphs, headings, list items, rows of tables) are set apart by an empty line, lines within one by a line
end. White space is collapsed as a browser does, no-break spaces too, so that `Mr.&nbsp;Grey` is `Mr. Grey`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.errors import InputError
from fabula.spans import Span
from fabula.story.telling import Mark

ORDINARY_SHARE = 0.34
"""White space above more than this share of paragraphs is how the text is set, not a scene break."""


DEEPEST = 60
"""Elements around a block that are looked at; more are of pages whose authors never closed one."""


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
        """Yield this element and those around it, innermost first, as far out as pages made by programs go."""
        element: Element | None = self
        for _ in range(DEEPEST):
            if element is None:
                return
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

    @property
    def span(self) -> Span:
        """The stretch of text it covers."""
        return Span(self.start, self.end)


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


def concatenated(parts: Sequence[Blocks]) -> Blocks:
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
