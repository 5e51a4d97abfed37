"""Quotations: where they open and close.

The way of a paragraph: its marks are read one by one (`quote_marks`) and paired (`quote_pairs`); pairs become
quotations, over several paragraphs where need be (`quote_pieces`), with recovered limits where a mark is missing
(`quote_limits`); and each is told apart as speech, title or words merely mentioned (`quote_kinds`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from fabula.spans import Span, index_at, stripped
from fabula.story import Paragraph, Quote, Telling
from fabula.story.text import QuoteKind
from fabula.structure.handles import handled
from fabula.structure.quote_kinds import is_loose, kind_of
from fabula.structure.quote_limits import dash_speech, uses_dashes
from fabula.structure.quote_marks import Habits, QuoteMark, find_marks
from fabula.structure.quote_pairs import pair
from fabula.structure.quote_pieces import MarkedParagraph, pieces

_SILENT = frozenset({"break", "matter"})
_LABELLED = frozenset({"break", "matter", "heading", "letter"})


def find_quotes(telling: Telling) -> tuple[Quote, ...]:
    """Find every quotation.

    Args:
        telling: with the layers `paragraphs` and `corrections`; marks of kind `speech` are read.

    Returns:
        Quotes sorted by start, wider first; each lies in one paragraph; nested ones have a greater depth.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    text = telling.text
    paragraphs: Sequence[Paragraph] = telling.layer("paragraphs", wanted_by="quotes")
    unsaid = [
        correction.span
        for correction in telling.layer("corrections", wanted_by="quotes")
        if correction.kind == "not_speech" and correction.span
    ]
    cues = _cues(telling, paragraphs) or handled(text, [one for one in paragraphs if one.kind not in _LABELLED])
    marks, habits = find_marks(text)
    blocks = _blocks(paragraphs, marks, habits, {quote.span for quote in cues})
    found = [*cues, *pieces(text, blocks, single_speech=habits.single_out == 0)]
    running = [block.paragraph for block in blocks if not block.silent]
    if uses_dashes(text, running, sum(block.starts_quoted for block in blocks)):
        found += _dashed(text, running)
    said = [quote for quote in found if quote.inner.of(text).strip()]
    kept = _nested(_without(said, unsaid))
    return _with_kinds(text, kept, paragraphs)


def _cues(telling: Telling, paragraphs: Sequence[Paragraph]) -> list[Quote]:
    """Return the speeches that a screenplay states, cut at paragraphs."""
    starts = [paragraph.span.start for paragraph in paragraphs]
    quotes = []
    for mark in telling.marked("speech"):
        again = False
        for paragraph in paragraphs[max(0, index_at(starts, mark.start)) : bisect_left(starts, mark.end)]:
            span = Span(max(mark.start, paragraph.span.start), min(mark.end, paragraph.span.end))
            if span.end > span.start and (span := stripped(telling.text, span)).length:
                quotes.append(Quote(span, span, "cue", continues=again))
                again = True
    return quotes


def _blocks(
    paragraphs: Sequence[Paragraph], marks: Sequence[QuoteMark], habits: Habits, spoken: set[Span]
) -> list[MarkedParagraph]:
    starts = [mark.start for mark in marks]
    blocks: list[MarkedParagraph] = []
    carried = None
    for paragraph in reversed(paragraphs):
        inside = marks[bisect_left(starts, paragraph.span.start) : bisect_left(starts, paragraph.span.end)]
        silent = paragraph.kind in _SILENT or paragraph.span in spoken
        pairs = pair(inside, carried=carried, single_out=habits.single_out) if inside and not silent else []
        opens = bool(inside) and inside[0].start == paragraph.span.start and inside[0].opens < inside[0].closes
        carried = inside[0].glyph.family if opens and not silent else None
        blocks.append(MarkedParagraph(paragraph, pairs, silent))
    return blocks[::-1]


def _dashed(text: str, paragraphs: Iterable[Paragraph]) -> list[Quote]:
    return [
        Quote(span, inner, "dash")
        for paragraph in paragraphs
        if paragraph.kind != "heading"
        for span, inner in dash_speech(text, paragraph.span)
    ]


def _without(quotes: Sequence[Quote], unsaid: Iterable[Span]) -> list[Quote]:
    """Leave out what the author says is no speech: for each such span the quotations in it, else the one around."""
    dropped: set[Span] = set()
    for span in unsaid:
        inside = [quote for quote in quotes if span.holds(quote.inner) and quote.inner.length]
        around = [quote for quote in quotes if quote.span.holds(span)]
        dropped.update(quote.span for quote in inside or sorted(around, key=lambda quote: quote.span.length)[:1])
    return [quote for quote in quotes if quote.span not in dropped]


def _nested(quotes: Iterable[Quote]) -> list[Quote]:
    """Sort quotations and give each its depth; of two that cross, the later is left out."""
    kept: list[Quote] = []
    around: list[Quote] = []
    for quote in sorted(quotes, key=lambda one: (one.span.start, -one.span.end)):
        while around and around[-1].span.end <= quote.span.start:
            around.pop()
        if around and not (around[-1].span.holds(quote.span) and around[-1].span != quote.span):
            continue
        kept.append(quote if quote.depth == len(around) else replace(quote, depth=len(around)))
        around.append(quote)
    return kept


def _with_kinds(text: str, quotes: Sequence[Quote], paragraphs: Sequence[Paragraph]) -> tuple[Quote, ...]:
    starts = [paragraph.span.start for paragraph in paragraphs]
    begun = frozenset(starts)
    loose = is_loose(text, [quote for quote in quotes if quote.span.start in begun and quote.closed])
    told: list[Quote] = []
    ends: dict[int, int] = {}  # by depth, where the last quotation ends …
    kinds: dict[int, QuoteKind] = {}  # … and what it is
    for quote in quotes:
        paragraph = paragraphs[index_at(starts, quote.span.start)]
        floor = max(ends.get(quote.depth, 0), paragraph.span.start)
        ends[quote.depth] = quote.span.end
        if not quote.continues or quote.depth not in kinds:
            kinds[quote.depth] = kind_of(text, quote, paragraph, floor, loose=loose)
        kind = kinds[quote.depth]
        told.append(quote if kind == quote.kind else replace(quote, kind=kind))
    return tuple(told)
