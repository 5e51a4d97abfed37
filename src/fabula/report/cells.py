"""The words of one telling as HTML, cut into cells: paragraphs, italics, and words that are marked.

Strings are joined by hand: two novels have twenty thousand cells, and a template engine would spend its time on them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from fabula.report.markup import safe
from fabula.report.parallels import Marked
from fabula.report.reading import StyledRun, styled_runs
from fabula.spans import Span, stripped
from fabula.story import Paragraph, Telling

_T = TypeVar("_T")
_CSS = {
    "wording": "w",
    "only": "o",
    "case": "p",
    "punctuation": "p",
    "contradiction": "x",
    "perception": "v",
}
_SPACES = re.compile(r"\s+")
_STRONGEST = ("contradiction", "perception", "wording", "only", "case", "punctuation")


class Cells:
    """Writes the cells of one telling; what every cell needs is looked up once.

    Args:
        telling: with the layer `paragraphs`.
    """

    def __init__(self, telling: Telling) -> None:
        self.language = telling.metadata.language
        self._text = telling.text
        self._paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="align")
        self._starts = [paragraph.span.start for paragraph in self._paragraphs]
        self._runs = list(styled_runs(telling.marked("italic", "bold")))
        self._run_ends = [run.end for run in self._runs]

    def begins(self, spans: Sequence[Span]) -> bool:
        """Whether words begin a paragraph."""
        at = bisect_right(self._starts, spans[0].start) - 1
        return at < 0 or self._starts[at] == spans[0].start

    def write(self, spans: Sequence[Span], marks: Sequence[Marked]) -> str:
        """Return words as one `p` for each paragraph; an ellipsis stands where words between are left out."""
        parts = []
        for number, span in enumerate(spans):
            for kind, piece in self._pieces(span):
                begins = " i" if self.begins((piece,)) else ""
                gap = '<span class="gap">… </span>' if number and piece.start == span.start else ""
                parts.append(f'<p class="{kind}{begins}" dir="auto">{gap}{self._words(piece, marks)}</p>')
        return "".join(parts)

    def plain(self, span: Span) -> str:
        """Return words on one line, not yet safe for HTML."""
        return " ".join(span.of(self._text).split())

    def around(self, span: Span, most: int) -> tuple[str, str, str]:
        """Return words with what stands before and after them in their paragraph.

        Args:
            span: the words.
            most: code points wanted on either side.

        Returns:
            Before, the words, after; each on one line, cut between words.
        """
        at = max(0, bisect_right(self._starts, span.start) - 1)
        whole = self._paragraphs[at].span if self._paragraphs else span
        start, end = max(whole.start, span.start - most), min(max(whole.end, span.end), span.end + most)
        before, after = self._text[start : span.start], self._text[span.end : end]
        if start > whole.start:
            before = f"…{before[max(0, before.find(' ')) :]}"
        if end < whole.end:
            after = f"{after[: after.rfind(' ') if ' ' in after else len(after)]} …"
        return _spaced(before), _spaced(span.of(self._text)), _spaced(after)

    def _pieces(self, span: Span) -> Iterator[tuple[str, Span]]:
        """Yield the stretches of a span in each paragraph, with the paragraph's kind."""
        at, start = max(0, bisect_right(self._starts, span.start) - 1), span.start
        while start < span.end:
            end = self._starts[at + 1] if at + 1 < len(self._starts) else span.end
            piece = stripped(self._text, Span(start, min(end, span.end)))
            if piece.length:
                yield self._paragraphs[at].kind if self._paragraphs else "prose", piece
            at, start = at + 1, min(end, span.end)

    def _words(self, span: Span, marks: Sequence[Marked]) -> str:
        inside = [mark for mark in marks if mark.span.overlap(span)]
        runs = self._runs_in(span)
        edges = {span.start, span.end}
        for start, end in (*(mark.span for mark in inside), *((run.start, run.end) for run in runs)):
            edges |= {min(max(start, span.start), span.end), min(max(end, span.start), span.end)}
        cuts = sorted(edges)
        parts: list[str] = []
        last: tuple[Marked, ...] = ()
        marked = _over(cuts, inside, [mark.span.start for mark in inside], [mark.span.end for mark in inside])
        styled = _over(cuts, runs, [run.start for run in runs], [run.end for run in runs])
        for (start, end), here, there in zip(pairwise(cuts), marked, styled, strict=True):
            if here != last:
                parts += ("</mark>" if last else "", _opened(here, start) if here else "")
            kinds = frozenset[str]().union(*(run.kinds for run in there))
            parts.append(_styled(safe(self._text[start:end]), kinds))
            last = here
        return "".join(parts) + ("</mark>" if last else "")

    def _runs_in(self, span: Span) -> list[StyledRun]:
        found = []
        for number in range(bisect_right(self._run_ends, span.start), len(self._runs)):
            if self._runs[number].start >= span.end:
                break
            found.append(self._runs[number])
        return found


def _over(
    cuts: Sequence[int], things: Sequence[_T], starts: Sequence[int], ends: Sequence[int]
) -> list[tuple[_T, ...]]:
    """Return for each stretch between two cuts the things that cover it; nothing begins or ends inside one."""
    order = sorted(range(len(things)), key=starts.__getitem__)
    covers: list[tuple[_T, ...]] = []
    active: list[int] = []
    at = 0
    for cut in cuts[:-1]:
        while at < len(order) and starts[order[at]] <= cut:
            active.append(order[at])
            at += 1
        active = [number for number in active if ends[number] > cut]
        covers.append(tuple(things[number] for number in active))
    return covers


def _spaced(words: str) -> str:
    """Return words with single spaces; one at either end stays."""
    return _SPACES.sub(" ", words)


def _opened(marks: Sequence[Marked], start: int) -> str:
    """Return the tag that opens marked words; the class `b` where they begin, for the sign before them."""
    kind = min((mark.kind for mark in marks), key=_STRONGEST.index)
    begins = " b" if any(mark.span.start == start and mark.kind == kind for mark in marks) else ""
    partners = " ".join(dict.fromkeys(mark.partner for mark in marks))
    return f'<mark class="{_CSS[kind]}{begins}" data-c="{partners}">'


def _styled(words: str, kinds: frozenset[str]) -> str:
    words = f"<i>{words}</i>" if "italic" in kinds else words
    return f"<b>{words}</b>" if "bold" in kinds else words
