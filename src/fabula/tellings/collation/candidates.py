"""Which pairs of lines are worth a look: those that share a word or mean much the same.

In long stretches only those that share a rare word, the few that mean most nearly the same, and lines that are word
for word the same: a refrain as often as it stands, each time with its like at about the same count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.tellings.collation.similarity import Bag, Floats, Ints, Similarity

EVERY_WORD = 40_000
"""Most pairs of lines of a stretch in which every shared word proposes pairs."""

_ASIDE = 8
"""How far apart the counts of two lines with the same words may be that stand many times."""
_CLOSE, _FAR_CLOSE, _FEW = 0.1, 0.3, 3
"""How much closer than common lines must be that share no word; in long stretches; and how many of each line."""


class Pairs(NamedTuple):
    """Pairs of lines with how alike they are, sorted by line of the first telling, then of the second.

    Attributes:
        i: line of the first telling; (pairs,).
        j: line of the second telling; (pairs,).
        like: 0 to 1; (pairs,).
    """

    i: Ints
    j: Ints
    like: Floats

    def chosen(self, which: Ints | npt.NDArray[np.bool_] | list[int]) -> Pairs:
        """Return some of the pairs, by their places here or by a mask."""
        return Pairs(self.i[which], self.j[which], self.like[which])


def joined(several: Sequence[Pairs]) -> Pairs:
    """Return the pairs of several places together, sorted; none of them twice."""
    i, j, like = (np.concatenate(columns) for columns in zip(*several, strict=True))
    order = np.lexsort((j, i))
    return Pairs(i[order], j[order], like[order])


NO_PAIRS = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def find_pairs(similarity: Similarity, lines_a: Ints, lines_b: Ints, *, most: int) -> Pairs:
    """Return pairs of lines that share a word, or that mean much the same where that is known.

    Args:
        similarity: of the two tellings.
        lines_a: the lines of the first that are meant, rising.
        lines_b: the lines of the second that are meant, rising.
        most: most pairs that one word may propose where there are more than `EVERY_WORD` in all; what keeps time
            near the length of the tellings.
    """
    if not len(lines_a) or not len(lines_b):
        return NO_PAIRS
    limit = most if len(lines_a) * len(lines_b) > EVERY_WORD else EVERY_WORD
    keys_a, at_a = _postings(similarity.a, lines_a)
    keys_b, at_b = _postings(similarity.b, lines_b)
    words = np.intersect1d(keys_a, keys_b)
    from_a, to_a = np.searchsorted(keys_a, words), np.searchsorted(keys_a, words, "right")
    from_b, to_b = np.searchsorted(keys_b, words), np.searchsorted(keys_b, words, "right")
    sizes = (to_a - from_a) * (to_b - from_b)
    few = sizes <= limit
    from_a, from_b, width, sizes = from_a[few], from_b[few], (to_b - from_b)[few], sizes[few]
    step = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    wide = np.repeat(width, sizes)
    count = len(similarity.b.info)
    i, j = at_a[np.repeat(from_a, sizes) + step // wide], at_b[np.repeat(from_b, sizes) + step % wide]
    is_long = len(lines_a) * len(lines_b) > EVERY_WORD
    if is_long:
        again = _same_lines(similarity.a.wording, similarity.b.wording, lines_a, lines_b)
        i, j = (np.concatenate(both) for both in zip((i, j), again, strict=True))
    if similarity.meaning is not None:
        least, near = (_FAR_CLOSE, _FEW) if is_long else (_CLOSE, len(lines_b))
        by_meaning = similarity.meaning.nearest(lines_a, lines_b, least=least, most=near)
        i, j = (np.concatenate(both) for both in zip((i, j), by_meaning, strict=True))
    i, j = np.divmod(np.unique(i * count + j), count)
    return Pairs(i, j, similarity.of(i, j))


def _same_lines(wording_a: Ints, wording_b: Ints, lines_a: Ints, lines_b: Ints) -> tuple[Ints, Ints]:
    """Return pairs of lines that are word for word the same; of those that stand often, a few for each line.

    The first is paired with the first, the second with the second, and so on, counted from either end.
    """
    order = np.argsort(wording_b[lines_b], kind="stable")
    theirs, at_b = wording_b[lines_b][order], lines_b[order]
    order = np.argsort(wording_a[lines_a], kind="stable")
    mine, at_a = wording_a[lines_a][order], lines_a[order]
    rank = np.arange(len(mine)) - np.searchsorted(mine, mine)
    left = np.searchsorted(mine, mine, "right") - np.searchsorted(mine, mine) - rank
    low, high = np.searchsorted(theirs, mine), np.searchsorted(theirs, mine, "right")
    found = [np.zeros((2, 0), np.int64)]
    for start in (low + rank, high - left):
        for aside in range(-_ASIDE, _ASIDE + 1):
            place = start + aside
            inside = (place >= low) & (place < high)
            found.append(np.stack([at_a[inside], at_b[place[inside]]]))
    i, j = np.concatenate(found, axis=1)
    return i, j


def supported(pairs: Pairs, weight: float) -> Floats:
    """Return how alike pairs are, helped by the pairs before and after them in both tellings.

    Args:
        pairs: sorted by line of the first telling, then of the second.
        weight: of the mean of the two neighbours.

    Shapes:
        returns: (pairs,)
    """
    helped = pairs.like.copy()
    if not len(pairs.i):
        return helped
    count = int(pairs.j.max()) + 3
    held = (pairs.i + 1) * count + pairs.j + 1
    for step in (-count - 1, count + 1):
        at = np.minimum(np.searchsorted(held, held + step), len(held) - 1)
        helped += np.where(held[at] == held + step, pairs.like[at], 0.0) * weight / 2
    return helped


def _postings(bag: Bag, lines: Ints) -> tuple[Ints, Ints]:
    """Return the words of some lines, sorted, and the line of each."""
    sizes = bag.bounds[lines + 1] - bag.bounds[lines]
    line = np.repeat(lines, sizes)
    at = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(bag.bounds[lines], sizes)
    keys = bag.keys[at]
    order = np.argsort(keys, kind="stable")
    return keys[order], line[order]
