"""Passages: pairs of lines that stand close together in both tellings, wherever that is."""

from __future__ import annotations

import numpy as np

from fabula.tellings.collation.attached import Pair
from fabula.tellings.collation.candidates import Pairs
from fabula.tellings.collation.similarity import Floats

_REACH = 4
_SKIPPED = 0.5
_STRONG = 0.5
_SHUFFLES = 4
_BEYOND = 1.25
_NONE = -1


def find_passages(pairs: Pairs, gain: Floats) -> list[list[Pair]]:
    """Return passages that chance does not give, the best first; no line is in two of them.

    From a pair a passage goes on to one that is a few lines further in both tellings; lines that are skipped cost.
    What chance gives is learnt by shuffling the lines of the second telling, lines that are surely alike left out.

    Args:
        pairs: sorted by line of the first telling, then of the second.
        gain: what each pair counts; not positive for those that are no evidence.

    Shapes:
        gain: (pairs,)
    """
    if not len(pairs.i):
        return []
    value, before = _local(pairs, gain)
    least = _BEYOND * _by_chance(pairs, np.where(pairs.like < _STRONG, gain, 0.0))
    used: tuple[set[int], set[int]] = (set(), set())
    rows, columns = pairs.i.tolist(), pairs.j.tolist()
    found = []
    for end in sorted(range(len(value)), key=lambda pair: (-value[pair], pair)):
        if value[end] <= least:
            break
        passage, at = [], end
        while at != _NONE and rows[at] not in used[0] and columns[at] not in used[1]:
            passage.append((rows[at], columns[at]))
            at = before[at]
        if len(passage) > 1 and value[end] - (value[at] if at != _NONE else 0.0) > least:
            used[0].update(i for i, _ in passage)
            used[1].update(j for _, j in passage)
            found.append(passage[::-1])
    return found


def _local(pairs: Pairs, gain: Floats) -> tuple[list[float], list[int]]:
    """Return what the best passage up to each pair gains, and the pair before it in that passage."""
    rows, columns, gains = pairs.i.tolist(), pairs.j.tolist(), gain.tolist()
    value, before = [0.0] * len(rows), [_NONE] * len(rows)
    place: dict[Pair, int] = {}
    for pair, (i, j) in enumerate(zip(rows, columns, strict=True)):
        if gains[pair] <= 0:
            continue
        best, last = 0.0, _NONE
        for back in range(1, _REACH + 1):
            for aside in range(1, _REACH + 1):
                other = place.get((i - back, j - aside))
                if other is not None and value[other] - _SKIPPED * (back + aside - 2) > best:
                    best, last = value[other] - _SKIPPED * (back + aside - 2), other
        value[pair], before[pair] = best + gains[pair], last
        place[i, j] = pair
    return value, before


def _by_chance(pairs: Pairs, gain: Floats) -> float:
    """Return what the best passage gains when the lines of the second telling are shuffled."""
    random = np.random.default_rng(0)
    lines = np.unique(pairs.j)
    best = 0.0
    for _ in range(_SHUFFLES):
        place = np.zeros(int(lines[-1]) + 1, np.int64)
        place[lines] = random.permutation(lines)
        order = np.lexsort((place[pairs.j], pairs.i))
        value, _ = _local(pairs._replace(j=place[pairs.j]).chosen(order), gain[order])
        best = max(best, *value)
    return best
