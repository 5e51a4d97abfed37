"""Which earlier mentions each mention may take up: the scores of pairs, in NumPy.

Coarse to fine: a product of vectors and a number for every fact chooses the likeliest antecedents of each mention, a
small network decides among them.
Source: Lee, He and Zettlemoyer 2018, "Higher-order Coreference Resolution with Coarse-to-fine Inference".
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.nets.pairs import Facts, Ints, pair_facts
from fabula.weights import weights

BACK = 250
"""How many mentions back an antecedent may be."""
_FINE, _BLOCK = 40, 256
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
    for low in range(0, count, _BLOCK):
        high, back = min(low + _BLOCK, count), max(0, low - BACK)
        best, found = _block(links[back:high].astype(np.float32), facts.part(back, high), low - back)
        candidates[low:high, : best.shape[1]], scores[low:high, : best.shape[1]] = best + back, found
    return Ranking(candidates, scores, links[:, -1].astype(np.float32))


def _block(links: Floats, facts: Facts, skip: int) -> tuple[Ints, Floats]:
    """Return antecedents and scores of the mentions after the first `skip`, as indices of the block."""
    table = arrays()
    later, earlier, alike_later, alike_earlier, _ = np.split(links, np.cumsum(table["parts"])[:-1], axis=1)
    rows, columns = np.arange(skip, len(links))[:, None], np.arange(len(links))[None]
    known = pair_facts(facts, rows, columns)
    coarse = alike_later[skip:] @ alike_earlier.T / np.float32(alike_later.shape[1] ** 0.5)
    for name, values in known.items():
        coarse += table[f"bias.{name}"][values, 0]
    apart = rows - columns
    coarse[(apart <= 0) | (apart > BACK)] = -np.inf
    most = min(_FINE, coarse.shape[1])
    best = np.sort(np.argpartition(-coarse, most - 1, axis=1)[:, :most], axis=1)
    hidden = later[skip:, None] + earlier[best]
    for name, values in known.items():
        hidden += table[f"facts.{name}"][np.take_along_axis(values, best, axis=1)]
    fine = np.maximum(hidden, 0) @ table["score.1.weight"].T + table["score.1.bias"]
    fine = (np.maximum(fine, 0) @ table["score.3.weight"].T + table["score.3.bias"])[..., 0]
    return best, np.take_along_axis(coarse, best, axis=1) + fine


@cache
def arrays() -> dict[str, Any]:
    """Return the tables and layers that score pairs, by name.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    with np.load(weights().folder / "linker.npz", allow_pickle=False) as file:
        return dict(file)
