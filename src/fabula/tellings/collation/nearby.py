"""Which lines are worth reading for their meaning where one telling is far shorter than the other.

Two hundred words beside a novel can tell of few of its pages, and words say of which: where those that the two share
stand together. Only these passages are read, so that time grows with the short telling and not with the long one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fabula.tellings.collation.anchors import Stretch
from fabula.tellings.collation.candidates import find_pairs
from fabula.tellings.collation.similarity import Floats, Ints, Similarity

_LOPSIDED = 8
"""How many times the lines of the one the other must have, so that some of them are left unread; and so many times
as many, but at least `_LEAST`, are read."""
_LEAST = 400
_AROUND = 8
"""Lines on either side of the middle of a passage that are read with it, or as many as the short telling has."""
_MOST = 400
"""Most pairs of lines that one word may propose."""


def worth_reading(similarity: Similarity, stretches: Sequence[Stretch]) -> tuple[Ints, Ints]:
    """Return the lines of both tellings whose meaning can tell anything.

    Args:
        similarity: of the two tellings, by words alone.
        stretches: in which lines are compared.

    Returns:
        Lines of the first and of the second telling, rising: all of the stretches, but of a stretch that is far
        longer in one of them only the passages that share most words with the other.
    """
    found: tuple[list[Ints], list[Ints]] = ([np.zeros(0, np.int64)], [np.zeros(0, np.int64)])
    for stretch in stretches:
        for kept, lines in zip(found, _of_stretch(similarity, stretch), strict=True):
            kept.append(lines)
    return np.concatenate(found[0]), np.concatenate(found[1])


def _of_stretch(similarity: Similarity, stretch: Stretch) -> tuple[Ints, Ints]:
    lines = np.arange(*stretch.a), np.arange(*stretch.b)
    short, long = (0, 1) if len(lines[0]) <= len(lines[1]) else (1, 0)
    most = max(_LEAST, _LOPSIDED * len(lines[short]))
    if len(lines[long]) <= most:
        return lines
    pairs = find_pairs(similarity, *lines, most=_MOST)
    best = np.zeros(len(lines[long]))
    np.maximum.at(best, (pairs.i, pairs.j)[long] - lines[long][0], pairs.like)
    chosen = lines[long][_passages(best, len(lines[short]), most)]
    return (chosen, lines[1]) if long == 0 else (lines[0], chosen)


def _passages(best: Floats, width: int, most: int) -> Ints:
    """Return the lines of the passages in which lines are most alike.

    Args:
        best: how alike each line is to the one of the other telling that is likest.
        width: lines of the other telling: as many are looked at together.
        most: how many lines are chosen; a passage more at the most.
    """
    sums = np.concatenate(([0.0], np.cumsum(best)))
    at = np.arange(len(best))
    near = max(1, width // 2)
    together = sums[np.minimum(at + near + 1, len(best))] - sums[np.maximum(at - near, 0)]
    reach, left = max(_AROUND, width), most
    chosen = np.zeros(len(best), bool)
    for line in np.argsort(-together, kind="stable").tolist():
        if left <= 0:
            break
        if not chosen[line]:
            passage = chosen[max(0, line - reach) : line + reach + 1]
            left -= int((~passage).sum())
            passage[:] = True
    found: Ints = np.flatnonzero(chosen)
    return found
