"""In which order the passages of one telling are read beside another that tells them in an order of its own.

Four accounts of one life, a draft whose chapters changed places: line by line there is no common order, but passage
by passage there is. Every line is taken with the words around it, so that a fox, a crow and a cheese together say
where it belongs, whatever its sentence is. The best path through all pairs of such windows goes forward in both
tellings, or jumps, at a price; what lies between two jumps is a passage. The passages of the second telling are then
read in the order of the first, and everything else goes on as if they stood so.

A window says nothing of the order of the lines inside it. That order remains evidence of its own: by it, it is judged
whether the tellings have anything in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.tellings.collation.similarity import Bag, Floats, Ints, Similarity

_Table = npt.NDArray[np.float32]

_REACH = 40
"""Words on either side of a line that say where it belongs."""
_WIDE = 1024
"""Size of the vectors that stand for the words of a window."""
_GRAINS = 2_500
"""Most grains of a telling: in longer ones several lines are taken as one."""
_LEAST, _FLOOR = 0.14, -0.2
"""How much more alike than common two windows of one passage are, and what a pair of windows costs at most."""
_JUMP, _SKIP, _STEPS = 0.75, 0.03, 4
"""What a jump costs, what every line more or less than one costs, and how many lines the path goes on at most."""
_BLUR = 4
"""Grains on either side of a seam in which it may lie, since windows reach beyond it."""
_IDLE = -1


class Reading(NamedTuple):
    """How the second telling is read beside the first.

    Attributes:
        lines: its lines, in the order in which they are read; (lines,).
        passages: where its passages begin and end in that order.
    """

    lines: Ints
    passages: tuple[tuple[int, int], ...]


class _Passage(NamedTuple):
    """Grains of the first telling that are told in grains of the second, as half-open ranges."""

    a: tuple[int, int]
    b: tuple[int, int]
    worth: float


def find_reading(similarity: Similarity) -> Reading | None:
    """Find the order in which the second telling is read beside the first.

    Args:
        similarity: of the two tellings; meaning counts too where it has been read.

    Returns:
        The order of its lines; None where they are read as they stand.
    """
    sizes = similarity.sizes
    if not all(map(len, sizes)):
        return None
    grains = tuple(np.arange(len(size)) // -(-len(size) // _GRAINS) for size in sizes)
    passages = _passages(_alike(similarity, grains))
    owner = _owners(passages, int(grains[1][-1]) + 1)
    if all(one <= other for one, other in pairwise(at for at in owner.tolist() if at != _IDLE)):
        return None
    whose = _seamed(similarity, passages, grains, owner)
    order = np.argsort(whose, kind="stable")
    runs = [len(list(run)) for _, run in groupby(whose[order].tolist())]
    edges = np.concatenate(([0], np.cumsum(runs))).tolist()
    return Reading(order, tuple(pairwise(edges)))


def _alike(similarity: Similarity, grains: Sequence[Ints]) -> _Table:
    """Return how much more alike than common windows of both tellings are, in words and in meaning.

    Shapes:
        returns: (grains of the first, grains of the second)
    """
    sizes = [np.bincount(which, size).astype(np.int64) for which, size in zip(grains, similarity.sizes, strict=True)]
    hashed = [
        _windows(_hashed(bag, which, similarity.weights), size)
        for bag, which, size in zip((similarity.a, similarity.b), grains, sizes, strict=True)
    ]
    if similarity.meaning is None:
        return np.asarray(hashed[0] @ hashed[1].T)
    meant = []
    for side, which, size in zip((similarity.meaning.a, similarity.meaning.b), grains, sizes, strict=True):
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        meant.append(_windows(np.add.reduceat(side.vectors, starts, 0), size))
    return np.asarray((hashed[0] @ hashed[1].T + meant[0] @ meant[1].T) / 2)


def _hashed(bag: Bag, grain: Ints, weights: Floats) -> _Table:
    """Return the words of each grain as a vector; every word has a column and a sign, by chance."""
    random = np.random.default_rng(0)
    column, sign = random.integers(0, _WIDE, len(weights)), random.choice([-1.0, 1.0], len(weights))
    place = np.repeat(grain, np.diff(bag.bounds)) * _WIDE + column[bag.keys]
    found = np.bincount(place, (sign * weights)[bag.keys], (int(grain[-1]) + 1) * _WIDE)
    return found.reshape(-1, _WIDE).astype(np.float32)


def _windows(vectors: _Table, sizes: Ints) -> _Table:
    """Return the vector of each grain with the words around it, less what is common, of length 1.

    Shapes:
        vectors: (grains, size); sizes: (grains,) words of each -> (grains, size)
    """
    middle = np.cumsum(sizes) - sizes / 2
    total = np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), np.cumsum(vectors, 0)])
    first, last = np.searchsorted(middle, middle - _REACH), np.searchsorted(middle, middle + _REACH, "right")
    found = _of_length_one(total[last] - total[first])
    return _of_length_one(found - found.mean(0))


def _of_length_one(vectors: _Table) -> _Table:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6))


def _passages(alike: _Table) -> list[_Passage]:
    """Return the passages of the best path, in the order of the first telling.

    Shapes:
        alike: (grains of the first, grains of the second)
    """
    gain = np.maximum(alike - _LEAST, _FLOOR)
    rows, columns = gain.shape
    came, waited = np.zeros((rows, columns), np.int32), np.full(rows, _IDLE)
    value, idle = np.full(columns, -np.inf), 0.0
    places = np.arange(columns, dtype=np.int32)
    for row in range(rows):
        best, before = value - _SKIP, places.copy()
        for step in range(1, _STEPS + 1):
            ahead = value[:-step] - _SKIP * (step - 1)
            better = ahead > best[step:]
            best[step:][better] = ahead[better]
            before[step:][better] = places[:-step][better]
        top = int(np.argmax(value))
        jump = max(float(value[top]), idle) - _JUMP
        fresh = best < jump
        best[fresh] = jump
        before[fresh] = columns + 1 + (top if value[top] > idle else _IDLE)
        if value[top] > idle:
            idle, waited[row] = float(value[top]), top
        value, came[row] = best + gain[row], before
    return _followed(gain, came, waited, int(np.argmax(value)) if value.max() > idle else _IDLE)


def _followed(gain: _Table, came: npt.NDArray[np.int32], waited: Ints, at: int) -> list[_Passage]:
    """Return the passages of a path, from where each of its steps came: a column, or beyond them by a jump.

    Args:
        gain: of each pair of grains.
        came: the column before; more than there are columns where the path jumped, from which column or from none.
        waited: the column from which the path went to none before each row.
        at: where it ends.
    """
    columns = gain.shape[1]
    found = []
    end, worth = (0, 0), 0.0
    is_open = False
    for row in range(len(gain) - 1, -1, -1):
        if at == _IDLE:
            at = int(waited[row])
            continue
        if not is_open:
            end, worth, is_open = (row + 1, at + 1), 0.0, True
        worth += float(gain[row, at])
        before = int(came[row, at])
        if before >= columns:
            found.append(_Passage((row, end[0]), (at, end[1]), worth))
            before, is_open = before - columns - 1, False
        at = before
    return found[::-1]


def _owners(passages: Sequence[_Passage], count: int) -> Ints:
    """Return which passage each grain of the second telling is in; the better of two that both hold it.

    Shapes:
        returns: (count,)
    """
    owner = np.full(count, _IDLE)
    for number in sorted(range(len(passages)), key=lambda at: -passages[at].worth):
        held = owner[slice(*passages[number].b)]
        held[held == _IDLE] = number
    return owner


def _seamed(similarity: Similarity, passages: Sequence[_Passage], grains: Sequence[Ints], owner: Ints) -> Ints:
    """Return which passage each line of the second telling is in; what lies between two goes with the more alike.

    Shapes:
        returns: (lines,)
    """
    runs = [(number, list(places)) for number, places in groupby(range(len(owner)), key=owner.tolist().__getitem__)]
    known = [(number, places[0], places[-1] + 1) for number, places in runs if number != _IDLE]
    lines_b = [int(np.searchsorted(grains[1], grain)) for grain in range(len(owner) + 1)]
    whose = np.full(len(grains[1]), known[0][0])
    for one, other in pairwise(known):
        low = lines_b[max(one[1] + 1, one[2] - _BLUR)]
        high = lines_b[min(other[2] - 1, other[1] + _BLUR)]
        cut = low
        if one[0] != other[0] and low < high:
            between = np.arange(low, high)
            sides = [_best(similarity, grains[0], passages[each[0]], between) for each in (one, other)]
            gained = np.concatenate(([0.0], np.cumsum(sides[0] - sides[1])))
            cut = low + int(np.argmax(gained))
        whose[cut:] = other[0]
    return whose


def _best(similarity: Similarity, grain: Ints, passage: _Passage, lines: Ints) -> Floats:
    """Return how much each of some lines of the second telling is like the most like line of a passage.

    Shapes:
        lines: (lines,) -> (lines,)
    """
    first, last = np.searchsorted(grain, passage.a[0]), np.searchsorted(grain, passage.a[1])
    mine = np.arange(first, last)
    like = similarity.of(np.repeat(mine, len(lines)), np.tile(lines, len(mine)))
    return np.asarray(like.reshape(len(mine), len(lines)).max(0))
