"""One line told as several: lines that are left over join the link of the line before or after them.

A line joins if the lines of the link, taken together, are then more alike than before, in words and in meaning. The
line that gains most joins first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from fabula.tellings.collation.similarity import Similarity

Pair = tuple[int, int]
"""A line of the first telling, and a line of the second."""

_LEAST, _PRICE, _LONGEST = 0.1, 0.8, 4
"""How alike lines must be at the least; what every further line of a link must gain; most lines of one side."""


class Linked:
    """Which lines are linked with which, from both sides.

    Args:
        pairs: line of the first telling, line of the second.
    """

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.sides: tuple[defaultdict[int, set[int]], defaultdict[int, set[int]]] = (
            defaultdict(set),
            defaultdict(set),
        )
        for i, j in pairs:
            self.add(i, j)

    def add(self, i: int, j: int) -> None:
        """Link two lines."""
        self.sides[0][i].add(j)
        self.sides[1][j].add(i)

    def remove(self, i: int, j: int) -> None:
        """Unlink two lines."""
        for side, line, other in ((0, i, j), (1, j, i)):
            self.sides[side][line].discard(other)
            if not self.sides[side][line]:
                del self.sides[side][line]

    def pairs(self) -> list[Pair]:
        """Return the pairs, sorted."""
        return sorted((i, j) for i, partners in self.sides[0].items() for j in partners)


class _Bead(NamedTuple):
    """Lines that are told as one, and that one: a row of lines on one side, one line on the other.

    Attributes:
        a: lines of the first telling.
        b: lines of the second telling.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]

    def grown(self, side: int, line: int) -> _Bead | None:
        """Return it with the line before or after it; None where it cannot grow so."""
        mine, theirs = self[side], self[1 - side]
        if len(theirs) > 1 or len(mine) >= _LONGEST or line not in (mine[0] - 1, mine[-1] + 1):
            return None
        more = tuple(sorted((*mine, line)))
        return _Bead(more, theirs) if side == 0 else _Bead(theirs, more)


class _Growth(NamedTuple):
    """A line that might join, those that gain most first.

    Attributes:
        loss: what it gains, turned round.
        number: of the bead.
        side: the line's, 0 or 1.
        line: that might join.
        bead: as it was when the gain was reckoned.
        like: how alike both sides then are.
    """

    loss: float
    number: int
    side: int
    line: int
    bead: _Bead
    like: float


def attach(similarity: Similarity, linked: Linked, least: float) -> dict[Pair, float]:
    """Let lines that are left over join the links beside them.

    Args:
        similarity: of the two tellings.
        linked: the links so far; new ones are added.
        least: how alike lines had to be so far.

    Returns:
        The new pairs and how alike they are.
    """
    least = max(least, _LEAST)
    sides = linked.sides
    beads = [_Bead((i,), (j,)) for i, j in linked.pairs() if len(sides[0][i]) == 1 == len(sides[1][j])]
    waiting = [each for at, bead in enumerate(beads) for each in _growths(similarity, linked, at, bead, least)]
    heapify(waiting)
    found: dict[Pair, float] = {}
    while waiting:
        best = heappop(waiting)
        if best.line in sides[best.side] or best.bead != beads[best.number]:
            continue
        grown = best.bead.grown(best.side, best.line)
        if grown is None:
            continue
        (partner,) = best.bead[1 - best.side]
        pair = (best.line, partner) if best.side == 0 else (partner, best.line)
        linked.add(*pair)
        found[pair] = best.like
        beads[best.number] = grown
        for each in _growths(similarity, linked, best.number, grown, least):
            heappush(waiting, each)
    return found


def _growths(similarity: Similarity, linked: Linked, number: int, bead: _Bead, least: float) -> Iterator[_Growth]:
    """Yield the free lines beside a bead that would gain by joining it."""
    counts = len(similarity.a.info), len(similarity.b.info)
    free = [
        (side, line)
        for side in (0, 1)
        for line in (bead[side][0] - 1, bead[side][-1] + 1)
        if 0 <= line < counts[side] and line not in linked.sides[side]
    ]
    if not free:
        return
    before, _ = _worth(similarity, bead, least)
    for side, line in free:
        grown = bead.grown(side, line)
        if grown:
            worth, like = _worth(similarity, grown, least)
            if worth > before:
                yield _Growth(before - worth, number, side, line, bead, like)


def _worth(similarity: Similarity, bead: _Bead, least: float) -> tuple[float, float]:
    """Return what a bead counts, and how alike its sides are."""
    like, room = similarity.together(bead.a, bead.b)
    return (like - least) * room - _PRICE * (len(bead.a) + len(bead.b) - 2), like
