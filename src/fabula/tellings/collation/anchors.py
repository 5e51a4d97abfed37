"""Anchors: lines of two long tellings that are surely the same, and the stretches between them that are left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fabula.tellings.collation.candidates import NO_PAIRS, Pairs, find_pairs, joined
from fabula.tellings.collation.chains import best_chain
from fabula.tellings.collation.similarity import Floats, Ints, Similarity

_LIKE, _BITS, _WORD, _ANCHORS = 0.6, 25.0, 16, 30
"""How alike anchors are, what they share, how many pairs a word of theirs may have; how many anchors there are."""
_INNER_LIKE, _INNER_BITS, _CLEAR = 0.3, 10.0, 0.1
"""Between anchors: how alike, what is shared beyond what chance gives, how much less alike any other pair is."""


class Stretch(NamedTuple):
    """Lines of both tellings between two anchors, as half-open ranges."""

    a: tuple[int, int]
    b: tuple[int, int]

    @property
    def cells(self) -> int:
        """How many pairs of lines there are."""
        return (self.a[1] - self.a[0]) * (self.b[1] - self.b[0])


def find_anchors(similarity: Similarity) -> Pairs:
    """Return pairs that are surely alike and keep their order; none where their order may be chance.

    Between them, again and again, what is less alike but has no rival there: it needs less, the fewer lines are left.

    Args:
        similarity: of the two tellings, by words alone.
    """
    anchors = sure_anchors(similarity)
    found = [anchors]
    waiting = stretches_between(anchors, *_counts(similarity)) if len(anchors.i) else []
    while waiting:
        stretch = waiting.pop()
        inner = _inner(similarity, stretch)
        if len(inner.i):
            found.append(inner)
            waiting += [each for each in _between(inner, stretch) if each.cells]
    return joined(found)


def _counts(similarity: Similarity) -> tuple[int, int]:
    return len(similarity.a.info), len(similarity.b.info)


def stretches_between(anchors: Pairs, count_a: int, count_b: int) -> list[Stretch]:
    """Return what lies between anchors, where there are lines of both tellings.

    Args:
        anchors: in order.
        count_a: lines of the first telling.
        count_b: lines of the second telling.
    """
    return [stretch for stretch in _between(anchors, Stretch((0, count_a), (0, count_b))) if stretch.cells]


def _between(anchors: Pairs, whole: Stretch) -> Iterator[Stretch]:
    """Yield what lies before, between and after anchors of a stretch."""
    edges_a = [whole.a[0] - 1, *anchors.i.tolist(), whole.a[1]]
    edges_b = [whole.b[0] - 1, *anchors.j.tolist(), whole.b[1]]
    for (from_a, to_a), (from_b, to_b) in zip(pairwise(edges_a), pairwise(edges_b), strict=True):
        yield Stretch((from_a + 1, to_a), (from_b + 1, to_b))


def sure_anchors(similarity: Similarity) -> Pairs:
    """Return pairs that are alike by themselves, whatever stands beside them; none where their order may be chance.

    Args:
        similarity: of the two tellings, by words alone.
    """
    every = (np.arange(len(bag.info)) for bag in (similarity.a, similarity.b))
    pairs = find_pairs(similarity, *every, most=_WORD)
    pairs = pairs.chosen(pairs.like >= _LIKE)
    pairs = pairs.chosen(similarity.shared(pairs.i, pairs.j) >= _BITS)
    gain = np.ones(len(pairs.i)) + pairs.like
    found = best_chain(pairs.i, pairs.j, gain)
    shuffled = np.random.default_rng(0).permutation(len(similarity.b.info))[pairs.j]
    by_chance = best_chain(*_by_line(pairs.i, shuffled, gain))
    return pairs.chosen(found) if len(found) >= max(_ANCHORS, 3 * len(by_chance)) else NO_PAIRS


def _by_line(i: Ints, j: Ints, gain: Floats) -> tuple[Ints, Ints, Floats]:
    order = np.lexsort((j, i))
    return i[order], j[order], gain[order]


def _inner(similarity: Similarity, stretch: Stretch) -> Pairs:
    """Return pairs of a stretch that are alike, share more than chance gives, and have no rival."""
    pairs = find_pairs(similarity, np.arange(*stretch.a), np.arange(*stretch.b), most=_WORD)
    if not len(pairs.i):
        return NO_PAIRS
    rival = np.maximum(_rival(pairs.i - stretch.a[0], pairs.like), _rival(pairs.j - stretch.b[0], pairs.like))
    clear = (pairs.like >= _INNER_LIKE) & (pairs.like - rival >= _CLEAR)
    pairs = pairs.chosen(clear)
    pairs = pairs.chosen(similarity.shared(pairs.i, pairs.j) >= _INNER_BITS + np.log2(stretch.cells))
    found = pairs.chosen(best_chain(pairs.i, pairs.j, pairs.like))
    # In order, and between what is sure, they are as sure as that.
    return found._replace(like=np.maximum(found.like, _LIKE))


def _rival(line: Ints, like: Floats) -> Floats:
    """Return for each pair how alike the best other pair of the same line is; 0 where there is none.

    Args:
        line: of each pair, on one side.
        like: how alike each pair is.
    """
    order = np.lexsort((-like, line))
    ranked, value = line[order], like[order]
    first = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    ends = np.concatenate((first[1:], [len(order)]))
    best, second = value[first], np.where(ends - first > 1, value[np.minimum(first + 1, len(value) - 1)], 0.0)
    sizes = ends - first
    is_first = np.zeros(len(order), bool)
    is_first[first] = True
    rival = np.empty(len(order))
    rival[order] = np.where(is_first, np.repeat(second, sizes), np.repeat(best, sizes))
    return rival
