"""Which earlier mentions each mention may take up: the scores of pairs, in NumPy.

Coarse to fine: a product of vectors and a number for every fact chooses the likeliest antecedents of each mention, a
small network decides among them.
Source: Lee, He and Zettlemoyer 2018, "Higher-order Coreference Resolution with Coarse-to-fine Inference".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.nets.pairs import Facts, Ints, pair_facts
from fabula.weights import weights

BACK = 250
"""How many mentions back an antecedent may be."""
_FINE, _ROWS = 40, 16
Halves = npt.NDArray[np.float16]
Floats = npt.NDArray[np.float32]


class Ranking(NamedTuple):
    """The likeliest antecedents of each mention.

    Attributes:
        candidates: their numbers, in the order of the text; where there are fewer, some score minus infinity.
        scores: of each.
        alone: the score of having none.

    Shapes: candidates, scores (mentions, candidates); alone (mentions,)
    """

    candidates: Ints
    scores: Floats
    alone: Floats


def ranking(links: Halves, facts: Facts) -> Ranking:
    """Score the antecedents of each mention.

    Args:
        links: of the network, one row a mention.
        facts: of the same mentions, in order.

    Shapes: links (mentions, size)

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    count = len(facts.first)
    if not count:
        return Ranking(np.zeros((0, _FINE), np.int64), np.zeros((0, _FINE), np.float32), np.zeros(0, np.float32))
    candidates = np.zeros((count, _FINE), np.int64)
    scores = np.full((count, _FINE), -np.inf, np.float32)
    for low in range(0, count, BACK):
        high, back = min(low + BACK, count), max(0, low - BACK)
        best, found = _block(links[back:high].astype(np.float32), facts.part(back, high), low - back)
        candidates[low:high, : best.shape[1]], scores[low:high, : best.shape[1]] = best + back, found
    return Ranking(candidates, scores, links[:, -1].astype(np.float32))


def _block(links: Floats, facts: Facts, skip: int) -> tuple[Ints, Floats]:
    """Return antecedents and scores of the mentions after the first `skip`, as indices of the block."""
    table = arrays()
    later, earlier, alike_later, alike_earlier, _ = np.split(links, np.cumsum(table["parts"])[:-1], axis=1)
    rows = np.arange(skip, len(links))[:, None]
    # At the start of the text, where fewer than that stand before, all of the block; else those within reach.
    columns = rows - np.arange(BACK, 0, -1) if skip == BACK else np.arange(len(links)) + np.zeros_like(rows)
    known = pair_facts(facts, rows, columns)
    coarse = _alike(alike_later[skip:], alike_earlier, columns)
    for name, values in known.items():
        coarse += table[f"bias.{name}"][:, 0].take(values)
    coarse[columns >= rows] = -np.inf
    most = min(_FINE, coarse.shape[1])
    best = np.sort(np.argpartition(-coarse, most - 1, axis=1)[:, :most], axis=1)
    best += np.arange(len(rows))[:, None] * coarse.shape[1]
    chosen = {name: values.take(best) for name, values in known.items()}
    antecedents = columns.take(best)
    return antecedents, coarse.take(best) + _fine(later[skip:], earlier, antecedents, chosen)


def _alike(later: Floats, earlier: Floats, columns: Ints) -> Floats:
    """Return the products of the vectors of mentions and of those that may stand before them.

    A few rows at a time, for a large product is shared among threads, which costs more than it saves here, and
    rounds otherwise on other machines.

    Args:
        later: of the mentions.
        earlier: of all that may stand before them.
        columns: for each mention the indices of these, each row from one to the next and a mention on at most.
    """
    found = np.empty(columns.shape, np.float32)
    for low in range(0, len(columns), _ROWS):
        some = columns[low : low + _ROWS]
        first = some[0, 0]
        products = later[low : low + _ROWS] @ earlier[first : some[-1, -1] + 1].T
        found[low : low + _ROWS] = np.take_along_axis(products, some - first, axis=1)
    return found / np.float32(later.shape[1] ** 0.5)


def _fine(later: Floats, earlier: Floats, best: Ints, known: Mapping[str, Ints]) -> Floats:
    """Return the scores of pairs by the small network.

    A few rows at a time: what they hold then stays near the processor.

    Args:
        later: vectors of the mentions.
        earlier: of all that may stand before them.
        best: of each mention, the chosen ones, as indices of `earlier`.
        known: facts of these pairs.

    Shapes: best and every fact (mentions, candidates) -> (mentions, candidates)
    """
    table = arrays()
    found = np.empty(best.shape, np.float32)
    for low in range(0, len(best), _ROWS):
        part = slice(low, low + _ROWS)
        hidden = later[part, None] + earlier[best[part]]
        for name, values in known.items():
            hidden += table[f"facts.{name}"].take(values[part], axis=0)
        fine = np.maximum(hidden, 0, out=hidden) @ table["score.1.weight"].T + table["score.1.bias"]
        found[part] = (np.maximum(fine, 0, out=fine) @ table["score.3.weight"].T + table["score.3.bias"])[..., 0]
    return found


@cache
def arrays() -> dict[str, Any]:
    """Return the tables and layers that score pairs, by name.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    with np.load(weights().folder / "linker.npz", allow_pickle=False) as file:
        return dict(file)
