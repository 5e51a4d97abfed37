"""From pairs of marks to quotations: over several paragraphs, and with limits where a mark is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.spans import Span
from fabula.story import Paragraph, Quote
from fabula.story.text import QuoteStyle
from fabula.structure.quote_limits import end_of_unclosed, start_of_unopened
from fabula.structure.quote_marks import QuoteMark
from fabula.structure.quote_pairs import Pair

_FARTHEST = 60  # paragraphs that one pair of marks may span
_SHORT = 60  # code points: what is left open and this short is a slip rather than the start of a long speech


class MarkedParagraph(NamedTuple):
    """A paragraph with its pairs of marks.

    Attributes:
        paragraph: all of it.
        pairs: in order; empty where it is silent.
        silent: True where nothing is looked for: a scene break, front matter, a screenplay's speech.
    """

    paragraph: Paragraph
    pairs: list[Pair]
    silent: bool = False

    @property
    def starts_quoted(self) -> bool:
        """Whether its first code point is an opening mark."""
        opening = self.pairs[0].opening if self.pairs else None
        return opening is not None and opening.start == self.paragraph.span.start


class _Joins(NamedTuple):
    """Which paragraphs one quotation runs through, by index of the block.

    Attributes:
        tails: its last quotation runs on into the next paragraph.
        heads: its first quotation takes up the paragraph before.
        whole: it lies in a quotation altogether, of this style.
    """

    tails: set[int]
    heads: set[int]
    whole: dict[int, QuoteStyle]


def pieces(text: str, blocks: Sequence[MarkedParagraph], *, single_speech: bool) -> list[Quote]:
    """Make quotations of the pairs of all paragraphs.

    Args:
        text: all of it.
        blocks: every paragraph, in order.
        single_speech: whether the text puts its speech in single marks.

    Returns:
        Quotations, by paragraph; depths are not set yet.
    """
    joins = _joins(blocks)
    quotes: list[Quote] = []
    for number, block in enumerate(blocks):
        if number in joins.whole:
            span = block.paragraph.span
            quotes.append(Quote(span, span, joins.whole[number], continues=True))
        elif block.pairs:
            quotes.extend(_of_block(text, block, number, joins, single_speech=single_speech))
    return quotes


def _joins(blocks: Sequence[MarkedParagraph]) -> _Joins:
    joins = _Joins(set(), set(), {})
    for number, block in enumerate(blocks):
        tail = next((found.opening for found in block.pairs if found.to_end), None)
        if tail is None or number + 1 == len(blocks):
            continue
        if _taken_up(block, tail, blocks[number + 1], running=number in joins.heads):
            joins.tails.add(number)
            joins.heads.add(number + 1)
        elif (last := _closing_block(blocks, number, tail)) is not None:
            joins.tails.add(number)
            joins.heads.add(last)
            joins.whole.update(dict.fromkeys(range(number + 1, last), tail.glyph.style))
    return joins


def _taken_up(block: MarkedParagraph, tail: QuoteMark, following: MarkedParagraph, *, running: bool) -> bool:
    """Whether the next paragraph opens the quotation again that this one leaves open."""
    opening = following.pairs[0].opening if following.pairs else None
    if opening is None or not following.starts_quoted or opening.glyph.family != tail.glyph.family:
        return False
    return running or block.paragraph.kind == "verse" or block.paragraph.span.end - tail.end >= _SHORT


def _closing_block(blocks: Sequence[MarkedParagraph], number: int, tail: QuoteMark) -> int | None:
    """Return the block with the mark that closes what `number` leaves open, if no other mark comes before."""
    for other in range(number + 1, min(len(blocks), number + 1 + _FARTHEST)):
        block = blocks[other]
        if block.silent or block.paragraph.kind == "heading":
            return None
        if block.pairs:
            first = block.pairs[0]
            same = first.closing is not None and first.closing.glyph.family == tail.glyph.family
            return other if first.opening is None and same else None
    return None


def _of_block(
    text: str, block: MarkedParagraph, number: int, joins: _Joins, *, single_speech: bool
) -> Iterator[Quote]:
    span = block.paragraph.span
    covered = span.start  # end of the last quotation that closes; what lies before it is nested
    for place, (opening, closing, to_end) in enumerate(block.pairs):
        again = place == 0 and number in joins.heads
        mark = opening or closing
        if opening and closing:
            yield _between(opening, opening.end, closing.start, closing.end, continues=again)
            covered = max(covered, closing.end)
        elif opening and to_end and number in joins.tails:
            yield _between(opening, opening.end, span.end, span.end, continues=again)
        elif closing and again:
            yield Quote(
                Span(span.start, closing.end), Span(span.start, closing.start), closing.glyph.style, continues=True
            )
            covered = closing.end
        elif mark and mark.start >= covered and (single_speech or mark.glyph.family != "single"):
            following = block.pairs[place + 1].start if place + 1 < len(block.pairs) and not to_end else span.end
            quote = _recovered(text, opening, closing, covered, following, first=covered == span.start)
            yield quote
            covered = quote.span.end


def _between(opening: QuoteMark, start: int, stop: int, end: int, *, continues: bool) -> Quote:
    return Quote(Span(opening.start, end), Span(start, max(start, stop)), opening.glyph.style, continues=continues)


def _recovered(
    text: str, opening: QuoteMark | None, closing: QuoteMark | None, floor: int, limit: int, *, first: bool
) -> Quote:
    if opening:
        end = max(opening.end, end_of_unclosed(text, opening.end, limit))
        span, inner = Span(opening.start, end), Span(opening.end, end)
        return Quote(span, inner, opening.glyph.style, closed=False, doubt="never closed")
    assert closing is not None  # noqa: S101  a pair has at least one mark
    start = start_of_unopened(text, floor, closing.start, first=first)
    span, inner = Span(start, closing.end), Span(start, closing.start)
    return Quote(span, inner, closing.glyph.style, opened=False, doubt="never opened")
