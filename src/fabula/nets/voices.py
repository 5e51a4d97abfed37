"""Whose voice a quotation is: how likely it is, for everybody mentioned near it, in NumPy.

What is known of a quotation and a mention without a network is made here, for training and reading alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.nets.linker import Floats, Halves, arrays
from fabula.nets.pairs import CLASSES, SECOND_PERSON, Ints

BEFORE, AFTER = 90, 15
"""How many mentions before a quotation, and after its beginning, somebody may be mentioned who speaks it."""
_FAR, _BACK, _ON = 10, 8, 4
_BLOCK, _ROWS = 16, 96
"""Quotations whose pairs are scored at a time, so that they stay near the processor; and pairs of one product, for a
large one is shared among threads, which costs more than it saves here, and rounds otherwise on other machines."""

VOICE_TABLES: Mapping[str, int] = {
    "apart": 2 * (_FAR + 1) + 1,
    "paragraphs": _BACK + _ON + 1,
    "classes": CLASSES * 2,
    "between": _FAR + 1,
}
"""Facts of a quotation and a mention: name to number of values."""


class Quotations(NamedTuple):
    """Where the quotations of a text stand, marks included.

    Attributes:
        first, last: word numbers, (quotations,).
        paragraph: number of the paragraph, (quotations,).
    """

    first: Ints
    last: Ints
    paragraph: Ints


class Candidates(NamedTuple):
    """Mentions of those who may speak, sorted by first word.

    Attributes:
        first, last: word numbers, (mentions,).
        paragraph: number of the paragraph, (mentions,).
        named: class, see `fabula.nets.pairs.class_of`, (mentions,).
        quoted: 1 for each in a quotation, else 0, (mentions,).
    """

    first: Ints
    last: Ints
    paragraph: Ints
    named: Ints
    quoted: Ints


def may_speak(named: Ints, quoted: Ints) -> npt.NDArray[np.bool_]:
    """Return which mentions can tell who speaks: not "I", "we" and "you" in quotations, which wait for the answer.

    Args:
        named: class of each mention, see `fabula.nets.pairs.class_of`.
        quoted: 1 for each in a quotation, else 0.

    Shapes: named, quoted (mentions,) -> (mentions,)
    """
    spoken: npt.NDArray[np.bool_] = (quoted == 1) & (named <= SECOND_PERSON)
    return ~spoken


def around(quotes: Quotations, mentions: Candidates) -> tuple[Ints, Ints]:
    """Return the pairs of a quotation and a mention near it, within `BEFORE` and `AFTER`.

    Args:
        quotes: the quotations.
        mentions: the mentions.

    Shapes: -> (pairs,), (pairs,): indices of quotations, and of mentions
    """
    at = np.searchsorted(mentions.first, quotes.first)
    low, high = np.maximum(at - BEFORE, 0), np.minimum(at + AFTER, len(mentions.first))
    sizes = high - low
    rows = np.repeat(np.arange(len(at)), sizes)
    columns = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(low, sizes)
    return rows, columns


def voice_facts(quotes: Quotations, mentions: Candidates, rows: Ints, columns: Ints) -> dict[str, Ints]:
    """Return the facts of pairs of a quotation and a mention.

    Args:
        quotes: the quotations.
        mentions: the mentions.
        rows: the quotation of each pair.
        columns: the mention of each pair.

    Shapes: rows, columns and every value (pairs,)
    """
    before = quotes.first[rows] - mentions.last[columns]
    after = mentions.first[columns] - quotes.last[rows]
    apart = np.where(before > 0, _log(before), np.where(after > 0, _FAR + 2 + _log(after), _FAR + 1))
    steps = mentions.paragraph[columns] - quotes.paragraph[rows]
    between = np.abs(columns - np.searchsorted(mentions.first, quotes.first)[rows])
    return {
        "apart": apart,
        "paragraphs": np.clip(steps, -_BACK, _ON) + _BACK,
        "classes": mentions.named[columns] * 2 + mentions.quoted[columns],
        "between": _log(between + 1),
    }


def _log(distance: Ints) -> Ints:
    """Return twice the logarithm to base 2 of distances from 1, up to `_FAR`."""
    found: Ints = np.minimum(np.floor(2 * np.log2(np.maximum(distance, 1))).astype(np.int64), _FAR)
    return found


class Likely(NamedTuple):
    """The mentions near each quotation that its speaker may be, the likeliest first.

    Attributes:
        mentions: their numbers; where there are fewer, the chance is 0.
        chances: of each, among all mentions near.

    Shapes: mentions, chances (quotations, most)
    """

    mentions: Ints
    chances: Floats


def likely(quotes: Quotations, mentions: Candidates, voices: Halves, sayers: Halves, *, most: int = 12) -> Likely:
    """Return who is likely to speak each quotation.

    Args:
        quotes: the quotations.
        mentions: the mentions.
        voices: of the network, one row a quotation.
        sayers: of the network, one row a mention.
        most: how many mentions of each quotation.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    count = len(quotes.first)
    found, chances = np.zeros((count, most), np.int64), np.zeros((count, most), np.float32)
    for low in range(0, count, _BLOCK):
        part = slice(low, low + _BLOCK)
        some = Quotations(*(column[part] for column in quotes))
        rows, columns = around(some, mentions)
        scores = _scores(some, mentions, voices[part], sayers, (rows, columns))
        limits = np.searchsorted(rows, np.arange(len(some.first) + 1)).tolist()
        for number, (start, end) in enumerate(pairwise(limits), low):
            if start < end:
                weight = np.exp(scores[start:end] - scores[start:end].max())
                best = np.argsort(-weight, kind="stable")[:most]
                found[number, : len(best)] = columns[start:end][best]
                chances[number, : len(best)] = weight[best] / weight.sum()
    return Likely(found, chances)


def _scores(
    quotes: Quotations, mentions: Candidates, voices: Halves, sayers: Halves, pairs: tuple[Ints, Ints]
) -> Floats:
    """Return the score of each pair of a quotation and a mention."""
    rows, columns = pairs
    table = arrays()
    own, alike = np.split(voices.astype(np.float32), np.cumsum(table["voices.parts"])[:-1], axis=1)
    theirs, like, alone = np.split(sayers, np.cumsum(table["voices.parts"]), axis=1)
    scores: Floats = np.einsum("ij,ij->i", alike[rows], like[columns].astype(np.float32))
    scores = scores / np.float32(alike.shape[1] ** 0.5) + alone[columns, 0].astype(np.float32)
    hidden = np.zeros((-(-len(rows) // _ROWS) * _ROWS, own.shape[1]), np.float32)
    known = hidden[: len(rows)]
    np.add(own[rows], theirs[columns].astype(np.float32), out=known)
    for name, values in voice_facts(quotes, mentions, rows, columns).items():
        known += table[f"voices.facts.{name}"].take(values, axis=0)
        scores += table[f"voices.bias.{name}"][:, 0].take(values)
    stacked = np.maximum(hidden, 0, out=hidden).reshape(-1, _ROWS, hidden.shape[1])
    fine = stacked @ table["voices.score.1.weight"].T + table["voices.score.1.bias"]
    fine = np.maximum(fine, 0, out=fine) @ table["voices.score.3.weight"].T + table["voices.score.3.bias"]
    scores += fine.reshape(-1)[: len(rows)]
    return scores
