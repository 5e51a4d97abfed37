"""Dependencies made trees: each word's best head, taken by itself, need not be one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


def one_tree_each(heads: Ints, sentence: Ints) -> Ints:
    """Make one tree of the heads of every sentence; see `one_tree`.

    Args:
        heads: the number of each word's head, its own for a root.
        sentence: the number of each word's sentence, rising.

    Shapes: heads, sentence and the result (words,)
    """
    made = heads.copy()
    edges = np.flatnonzero(np.diff(sentence, prepend=-1, append=-1))
    for low, high in _broken(heads, edges):
        made[low:high] = np.array(one_tree((heads[low:high] - low).tolist()), np.int64) + low
    return made


def _broken(heads: Ints, edges: Ints) -> list[tuple[int, int]]:
    """Return the limits of the sentences that are no tree, for nearly all are."""
    count = len(heads)
    own = np.arange(count)
    starts = edges[:-1]
    if not len(starts):
        return []
    size = np.diff(edges)
    outside = (heads < np.repeat(starts, size)) | (heads >= np.repeat(starts + size, size))
    roots = np.add.reduceat((heads == own).astype(np.int64), starts)
    top = np.where(outside, own, heads)
    for _ in range(int(size.max()).bit_length()):
        top = top[top]
    lost = np.logical_or.reduceat(outside | (heads[top] != top), starts)
    bad = np.flatnonzero(lost | (roots != 1))
    return [(int(edges[at]), int(edges[at + 1])) for at in bad]


def one_tree(heads: Sequence[int]) -> list[int]:
    """Make one tree of the heads of a sentence: one root, no cycles.

    The first root stays. Other roots, tokens whose head is outside the sentence, and one token of each cycle become
    children of the root. Without a root the first token with its head outside is the root, else one of a cycle.

    Args:
        heads: for each token the index of its head from the first token of the sentence, its own for a root; any
            other number is outside.

    Returns:
        The same, all inside the sentence.
    """
    root = _root(heads)
    inside = range(len(heads))
    tree = [head if head in inside and at not in (head, root) else root for at, head in enumerate(heads)]
    settled = {root} if heads else set[int]()
    for start in inside:
        at, trail = start, set[int]()
        while at not in settled and at not in trail:
            trail.add(at)
            at = tree[at]
        if at in trail:
            tree[at] = root
        settled |= trail
    return tree


def _root(heads: Sequence[int]) -> int:
    inside = range(len(heads))
    for at in inside:
        if heads[at] == at:
            return at
    for at in inside:
        if heads[at] not in inside:
            return at
    at = 0
    for _ in inside:
        at = heads[at]
    return at
