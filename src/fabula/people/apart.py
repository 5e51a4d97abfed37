"""Names that stand side by side as two people: nobody is named twice, in two ways, in one sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from fabula.people.names import NameSpot
from fabula.people.sketches import NameForm

_NEAR = 120
"""Code points between two names of one sentence."""
_STOP = re.compile(r"[.!?;:][\"”’)]*\s|\n\s*\n|[\"“”]")
_EQUAL = re.compile(r"[\s,(—–-]*(?:or|alias|called|named|that is|is|was|am|as)?[\s,(—–-]*")
_LEAST = 2
_SHARE = 0.04
Apart = Mapping[frozenset[str], int]


def told_apart(text: str, spots: Sequence[NameSpot]) -> Apart:
    """Count how often two names stand in one sentence without being said to be one.

    Args:
        text: of the telling.
        spots: names of people, in order.

    Returns:
        For each two keys, how often; pairs that never do so are left out.
    """
    found: Counter[frozenset[str]] = Counter()
    for one, other in pairwise(spots):
        if one.key == other.key or one.quoted != other.quoted or other.start - one.end > _NEAR:
            continue
        between = text[one.end : other.start]
        if _STOP.search(between) is None and _EQUAL.fullmatch(between) is None:
            found[frozenset((one.key, other.key))] += 1
    return found


def are_two(form: NameForm, others: Sequence[NameForm], apart: Apart) -> bool:
    """Whether a name stands beside the names of a person too often to be one of them.

    A title alone may well stand beside the name of its bearer.

    Args:
        form: the name.
        others: the person's names.
        apart: how often two names stand in one sentence.
    """
    if not form.names:
        return False
    times = sum(apart.get(frozenset((form.key, other.key)), 0) for other in others)
    return times >= max(_LEAST, _SHARE * min(form.times, sum(other.times for other in others)))
