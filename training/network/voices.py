"""Whose voice a quotation is: a score for every mention near it.

A quotation is represented by its words and the words beside it, a mention by its own; the score is a product of both
and a small network over both and what is known of the pair.
Source: Cuesta-Lazaro, Prasad and Wood 2022, "What does the sea say to the shore?" (quotations and mentions scored by
their vectors from one encoder).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.nets.voices import VOICE_TABLES
from training.network.encoder import WIDTH

HIDDEN, ALIKE = 96, 64
MENTION_PARTS = (HIDDEN, ALIKE, 1)
"""Widths of what a mention's vector holds: for the small network, for the product, by itself."""
QUOTE_PARTS = (HIDDEN, ALIKE)


class Voices(nn.Module):
    """Scores pairs of a quotation and a mention; see the module."""

    def __init__(self, mention: int) -> None:
        super().__init__()
        self.quote = nn.Sequential(nn.Linear(5 * WIDTH, 256), nn.GELU(), nn.Dropout(0.2))
        self.own = nn.Linear(256, sum(QUOTE_PARTS))
        self.theirs = nn.Linear(mention, sum(MENTION_PARTS))
        self.facts = nn.ModuleDict({name: nn.Embedding(size, HIDDEN) for name, size in VOICE_TABLES.items()})
        self.bias = nn.ModuleDict({name: nn.Embedding(size, 1) for name, size in VOICE_TABLES.items()})
        self.score = nn.Sequential(nn.Dropout(0.2), nn.Linear(HIDDEN, 48), nn.ReLU(), nn.Linear(48, 1))
        for table in [*self.facts.values(), *self.bias.values()]:
            nn.init.normal_(table.weight, std=0.02)  # type: ignore[arg-type]

    def quotes(self, words: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return the vector of each quotation: of its first and last word, those beside it, and all of them.

        Shapes: words (words, width); first, last (quotes,) -> (quotes, sum of `QUOTE_PARTS`)
        """
        sums = functional.pad(words.float().cumsum(0), (0, 0, 1, 0))
        mean = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]
        before, after = (first - 1).clamp(min=0), (last + 1).clamp(max=words.shape[0] - 1)
        parts = [words[before], words[first], words[last], words[after], mean.to(words.dtype)]
        return self.own(self.quote(torch.cat(parts, 1)))

    def forward(
        self, quotes: Tensor, mentions: Tensor, rows: Tensor, columns: Tensor, facts: dict[str, Tensor]
    ) -> Tensor:
        """Return the scores of pairs.

        Shapes: quotes (quotes, sum of `QUOTE_PARTS`); mentions (mentions, sum of `MENTION_PARTS`); rows, columns and
            facts (pairs,) -> (pairs,)
        """
        own, alike = quotes.split(QUOTE_PARTS, 1)
        theirs, like, alone = mentions.split(MENTION_PARTS, 1)
        score = (alike[rows] * like[columns]).sum(1) / ALIKE**0.5 + alone[columns, 0]
        hidden = own[rows] + theirs[columns]
        for name, table in self.facts.items():
            hidden = hidden + table(facts[name])
            score = score + self.bias[name](facts[name])[:, 0]
        return score + self.score(functional.relu(hidden))[:, 0]


def choice_loss(scores: Tensor, rows: Tensor, right: Tensor, count: int) -> Tensor:
    """Return minus the log of the probability of a right choice, summed over the rows that have one.

    Args:
        scores: of pairs.
        rows: what chooses in each pair, below `count`.
        right: whether the choice would be right.
        count: how many choose.

    Shapes: scores, rows, right (pairs,) -> one number
    """
    least = torch.full((count,), -1e4, dtype=scores.dtype)
    top = least.scatter_reduce(0, rows, scores, "amax").detach()
    weight = (scores - top[rows]).exp()
    whole = torch.zeros(count).scatter_add(0, rows, weight)
    good = torch.zeros(count).scatter_add(0, rows[right], weight[right])
    has = torch.zeros(count, dtype=torch.bool).index_put((rows[right],), torch.tensor(True))
    return (whole[has].log() - good[has].clamp(min=1e-12).log()).sum()
