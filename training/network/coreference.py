"""Coreference: which earlier mention each mention takes up, if any.

A mention-ranking model: each mention chooses among the mentions before it and "none". The score of a pair is a small
network over the two mentions' vectors and over facts about the pair that need no network (distance, words in common,
forms, quotation marks).
Source: Lee et al. 2017, "End-to-end Neural Coreference Resolution" (the loss); Clark and Manning 2016 (ranking).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.network.encoder import WIDTH

HIDDEN = 192
PRONOUNS = (
    ("i", "me", "my", "mine", "myself"),
    ("we", "us", "our", "ours", "ourselves"),
    ("you", "your", "yours", "yourself", "yourselves", "ye", "thou", "thee", "thy", "thine", "thyself", "yeh", "yer"),
    ("he", "him", "his", "himself"),
    ("she", "her", "hers", "herself"),
    ("it", "its", "itself"),
    ("they", "them", "their", "theirs", "themselves", "'em"),
)
CLASSES = len(PRONOUNS) + 4
"""Classes of mention by their words: seven kinds of pronoun, other pronoun, name, definite noun, other noun."""
_SMALL = frozenset(
    "the a an this that these those my your his her its our their mr mrs miss ms dr sir lady of".split()
)


class Facts(NamedTuple):
    """What is known of the mentions of one document without a network.

    Attributes:
        first, last: word numbers, (mentions,).
        kind: entity type from 0, (mentions,).
        named: `CLASSES` from 0, (mentions,).
        sentence, quote: number of the sentence, and of the quotation (-1 outside), (mentions,).
        speaker: number of whoever is thought to speak the quotation, -1 where nobody, (mentions,).
        words: content words in lower case.
        text: all words in lower case.
    """

    first: np.ndarray
    last: np.ndarray
    kind: np.ndarray
    named: np.ndarray
    sentence: np.ndarray
    quote: np.ndarray
    speaker: np.ndarray
    words: list[frozenset[str]]
    text: list[str]


def class_of(text: str, form: int) -> int:
    """Return the class of a mention.

    Args:
        text: its words.
        form: 0 name, 1 noun, 2 pronoun.
    """
    low = text.lower()
    if form == 2:
        return next((number for number, known in enumerate(PRONOUNS) if low in known), len(PRONOUNS))
    if form == 0:
        return len(PRONOUNS) + 1
    return len(PRONOUNS) + (2 if low.split()[0] in ("the", "this", "that", "these", "those") else 3)


def content(text: str) -> frozenset[str]:
    """Return the words of a mention that can be compared."""
    return frozenset(word.strip(".,'’\"") for word in text.lower().split()) - _SMALL - {""}


TABLES = {
    "classes": CLASSES * CLASSES,
    "kinds": 36,
    "apart": 10,
    "sentences": 8,
    "match": 6,
    "nest": 3,
    "quotes": 5,
    "speech": 6,
}
"""Facts of a pair: name to number of values."""


def _bucket(distance: np.ndarray, most: int) -> np.ndarray:
    """Return 0, 1, 2, 3, 4, then by powers of two."""
    log = np.floor(np.log2(np.maximum(distance, 1))).astype(int) + 3
    return np.minimum(np.where(distance <= 4, distance, log), most - 1)


def pair_facts(facts: Facts, rows: np.ndarray, columns: np.ndarray) -> dict[str, np.ndarray]:
    """Return the facts of pairs of mentions.

    Args:
        facts: of the document.
        rows: mention numbers, the later of each pair.
        columns: mention numbers, the earlier of each pair.

    Shapes: every value (pairs,)
    """
    one = facts.quote[rows] >= 0
    other = facts.quote[columns] >= 0
    same_quote = one & (facts.quote[rows] == facts.quote[columns])
    same_voice = one & other & (facts.speaker[rows] == facts.speaker[columns]) & (facts.speaker[rows] >= 0)
    different = one & other & ~same_voice & (facts.speaker[rows] >= 0) & (facts.speaker[columns] >= 0)
    inner = (facts.first[columns] <= facts.first[rows]) & (facts.last[rows] <= facts.last[columns])
    outer = (facts.first[rows] <= facts.first[columns]) & (facts.last[columns] <= facts.last[rows])
    match = np.zeros(len(rows), int)
    nominal = facts.named > len(PRONOUNS)
    for index in np.nonzero(nominal[rows] & nominal[columns])[0]:
        a, b = facts.words[rows[index]], facts.words[columns[index]]
        if facts.text[rows[index]] == facts.text[columns[index]]:
            match[index] = 1
        elif a and a == b:
            match[index] = 2
        elif a and b and (a <= b or b <= a):
            match[index] = 3
        elif a & b:
            match[index] = 4
        else:
            match[index] = 5
    return {
        "classes": facts.named[rows] * CLASSES + facts.named[columns],
        "kinds": facts.kind[rows] * 6 + facts.kind[columns],
        "apart": _bucket(rows - columns, 10),
        "sentences": _bucket(facts.sentence[rows] - facts.sentence[columns], 8),
        "match": match,
        "nest": np.where(inner, 1, np.where(outer, 2, 0)),
        "quotes": np.where(same_quote, 1, np.where(one & other, 2, np.where(one, 3, np.where(other, 4, 0)))),
        "speech": np.where(same_voice, 1, np.where(different, 2, np.where(one & other, 3, 0))),
    }


class Linker(nn.Module):
    """Scores pairs of mentions; see the module."""

    def __init__(self) -> None:
        super().__init__()
        self.mention = nn.Sequential(nn.Linear(3 * WIDTH, 384), nn.GELU(), nn.Dropout(0.2))
        self.later, self.earlier = nn.Linear(384, HIDDEN), nn.Linear(384, HIDDEN)
        self.alike_later, self.alike_earlier = nn.Linear(384, 128), nn.Linear(384, 128)
        self.facts = nn.ModuleDict({name: nn.Embedding(size, HIDDEN) for name, size in TABLES.items()})
        self.score = nn.Sequential(nn.GELU(), nn.Dropout(0.2), nn.Linear(HIDDEN, 96), nn.GELU(), nn.Linear(96, 1))
        self.bias = nn.ModuleDict({name: nn.Embedding(size, 1) for name, size in TABLES.items()})
        self.alone = nn.Linear(384, 1)
        for table in [*self.facts.values(), *self.bias.values()]:
            nn.init.normal_(table.weight, std=0.02)

    def mentions(self, words: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return a vector for each mention.

        Shapes: words (words, width); first, last (mentions,) -> (mentions, 384)
        """
        sums = functional.pad(words.float().cumsum(0), (0, 0, 1, 0))
        mean = (sums[last + 1] - sums[first]) / (last + 1 - first)[:, None]
        return self.mention(torch.cat([words[first], words[last], mean.to(words.dtype)], 1))

    def forward(self, mentions: Tensor, rows: Tensor, columns: Tensor, facts: dict[str, Tensor]) -> Tensor:
        """Return the scores of pairs, (pairs,)."""
        hidden = self.later(mentions)[rows] + self.earlier(mentions)[columns]
        for name, table in self.facts.items():
            hidden = hidden + table(facts[name])
        total = self.score(hidden)[:, 0]
        alike = (self.alike_later(mentions)[rows] * self.alike_earlier(mentions)[columns]).sum(1) / 128**0.5
        bias = sum(table(facts[name])[:, 0] for name, table in self.bias.items())
        return total + alike + bias


def candidates(count: int, *, most: int = 250) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs of a mention and one of those shortly before it.

    Args:
        count: number of mentions.
        most: how many mentions back.
    """
    rows = np.repeat(np.arange(count), np.minimum(np.arange(count), most))
    starts = np.concatenate([np.arange(max(0, number - most), number) for number in range(count)]) if count else rows
    return rows, starts.astype(int)


def link_loss(scores: Tensor, alone: Tensor, rows: Tensor, right: Tensor, count: int) -> Tensor:
    """Return minus the log of the probability that each mention chooses a right antecedent, or none where none is.

    Args:
        scores: of pairs.
        alone: score of choosing none, (mentions,).
        rows: later mention of each pair.
        right: whether both mentions are one entity.
        count: number of mentions.
    """
    everything = torch.full((count,), 0.0) + alone
    wanted = torch.full((count,), -1e4)
    has = torch.zeros(count, dtype=torch.bool).scatter_reduce(0, rows, right, "amax")
    wanted = torch.where(has, wanted, alone)
    top = torch.maximum(everything, torch.full((count,), -1e4).scatter_reduce(0, rows, scores, "amax")).detach()
    total = (everything - top).exp() + torch.zeros(count).scatter_add(0, rows, (scores - top[rows]).exp())
    good = torch.where(has, torch.zeros(count), (wanted - top).exp())
    good = good + torch.zeros(count).scatter_add(0, rows, (scores - top[rows]).exp() * right)
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
