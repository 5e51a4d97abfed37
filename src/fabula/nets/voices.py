"""Whose voice a quotation is: what is known of a quotation and of somebody mentioned near it, without a network.

Training and reading make it here alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from fabula.nets.pairs import CLASSES, Ints

BEFORE, AFTER = 90, 15
"""How many mentions before a quotation, and after its beginning, somebody may be mentioned who speaks it."""
_FAR, _BACK, _ON = 10, 8, 4

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
