"""One line told as several: lines that are left over join the link of the line before or after them.

What counts is what is left of the line on the other side when the words that its own partners tell are taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from fabula.tellings.similarity import Bag, Similarity

Pair = tuple[int, int]
"""A line of the first telling, and a line of the second."""

_LEAST = 0.1


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


def attach(similarity: Similarity, linked: Linked, least: float) -> dict[Pair, float]:
    """Let lines that are left over join the links beside them.

    Args:
        similarity: of the two tellings.
        linked: the links so far; new ones are added.
        least: how alike lines had to be so far.

    Returns:
        The new pairs and how alike they are.
    """
    found: dict[Pair, float] = {}
    for side in (0, 1):
        every = range(len((similarity.a, similarity.b)[side].info))
        for walk in (every, every[::-1]):
            found |= _walk(similarity, side, walk, linked, max(least, _LEAST))
    return found


def _walk(similarity: Similarity, side: int, walk: Sequence[int], linked: Linked, least: float) -> dict[Pair, float]:
    """Go through one telling in one direction and let each line join the one before it."""
    bags = (similarity.a, similarity.b)
    found: dict[Pair, float] = {}
    before = None
    for line in walk:
        if line in linked.sides[side]:
            before = line
            continue
        partners = linked.sides[side].get(before, set()) if before is not None else set()
        before = None
        if len(partners) != 1:
            continue
        (partner,) = partners
        told = set[int]().union(*(_words(bags[side], other) for other in linked.sides[1 - side][partner]))
        like = _alike(similarity, _words(bags[side], line), _words(bags[1 - side], partner) - told)
        if like > least:
            pair = (line, partner) if side == 0 else (partner, line)
            linked.add(*pair)
            found[pair] = like
            before = line
    return found


def _words(bag: Bag, line: int) -> set[int]:
    return set(bag.keys[bag.bounds[line] : bag.bounds[line + 1]].tolist())


def _alike(similarity: Similarity, mine: set[int], theirs: set[int]) -> float:
    bits = [sum(float(similarity.weights[key]) for key in keys) for keys in (mine, theirs, mine & theirs)]
    return bits[2] / (bits[0] * bits[1]) ** 0.5 if bits[0] and bits[1] else 0.0
