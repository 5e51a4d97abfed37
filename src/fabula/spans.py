"""Spans of text and all arithmetic on offsets.

Offsets count Unicode code points of `Telling.text`; spans are half-open, `[start, end)`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fabula.errors import IntegrityError


class Span(NamedTuple):
    """A half-open stretch of text: `text[start:end]`, in code points."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words this span covers in `text`."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def has(self, offset: int) -> bool:
        """Whether the code point at `offset` lies inside this span."""
        return self.start <= offset < self.end

    def overlap(self, other: Span) -> int:
        """Return how many code points the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def stripped(text: str, span: Span) -> Span:
    """Return `span` without white space at its edges; an empty span at its start where nothing is left."""
    words = text[span.start : span.end]
    lead = len(words) - len(words.lstrip())
    body = words.strip()
    return Span(span.start + lead, span.start + lead + len(body)) if body else Span(span.start, span.start)


def gaps(spans: Iterable[Span], whole: Span) -> Iterator[Span]:
    """Yield the stretches of `whole` that no span covers.

    Args:
        spans: sorted by start, not overlapping.
        whole: what they ought to cover.
    """
    at = whole.start
    for span in spans:
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < whole.end:
        yield Span(at, whole.end)


def check_tiles(spans: Iterable[Span], whole: Span, *, what: str) -> None:
    """Make sure that spans cover `whole` with nothing missing and nothing twice.

    Args:
        spans: in order.
        whole: what they must cover exactly.
        what: name of the layer, for the message.

    Raises:
        IntegrityError: at the first hole or overlap.
    """
    at = whole.start
    for span in spans:
        if span.start != at or span.end < span.start:
            raise IntegrityError(f"{what} do not tile the text: expected a span at {at}, found {tuple(span)}")
        at = span.end
    if at != whole.end:
        raise IntegrityError(f"{what} do not tile the text: they end at {at}, the text at {whole.end}")


def index_at(starts: Sequence[int], offset: int) -> int:
    """Return the index of the last start that is not after `offset`; -1 where all are after it.

    Args:
        starts: sorted offsets.
        offset: a code point.
    """
    return bisect_right(starts, offset) - 1
