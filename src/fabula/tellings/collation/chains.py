"""The best chain: of all pairs of lines that might be linked, those that keep the order of both tellings."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from fabula.tellings.collation.similarity import Floats, Ints

_NONE = -1


class _Peaks:
    """The best chain that ends before a column: a Fenwick tree of maxima.

    Args:
        columns: number of columns.
    """

    def __init__(self, columns: int) -> None:
        self._value = [0.0] * (columns + 1)
        self._pair = [_NONE] * (columns + 1)

    def before(self, column: int) -> tuple[float, int]:
        """Return value and last pair of the best chain that ends left of a column."""
        best, last = 0.0, _NONE
        values, pairs = self._value, self._pair
        while column:
            value = values[column]
            if value > best or (value == best and pairs[column] > last):
                best, last = value, pairs[column]
            column &= column - 1
        return best, last

    def add(self, column: int, value: float, pair: int) -> None:
        """Let a chain end in a column."""
        column += 1
        values = self._value
        # What holds more than one column holds at least the best of them, so the first that is better ends it.
        while column < len(values) and value > values[column]:
            values[column], self._pair[column] = value, pair
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
    worth = np.flatnonzero(gain > 0)
    columns, place = np.unique(j, return_inverse=True)
    rows, places, gains = i[worth].tolist(), place[worth].tolist(), gain[worth].tolist()
    peaks = _Peaks(len(columns))
    value, before = [0.0] * len(rows), [_NONE] * len(rows)
    for _, row in groupby(range(len(rows)), rows.__getitem__):
        reached = list(row)
        for pair in reached:
            best, before[pair] = peaks.before(places[pair])
            value[pair] = best + gains[pair]
        for pair in reached:
            peaks.add(places[pair], value[pair], pair)
    return worth[_backwards(value, before)].tolist() if len(worth) else []


def _backwards(value: list[float], before: list[int]) -> list[int]:
    at = max(range(len(value)), key=value.__getitem__, default=_NONE)
    if at == _NONE or value[at] <= 0:
        return []
    found = []
    while at != _NONE:
        found.append(at)
        at = before[at]
    return found[::-1]
