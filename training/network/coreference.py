"""Coreference: which earlier mention each mention takes up, if any.

A mention-ranking model in two steps: a coarse score (a product of vectors and a number for every fact of the pair)
chooses few antecedents, a fine one (a small network over the same) decides among them and "none".
Source: Lee et al. 2017, "End-to-end Neural Coreference Resolution" (the loss); Lee, He and Zettlemoyer 2018,
"Higher-order Coreference Resolution with Coarse-to-fine Inference".
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.nets.pairs import TABLES
from training.network.encoder import WIDTH

MENTION, HIDDEN, ALIKE = 320, 128, 96
PARTS = (HIDDEN, HIDDEN, ALIKE, ALIKE, 1)
"""Widths of what a mention's link vector holds: as later, as earlier, alike as later, alike as earlier, alone."""


class Linker(nn.Module):
    """Scores pairs of mentions; see the module."""

    def __init__(self) -> None:
        super().__init__()
        self.mention = nn.Sequential(nn.Linear(3 * WIDTH, MENTION), nn.GELU(), nn.Dropout(0.25))
        self.link = nn.Linear(MENTION, sum(PARTS))
        self.facts = nn.ModuleDict({name: nn.Embedding(size, HIDDEN) for name, size in TABLES.items()})
        self.bias = nn.ModuleDict({name: nn.Embedding(size, 1) for name, size in TABLES.items()})
        self.score = nn.Sequential(nn.Dropout(0.2), nn.Linear(HIDDEN, 64), nn.ReLU(), nn.Linear(64, 1))
        for table in [*self.facts.values(), *self.bias.values()]:
            nn.init.normal_(table.weight, std=0.02)  # type: ignore[arg-type]

    def hidden(self, words: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return what stands for each mention: its first and last word and all of them.

        Shapes: words (words, width); first, last (mentions,) -> (mentions, `MENTION`)
        """
        sums = functional.pad(words.float().cumsum(0), (0, 0, 1, 0))
        mean = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]
        return self.mention(torch.cat([words[first], words[last], mean.to(words.dtype)], 1))

    def mentions(self, words: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return the link vector of each mention.

        Shapes: words (words, width); first, last (mentions,) -> (mentions, sum of `PARTS`)
        """
        return self.link(self.hidden(words, first, last))

    def forward(
        self, links: Tensor, rows: Tensor, columns: Tensor, facts: dict[str, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Return the coarse and the fine scores of pairs.

        Shapes: links (mentions, sum of `PARTS`); rows, columns and facts (pairs,) -> (pairs,), (pairs,)
        """
        later, earlier, alike_later, alike_earlier, _ = links.split(PARTS, 1)
        coarse = (alike_later[rows] * alike_earlier[columns]).sum(1) / ALIKE**0.5
        hidden = later[rows] + earlier[columns]
        for name, table in self.facts.items():
            hidden = hidden + table(facts[name])
            coarse = coarse + self.bias[name](facts[name])[:, 0]
        return coarse, coarse + self.score(functional.relu(hidden))[:, 0]


def candidates(count: int, *, most: int = 250) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of a mention and one of those shortly before it.

    Args:
        count: number of mentions.
        most: how many mentions back.
    """
    rows = np.repeat(np.arange(count), np.minimum(np.arange(count), most))
    starts = np.concatenate([np.arange(max(0, number - most), number) for number in range(count)]) if count else rows
    return rows, starts.astype(int)


def link_loss(scores: Tensor, alone: Tensor, rows: Tensor, right: Tensor) -> Tensor:
    """Return minus the log of the probability that each mention chooses a right antecedent, or none where none is.

    Args:
        scores: of pairs.
        alone: score of choosing none, (mentions,).
        rows: later mention of each pair.
        right: whether both mentions are one entity.

    Shapes: -> one number, summed over mentions
    """
    count = len(alone)
    has = torch.zeros(count, dtype=torch.bool).index_put((rows[right],), torch.tensor(True))
    top = alone.scatter_reduce(0, rows, scores, "amax").detach()
    own = (alone - top).exp()
    total = own.scatter_add(0, rows, (scores - top[rows]).exp())
    good = torch.where(has, torch.zeros(count), own)
    good = good.scatter_add(0, rows[right], (scores[right] - top[rows[right]]).exp())
    return (total.log() - good.clamp(min=1e-12).log()).sum()


def clusters(scores: np.ndarray, alone: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> list[int]:
    """Return the number of each mention's entity, by the best-scored antecedent of each."""
    best = alone.copy()
    chosen = np.full(len(alone), -1)
    for score, row, column in zip(scores, rows, columns, strict=True):
        if score > best[row]:
            best[row], chosen[row] = score, column
    entity: list[int] = []
    for number, antecedent in enumerate(chosen):
        entity.append(number if antecedent < 0 else entity[antecedent])
    return entity
