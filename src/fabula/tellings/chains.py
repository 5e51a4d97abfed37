"""The best chain: of all pairs of lines that might be linked, those that keep the order of both tellings."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby

from fabula.tellings.similarity import Floats, Ints

_NONE = -1


class _Peaks:
    """The best chain that ends before a column: a Fenwick tree of maxima.

    Args:
        columns: number of columns.
    """

    def __init__(self, columns: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, _NONE)] * (columns + 1)

    def before(self, column: int) -> tuple[float, int]:
        """Return value and last pair of the best chain that ends left of a column."""
        found = (0.0, _NONE)
        while column > 0:
            found = max(found, self._best[column])
            column -= column & -column
        return found

    def add(self, column: int, value: float, pair: int) -> None:
        """Let a chain end in a column."""
        column += 1
        while column < len(self._best):
            if value > self._best[column][0]:
                self._best[column] = (value, pair)
            column += column & -column


def best_chain(i: Ints, j: Ints, gain: Floats) -> list[int]:
    """Return the pairs of the chain that gains most, in order; every next pair is later in both tellings.

    Time grows as the pairs times the logarithm of the lines.

    Args:
        i: lines of the first telling, rising.
        j: lines of the second telling.
        gain: of each pair; those without are passed over.

    Shapes:
        i, j, gain: (pairs,)
    """
    rows, columns, gains = i.tolist(), j.tolist(), gain.tolist()
    places = sorted(set(columns))
    peaks = _Peaks(len(places))
    value, before = [0.0] * len(rows), [_NONE] * len(rows)
    for _, row in groupby((pair for pair in range(len(rows)) if gains[pair] > 0), rows.__getitem__):
        reached = []
        for pair in row:
            place = bisect_left(places, columns[pair])
            best, before[pair] = peaks.before(place)
            value[pair] = best + gains[pair]
            reached.append((place, pair))
        for place, pair in reached:
            peaks.add(place, value[pair], pair)
    return _backwards(value, before)


def _backwards(value: list[float], before: list[int]) -> list[int]:
    at = max(range(len(value)), key=value.__getitem__, default=_NONE)
    if at == _NONE or value[at] <= 0:
        return []
    found = []
    while at != _NONE:
        found.append(at)
        at = before[at]
    return found[::-1]
