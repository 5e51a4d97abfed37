"""Free links: lines that stand in another place in the second telling, alone or as a block."""

from __future__ import annotations

from itertools import chain

import numpy as np

from fabula.tellings.collation.attached import Linked, Pair
from fabula.tellings.collation.candidates import find_pairs, supported
from fabula.tellings.collation.passages import find_passages
from fabula.tellings.collation.similarity import Similarity

_MOST = 100
_NEIGHBOURS = 0.4
_SEED_LIKE, _SEED_BITS, _STRANGE_BITS = 0.5, 12.0, 40.0
_ALONG, _TOGETHER = 0.3, 0.2
_WEAK = 0.45


def find_moved(
    similarity: Similarity, linked: Linked, like: dict[Pair, float], least: float, *, related: bool
) -> dict[Pair, float]:
    """Link lines that are left over, or only weakly linked, with their like elsewhere.

    A pair must be so much alike that chance cannot have given it among all pairs of lines left over; what stands
    before and after such a pair in both tellings may be less alike.

    Args:
        similarity: of the two tellings.
        linked: the links so far; weak ones make way, new ones are added.
        like: how alike the lines of each link are, without their neighbours' help.
        least: how alike the lines of a block must be.
        related: whether the tellings are known to have a story in common; else only long passages are linked.

    Returns:
        The new pairs and how alike they are.
    """
    weak = {pair for pair, value in like.items() if value < _WEAK}
    lines = []
    for side, bag in enumerate((similarity.a, similarity.b)):
        firm = {pair[side] for pair in like if pair not in weak}
        lines.append(np.array([line for line in range(len(bag.info)) if line not in firm], np.int64))
    pairs = find_pairs(similarity, *lines, most=_MOST)
    bits = (_SEED_BITS if related else _STRANGE_BITS) + np.log2(max(2, len(lines[0]) * len(lines[1])))
    seeds = (pairs.like >= max(_SEED_LIKE, least)) & (similarity.shared(pairs.i, pairs.j) >= bits)
    best = [place for place in np.argsort(-supported(pairs, _NEIGHBOURS), kind="stable").tolist() if seeds[place]]
    listed = list(zip(pairs.i.tolist(), pairs.j.tolist(), strict=True))
    known = dict(zip(listed, pairs.like.tolist(), strict=True))
    taken: dict[Pair, float] = {}
    gain = (pairs.like - max(least, _TOGETHER)) * similarity.room(pairs.i, pairs.j)
    passages = find_passages(pairs, gain) if related else []
    blocks = ([pair for pair in passage if _is_free(pair, linked, weak)] for passage in passages)
    single = (_block(listed[place], known, linked, weak, max(least, _ALONG)) for place in best)
    for block in chain(blocks, single):
        for pair in block:
            _make_way(pair, linked)
            linked.add(*pair)
            taken[pair] = known[pair]
    return taken


def _block(seed: Pair, known: dict[Pair, float], linked: Linked, weak: set[Pair], along: float) -> list[Pair]:
    """Return a pair with those before and after it that are alike and free; nothing where it is not free itself."""
    if not _is_free(seed, linked, weak):
        return []
    block = [seed]
    for step in (-1, 1):
        at = (seed[0] + step, seed[1] + step)
        while known.get(at, 0.0) >= along and _is_free(at, linked, weak):
            block.append(at)
            at = (at[0] + step, at[1] + step)
    return block


def _is_free(pair: Pair, linked: Linked, weak: set[Pair]) -> bool:
    i, j = pair
    held = [(i, other) for other in linked.sides[0].get(i, ())] + [(other, j) for other in linked.sides[1].get(j, ())]
    return pair not in held and all(each in weak for each in held)


def _make_way(pair: Pair, linked: Linked) -> None:
    i, j = pair
    for other in list(linked.sides[0].get(i, ())):
        linked.remove(i, other)
    for other in list(linked.sides[1].get(j, ())):
        linked.remove(other, j)
