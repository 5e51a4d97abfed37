"""What lines mean, beside their words: how much closer two of them are than lines of these tellings commonly are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fabula.nets.meaning import SIZE, Vectors, vectors
from fabula.tellings.collation.lines import Lines

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_COMMON, _PRIOR = 0.1, 4
"""How close lines of fiction are that have nothing to do with each other; how many lines weigh as much as that."""
_BLOCK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class SideMeaning:
    """The lines of one telling as vectors.

    Attributes:
        vectors: of each line, of length 1; 0 where it was not read; (lines, SIZE).
        read: whether it was; (lines,).
        common: how close each line commonly is to lines of the other telling; (lines,).
        others: sum of the other telling's vectors; (SIZE,).
        count: of the other telling's lines that were read.
    """

    vectors: Vectors
    read: npt.NDArray[np.bool_]
    common: Vectors
    others: Vectors
    count: int

    def reordered(self, order: Ints) -> SideMeaning:
        """Return the same with the lines in another order.

        Shapes:
            order: (lines,)
        """
        return SideMeaning(self.vectors[order], self.read[order], self.common[order], self.others, self.count)

    def together(self, lines: Sequence[int]) -> tuple[Vectors, float]:
        """Return the vector of some lines taken together, and how close it commonly is to lines of the other."""
        found = self.vectors[list(lines)].sum(0)
        found /= np.linalg.norm(found)
        return found, float(_common(found @ self.others, self.count))


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What the lines of two tellings mean.

    Attributes:
        a, b: the lines of either.
    """

    a: SideMeaning
    b: SideMeaning

    def close(self, i: Ints, j: Ints) -> Floats:
        """Return how much closer lines are than common, -1 to 1; 0 where one was not read.

        Shapes:
            i, j: (pairs,) indices of lines of `a` and of `b` -> (pairs,)
        """
        found = np.zeros(len(i))
        known = np.flatnonzero(self.a.read[i] & self.b.read[j])
        for low in range(0, len(known), _BLOCK):
            at = known[low : low + _BLOCK]
            rows, columns = i[at], j[at]
            cosine = np.einsum("ij,ij->i", self.a.vectors[rows], self.b.vectors[columns])
            found[at] = cosine - (self.a.common[rows] + self.b.common[columns]) / 2
        return found

    def close_together(self, rows: Sequence[int], columns: Sequence[int]) -> float:
        """Return the same for some lines of `a`, taken together, and some of `b`."""
        if not (self.a.read[list(rows)].all() and self.b.read[list(columns)].all()):
            return 0.0
        (mine, common), (theirs, usual) = self.a.together(rows), self.b.together(columns)
        return float(mine @ theirs) - (common + usual) / 2

    def nearest(self, rows: Ints, columns: Ints, *, least: float, most: int) -> tuple[Ints, Ints]:
        """Return pairs of lines that are much closer than common.

        Args:
            rows: lines of `a`.
            columns: lines of `b`.
            least: how much closer.
            most: most pairs of one line of `a`.

        Shapes:
            rows: (rows,); columns: (columns,) -> twice (pairs,)
        """
        rows, columns = rows[self.a.read[rows]], columns[self.b.read[columns]]
        found = [np.zeros((2, 0), np.int64)]
        theirs, usual = self.b.vectors[columns].T, self.b.common[columns] / 2
        for low in range(0, len(rows) if len(columns) else 0, _BLOCK // 8):
            mine = rows[low : low + _BLOCK // 8]
            close = self.a.vectors[mine] @ theirs - self.a.common[mine, None] / 2 - usual
            if most < len(columns):
                close[close < np.partition(close, -most, axis=1)[:, -most, None]] = -np.inf
            i, j = np.nonzero(close > least)
            found.append(np.stack([mine[i], columns[j]]))
        i, j = np.concatenate(found, axis=1)
        return i, j


def read_meaning(
    tellings: tuple[Lines, Lines], wanted: tuple[Ints, Ints], *, tick: Callable[[float], None] = lambda _: None
) -> Meaning:
    """Read what lines mean.

    Args:
        tellings: the lines of both.
        wanted: which lines of either are read.
        tick: told the share that is read, 0 to 1.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    both = zip(tellings, wanted, strict=True)
    every = vectors([lines.spans[at].of(lines.text) for lines, which in both for at in which], tick=tick)
    parts = every[: len(wanted[0])], every[len(wanted[0]) :]
    a, b = (
        _side(len(lines), which, mine, theirs)
        for lines, which, mine, theirs in zip(tellings, wanted, parts, parts[::-1], strict=True)
    )
    return Meaning(a, b)


def _side(count: int, which: Ints, mine: Vectors, theirs: Vectors) -> SideMeaning:
    found, read, common = np.zeros((count, SIZE), np.float32), np.zeros(count, bool), np.zeros(count, np.float32)
    others = theirs.sum(0)
    found[which], read[which], common[which] = mine, True, _common(mine @ others, len(theirs))
    return SideMeaning(found, read, common, others, len(theirs))


def _common(total: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    """Return a mean cosine; with few lines it leans on what is known of fiction."""
    return np.asarray((total + _COMMON * _PRIOR) / (count + _PRIOR), np.float32)
