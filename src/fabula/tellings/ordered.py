"""The ordered bulk: lines of two tellings that follow each other in both, and whether there is such an order at all.

In long tellings, pairs that are surely alike become anchors, and only the stretches between them are looked at
further, which keeps time and memory near the length of the tellings. Of all pairs then looked at, the best chain is
taken. How alike two lines must be is learnt from the tellings themselves: the same is done with the lines of the
second telling shuffled, and what such chance finds as often is no evidence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fabula.tellings.candidates import EVERY_WORD, NO_PAIRS, Pairs, find_pairs, joined, supported
from fabula.tellings.chains import best_chain
from fabula.tellings.similarity import Floats, Ints, Similarity

LEAST = 0.05
"""How alike lines must be at the least, with the help of their neighbours."""
_OWN = 0.1
_NEIGHBOURS = 0.4
_ANCHOR_LIKE, _ANCHOR_BITS, _ANCHOR_WORD, _ANCHORS = 0.6, 25.0, 16, 30
_MOST = 400
_STRONG = 0.5
_MANY, _SHUFFLES, _FEW_SHUFFLES = 20_000, 16, 3
_STEP, _WINDOW, _MOST_LEAST = 0.02, 0.1, 0.6
_RELATED = 0.055
_BEYOND, _LEAST_SPREAD, _ALIKE = 0.1, 0.05, 0.15


class Ordered(NamedTuple):
    """What was found of the ordered bulk.

    Attributes:
        pairs: linked lines, in order; `like` counts what stands before and after them.
        least: how alike lines had to be.
        related: whether the tellings have an order in common that chance does not give.
    """

    pairs: Pairs
    least: float
    related: bool


class _Stretch(NamedTuple):
    """Lines of both tellings between two anchors, as half-open ranges."""

    a: tuple[int, int]
    b: tuple[int, int]


def find_ordered(similarity: Similarity) -> Ordered:
    """Link the lines that keep their order, each with one line at most.

    Args:
        similarity: of the two tellings.
    """
    count_a, count_b = len(similarity.a.info), len(similarity.b.info)
    anchors = _anchors(similarity) if count_a * count_b > EVERY_WORD else NO_PAIRS
    stretches = _stretches(anchors, count_a, count_b)
    between = (find_pairs(similarity, np.arange(*at.a), np.arange(*at.b), most=_MOST) for at in stretches)
    pairs = joined([anchors, *between])
    helped = pairs._replace(like=supported(pairs, _NEIGHBOURS))
    room = _room(similarity, pairs)
    places = _shuffled(stretches, count_b, len(pairs.i))
    # The more lines there are, the more alike some of them are by chance.
    wanted = _RELATED * float(np.log2(max(1, count_a * count_b)))
    related = bool(len(anchors.i)) or _evidence(pairs, room, places, min(count_a, count_b)) >= wanted
    found = _chain(helped, room, LEAST)
    masked = pairs.like.copy()
    masked[[pair for pair in found if pairs.like[pair] >= _STRONG]] = 0
    least = _least(helped.like[found], _by_chance(pairs._replace(like=masked), room, places), len(places))
    found = _chain(helped, np.where(pairs.like >= _OWN, room, 0.0), least)
    return Ordered(helped.chosen(found), least, related)


def _anchors(similarity: Similarity) -> Pairs:
    """Return pairs that are surely alike and keep their order; none where their order may be chance."""
    every = (np.arange(len(bag.info)) for bag in (similarity.a, similarity.b))
    pairs = find_pairs(similarity, *every, most=_ANCHOR_WORD)
    sure = pairs.like >= _ANCHOR_LIKE
    pairs = pairs.chosen(sure)
    pairs = pairs.chosen(similarity.shared(pairs.i, pairs.j) >= _ANCHOR_BITS)
    gain = np.ones(len(pairs.i)) + pairs.like
    found = best_chain(pairs.i, pairs.j, gain)
    shuffled = np.random.default_rng(0).permutation(len(similarity.b.info))[pairs.j]
    by_chance = best_chain(*_by_line(pairs.i, shuffled, gain))
    return pairs.chosen(found) if len(found) >= max(_ANCHORS, 3 * len(by_chance)) else NO_PAIRS


def _stretches(anchors: Pairs, count_a: int, count_b: int) -> list[_Stretch]:
    edges_a = [-1, *anchors.i.tolist(), count_a]
    edges_b = [-1, *anchors.j.tolist(), count_b]
    between = (
        _Stretch((from_a + 1, to_a), (from_b + 1, to_b))
        for (from_a, to_a), (from_b, to_b) in zip(pairwise(edges_a), pairwise(edges_b), strict=True)
    )
    return [stretch for stretch in between if stretch.a[0] < stretch.a[1] and stretch.b[0] < stretch.b[1]]


def _room(similarity: Similarity, pairs: Pairs) -> Floats:
    """Return how much a pair may count: long lines count more than short ones, but less than their length."""
    return np.sqrt(np.minimum(similarity.a.info[pairs.i], similarity.b.info[pairs.j]))


def _chain(pairs: Pairs, room: Floats, least: float) -> list[int]:
    return best_chain(pairs.i, pairs.j, _gain(pairs, room, least))


def _gain(pairs: Pairs, room: Floats, least: float) -> Floats:
    return np.maximum(pairs.like - least, 0) * room


def _by_line(i: Ints, j: Ints, gain: Floats) -> tuple[Ints, Ints, Floats]:
    order = np.lexsort((j, i))
    return i[order], j[order], gain[order]


def _shuffled(stretches: list[_Stretch], count_b: int, pairs: int) -> list[Ints]:
    """Return new places for the lines of the second telling, each within its stretch; the first time turned round."""
    random = np.random.default_rng(0)
    places = []
    for turn in range(_SHUFFLES if pairs <= _MANY else _FEW_SHUFFLES):
        place = np.arange(count_b)
        for stretch in stretches:
            lines = np.arange(*stretch.b)
            place[lines] = lines[::-1] if turn == 0 else random.permutation(lines)
        places.append(place)
    return places


def _moved_to(place: Ints, pairs: Pairs, room: Floats) -> tuple[Pairs, Floats]:
    """Return pairs as they are when the lines of the second telling stand elsewhere."""
    order = np.lexsort((place[pairs.j], pairs.i))
    return pairs._replace(j=place[pairs.j]).chosen(order), room[order]


def _evidence(pairs: Pairs, room: Floats, places: list[Ints], lines: int) -> float:
    """Return how much speaks for a common story: what each line gains, and how far beyond chance the whole is.

    Args:
        pairs: all pairs looked at.
        room: how much each may count.
        places: where the lines of the second telling stand, for each shuffle.
        lines: of the shorter telling.
    """
    totals = []
    for at, weight in ((pairs, room), *(_moved_to(place, pairs, room) for place in places)):
        gain = _gain(at, weight, _ALIKE)
        totals.append(float(gain[best_chain(at.i, at.j, gain)].sum()))
    mean = float(np.mean(totals[1:]))
    spread = max(float(np.std(totals[1:])), _LEAST_SPREAD * mean)
    beyond = (totals[0] - mean) / spread if spread else 0.0
    return totals[0] / max(1, lines) + _BEYOND * beyond


def _by_chance(pairs: Pairs, room: Floats, places: list[Ints]) -> Floats:
    """Return how alike the lines are that are linked in shuffled tellings, of all shuffles together."""
    like = []
    for place in places:
        shuffled, weight = _moved_to(place, pairs, room)
        helped = supported(shuffled, _NEIGHBOURS)
        like.append(helped[_chain(shuffled._replace(like=helped), weight, LEAST)])
    return np.concatenate(like)


def _least(like: Floats, by_chance: Floats, shuffles: int) -> float:
    """Return how alike lines must be so that at least half of those that are no more alike are not chance."""
    least = LEAST
    while least < _MOST_LEAST:
        mine = ((like >= least) & (like < least + _WINDOW)).sum() + 1
        theirs = ((by_chance >= least) & (by_chance < least + _WINDOW)).sum() / shuffles
        if mine >= theirs:
            break
        least += _STEP
    return least
