"""Tellings lined up by what others would take for it: sentence vectors with a monotone path, and CollateX.

Both link paragraphs, as the cosine of word counts does in `benchmarks.baselines`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.baselines import difflib_changes, hull, paragraphs_of
from benchmarks.cases import Align
from benchmarks.peers.collatex import collated
from benchmarks.peers.environments import last_words
from fabula.spans import Span
from fabula.story import Alignment, Link, Side, Telling, WordChange
from fabula.tellings.collation.lines import WORD, folded

LEAST_COSINE = 0.35
"""How close vectors must be to gain by a link; the best for the half of the Aesop cases on which Fabula is tuned."""
LEAST_SHARED = 0.05
"""Share of the words of the shorter paragraph that CollateX must put in columns with the other; chosen likewise."""


class UnfinishedError(Exception):
    """A peer was stopped, or ran out of memory."""


def align_by_vectors(tellings: Sequence[Telling], a: Side, b: Side) -> Alignment:
    """Link paragraphs along the one path through both tellings on which plain MiniLM vectors are closest."""
    from fabula.nets.meaning import vectors

    texts = [tellings[side.telling].text for side in (a, b)]
    lines = [paragraphs_of(tellings[side.telling], side) for side in (a, b)]
    found = [vectors([span.of(text) for span in spans]) for text, spans in zip(texts, lines, strict=True)]
    links = []
    for i, j in best_path(found[0] @ found[1].T - LEAST_COSINE):
        changes = difflib_changes(texts[0], lines[0][i], texts[1], lines[1][j])
        links.append(_link(lines[0][i], lines[1][j], changes))
    return Alignment(a, b, tuple(links), (), ())


def best_path(gain: np.ndarray) -> list[tuple[int, int]]:
    """Return the cells that gain most together on a way from the first corner to the last, without steps back.

    Args:
        gain: of a link of line i with line j; what is below 0 is left out.

    Shapes:
        gain: (lines of the first, lines of the second)
    """
    best = np.zeros((gain.shape[0] + 1, gain.shape[1] + 1))
    for i, row in enumerate(gain.tolist(), start=1):
        for j, worth in enumerate(row, start=1):
            best[i, j] = max(best[i - 1, j], best[i, j - 1]) + max(worth, 0.0)
    cells = []
    i, j = gain.shape
    while i and j:
        if gain[i - 1, j - 1] > 0:
            cells.append((i - 1, j - 1))
        if best[i - 1, j] >= best[i, j - 1]:
            i -= 1
        else:
            j -= 1
    return cells[::-1]


def align_by_columns(python: Path, minutes: float) -> Align:
    """Return how CollateX lines up tellings: it links paragraphs whose words share columns of its table.

    Args:
        python: of CollateX's environment.
        minutes: after which it is stopped.

    Returns:
        A function that raises `UnfinishedError` where CollateX was stopped or ran out of memory.
    """

    def align(tellings: Sequence[Telling], a: Side, b: Side) -> Alignment:
        texts = [tellings[side.telling].text for side in (a, b)]
        lines = [paragraphs_of(tellings[side.telling], side) for side in (a, b)]
        words = [
            [Span(*word.span()) for span in spans for word in WORD.finditer(text, *span)]
            for text, spans in zip(texts, lines, strict=True)
        ]
        said = [[folded(word.of(text)) for word in each] for text, each in zip(texts, words, strict=True)]
        try:
            done = collated(python, "collatex", said[0], said[1], minutes)
        except RuntimeError as error:
            raise UnfinishedError(last_words(error)) from error
        if done is None:
            raise UnfinishedError(f"more than {minutes:g} minutes")
        same = [(words[0][i], words[1][j]) for i, j in done.pairs if said[0][i] == said[1][j]]
        return Alignment(a, b, links_of_words(lines, words, same), (), ())

    return align


def links_of_words(
    lines: Sequence[Sequence[Span]], words: Sequence[Sequence[Span]], same: Sequence[tuple[Span, Span]]
) -> tuple[Link, ...]:
    """Return links of the lines that have enough words in common.

    Args:
        lines: of the first telling, and of the second.
        words: of each, in order; every one is in a line.
        same: words that are lined up, in order.
    """
    starts = [[line.start for line in each] for each in lines]
    inside: tuple[dict[int, list[Span]], dict[int, list[Span]]] = (defaultdict(list), defaultdict(list))
    for side in (0, 1):
        for word in words[side]:
            inside[side][_line(starts[side], word)].append(word)
    shared: dict[tuple[int, int], list[tuple[Span, Span]]] = defaultdict(list)
    for mine, theirs in same:
        shared[_line(starts[0], mine), _line(starts[1], theirs)].append((mine, theirs))
    links = []
    for (i, j), pairs in sorted(shared.items()):
        if len(pairs) >= LEAST_SHARED * min(len(inside[0][i]), len(inside[1][j])):
            links.append(_link(lines[0][i], lines[1][j], _changes(inside[0][i], inside[1][j], pairs)))
    return tuple(links)


def _line(starts: Sequence[int], word: Span) -> int:
    return bisect_right(starts, word.start) - 1


def _changes(a: Sequence[Span], b: Sequence[Span], same: Sequence[tuple[Span, Span]]) -> tuple[WordChange, ...]:
    """Return what stands between words that are the same: runs of words of one or both sides."""
    at = [(-1, -1), *((a.index(mine), b.index(theirs)) for mine, theirs in same), (len(a), len(b))]
    runs = [(hull(a[i + 1 : to_i]), hull(b[j + 1 : to_j])) for (i, j), (to_i, to_j) in pairwise(at)]
    return tuple(WordChange(mine, theirs, "wording") for mine, theirs in runs if mine or theirs)


def _link(a: Span, b: Span, changes: tuple[WordChange, ...]) -> Link:
    return Link((a,), (b,), "wording" if changes else "same", changes=changes)
