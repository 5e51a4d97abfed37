"""A map of tellings side by side as SVG: a bar for each, coloured by how it agrees, and lines for what has moved."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from fabula.report.parallels import Facts, Marked
from fabula.spans import Span
from fabula.story import Parallel, Side, Synopsis

HEIGHT = 1000
"""Units from the top of the map to its bottom."""

_BINS = 400
_BAR, _GAP = 14, 26
_ALWAYS = "contradiction"
_BY_WORD = ("wording", "punctuation")
_SHOWN = {"only": "wording", "case": "punctuation"}
_STEPS, _FAINT, _LEAST = 4, 0.005, 0.1
_MOST_LINES = 400


class Scale:
    """Where the words of one telling stand on the map.

    Args:
        side: the telling.
    """

    def __init__(self, side: Side) -> None:
        self._starts = [part.start for part in side.parts]
        self._before = [0, *accumulate(part.length for part in side.parts)]

    def at(self, offset: int) -> float:
        """Return the height of a code point, from 0 at the top."""
        part = max(0, bisect_right(self._starts, offset) - 1)
        within = offset - self._starts[part] if self._starts else 0
        return HEIGHT * min(1.0, (self._before[part] + within) / (self._before[-1] or 1))


Marks = Mapping[int, Sequence[Marked]]
"""The words of a row that are marked, by column."""


def minimap(found: Synopsis, known: Sequence[Facts | None], marks: Sequence[Marks], scales: Sequence[Scale]) -> str:
    """Draw the map.

    Args:
        found: the synopsis.
        known: what is known of each entry.
        marks: the words of each entry that are marked.
        scales: one a telling.

    Returns:
        An SVG element; empty where there are no rows.
    """
    if not any(known):
        return ""
    width = _GAP * (len(scales) - 1) + _BAR
    bars = "".join(_bar(found, known, marks, scale, column) for column, scale in enumerate(scales))
    views = "".join(
        f'<rect class="view" x="{_GAP * column - 2}" y="0" width="{_BAR + 4}" height="0"/>'
        for column in range(len(scales))
    )
    return (
        f'<svg class="map" viewBox="-3 0 {width + 6} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="Map of the tellings, from top to bottom">{bars}{_lines(found, known, scales)}{views}</svg>'
    )


def _bar(found: Synopsis, known: Sequence[Facts | None], marks: Sequence[Marks], scale: Scale, column: int) -> str:
    bins: list[dict[str, float]] = [defaultdict(float) for _ in range(_BINS)]
    for entry, about, words in zip(found.entries, known, marks, strict=True):
        if isinstance(entry, Parallel) and about and about.kind != "break" and entry.cells[column].spans:
            for span, kind in _stretches(entry.cells[column].spans, about, words.get(column, ())):
                _fill(bins, scale, span, kind)
    parts, y = [], 0.0
    for (kind, strength), group in groupby(bins, key=_look):
        height = HEIGHT / _BINS * len(list(group))
        if kind:
            place = f'x="{_GAP * column}" y="{y:g}" width="{_BAR}" height="{height:g}"'
            parts.append(f'<rect class="k-same" {place}/>' if kind != _ALWAYS else "")
            parts.append(f'<rect class="k-{kind} t{strength}" {place}/>' if kind != "same" else "")
        y += height
    return "".join(parts)


def _stretches(spans: Sequence[Span], about: Facts, marks: Sequence[Marked]) -> Iterator[tuple[Span, str]]:
    """Yield words with their kind; in a line that is the same but for some words, these alone differ."""
    whole = _ALWAYS if _ALWAYS in about.traits else "same" if about.kind in _BY_WORD else about.kind
    yield from ((span, whole) for span in spans)
    if whole == "same":
        yield from ((mark.span, mark.kind) for mark in marks)


def _fill(bins: Sequence[dict[str, float]], scale: Scale, span: Span, kind: str) -> None:
    """Add to every bin how much of it a span takes."""
    top, bottom = (scale.at(offset) * _BINS / HEIGHT for offset in span)
    for number in range(int(top), min(_BINS, int(bottom) + 1)):
        bins[number][_SHOWN.get(kind, kind)] += min(bottom, number + 1) - max(top, number)


def _look(bin: dict[str, float]) -> tuple[str, int]:
    """Return the kind of difference that takes most of a bin, and how strong it shows; contradictions always do."""
    if _ALWAYS in bin:
        return _ALWAYS, _STEPS
    differs = [(taken, kind) for kind, taken in bin.items() if kind != "same"]
    share = sum(taken for taken, _ in differs) / max(_LEAST, bin.get("same", 0.0))
    if share < _FAINT:
        return ("same" if bin else ""), 0
    return max(differs)[1], min(_STEPS, 1 + int(_STEPS * share))


def _lines(found: Synopsis, known: Sequence[Facts | None], scales: Sequence[Scale]) -> str:
    """Draw a line from the base to every telling's place of what has moved; those that would hide each other once."""
    drawn: dict[tuple[int, int, int], str] = {}
    for entry, about in zip(found.entries, known, strict=True):
        if not isinstance(entry, Parallel) or about is None or not entry.cells[0].spans:
            continue
        for column in about.moved:
            if column and entry.cells[column].spans:
                ys = [round(scales[at].at(entry.cells[at].spans[0].start)) for at in (0, column)]
                path = f"M{_BAR} {ys[0]}L{_GAP * column} {ys[1]}"
                drawn.setdefault((column, ys[0] // 4, ys[1] // 4), path)
    path = "".join(list(drawn.values())[:_MOST_LINES])
    return f'<path class="away" d="{path}"/>' if path else ""
