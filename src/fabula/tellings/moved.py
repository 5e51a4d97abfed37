"""Free links: lines that stand in another place in the second telling, alone or as a block."""

from __future__ import annotations

import numpy as np

from fabula.tellings.attached import Linked
from fabula.tellings.candidates import Pairs, find_pairs, supported
from fabula.tellings.similarity import Similarity

_MOST = 100
_NEIGHBOURS = 0.4
_SEED_LIKE, _SEED_BITS = 0.5, 12.0
_ALONG = 0.3
_WEAK = 0.45


def find_moved(
    similarity: Similarity, linked: Linked, like: dict[tuple[int, int], float], least: float
) -> dict[tuple[int, int], float]:
    """Link lines that are left over, or only weakly linked, with their like elsewhere.

    A pair must be so much alike that chance cannot have given it among all pairs of lines left over; what stands
    before and after such a pair in both tellings may be less alike.

    Args:
        similarity: of the two tellings.
        linked: the links so far; weak ones make way, new ones are added.
        like: how alike the lines of each link are, without their neighbours' help.
        least: how alike the lines of a block must be.

    Returns:
        The new pairs and how alike they are.
    """
    weak = {pair for pair, value in like.items() if value < _WEAK}
    lines = []
    for side, bag in enumerate((similarity.a, similarity.b)):
        firm = {pair[side] for pair in like if pair not in weak}
        lines.append(np.array([line for line in range(len(bag.info)) if line not in firm], np.int64))
    pairs = find_pairs(similarity, *lines, most=_MOST)
    bits = similarity.shared(pairs.i, pairs.j)
    chance = np.log2(max(2, len(lines[0]) * len(lines[1])))
    seeds = (pairs.like >= max(_SEED_LIKE, least)) & (bits >= _SEED_BITS + chance)
    return _take(pairs, supported(pairs, _NEIGHBOURS), seeds, linked, weak, max(least, _ALONG))


def _take(
    pairs: Pairs, helped: np.ndarray, seeds: np.ndarray, linked: Linked, weak: set[tuple[int, int]], along: float
) -> dict[tuple[int, int], float]:
    """Take the best seeds first, each with the block it stands in."""
    known = dict(zip(zip(pairs.i.tolist(), pairs.j.tolist(), strict=True), pairs.like.tolist(), strict=True))
    taken: dict[tuple[int, int], float] = {}
    for place in np.argsort(-helped, kind="stable").tolist():
        if not seeds[place]:
            continue
        i, j = int(pairs.i[place]), int(pairs.j[place])
        if not _is_free((i, j), linked, weak):
            continue
        block = [(i, j)]
        for step in (-1, 1):
            at = (i + step, j + step)
            while known.get(at, 0.0) >= along and _is_free(at, linked, weak):
                block.append(at)
                at = (at[0] + step, at[1] + step)
        for pair in block:
            _make_way(pair, linked, weak)
            linked.add(*pair)
            taken[pair] = known[pair]
    return taken


def _is_free(pair: tuple[int, int], linked: Linked, weak: set[tuple[int, int]]) -> bool:
    i, j = pair
    held = [(i, other) for other in linked.sides[0].get(i, ())] + [(other, j) for other in linked.sides[1].get(j, ())]
    return pair not in held and all(each in weak for each in held)


def _make_way(pair: tuple[int, int], linked: Linked, weak: set[tuple[int, int]]) -> None:
    i, j = pair
    for other in list(linked.sides[0].get(i, ())):
        linked.remove(i, other)
    for other in list(linked.sides[1].get(j, ())):
        linked.remove(other, j)
