"""Names that stand side by side as two people: nobody is named twice, in two ways, in one sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from fabula.people.naming.names import NameSpot
from fabula.people.naming.persons import speaks
from fabula.people.naming.sketches import NameForm
from fabula.people.page import Page

_NEAR = 120
"""Code points between two names of one sentence."""
_STOP = re.compile(r"[.!?;:][\"”’)]*\s|\n\s*\n|[\"“”]")
_EQUAL = re.compile(r"[\s,(—–-]*(?:or|alias|called|named|that is|is|was|am|as)?[\s,(—–-]*")
_LEAST = 3
_SHARE = 0.03
_SAME_WORD = 10
"""How many times more must speak against a given name by itself beside the same given name in full."""
_IN_TURN = 2
"""What it counts that two names stand beside a verb of speech in two paragraphs, the one after the other."""
Apart = Mapping[frozenset[str], int]


def told_apart(page: Page, spots: Sequence[NameSpot]) -> Apart:
    """Count what tells that two names are two people.

    They stand in one sentence without being said to be one; the one is said to speak and the other is spoken of; the
    one is said to speak, and in the next paragraph the other.

    Args:
        page: the text.
        spots: names of people, in order.

    Returns:
        For each two keys, how much; pairs of which nothing tells are left out.
    """
    found = _in_one_sentence(page.text, spots)
    tagged, spoken = _by_paragraph(page, spots)
    for paragraph, one in tagged.items():
        for other in spoken[paragraph] - {one}:
            found[frozenset((one, other))] += 1
        after = tagged.get(paragraph + 1, one)
        if after != one:
            found[frozenset((one, after))] += _IN_TURN
    return found


def _by_paragraph(page: Page, spots: Sequence[NameSpot]) -> tuple[dict[int, str], dict[int, set[str]]]:
    """Return the only name beside a verb of speech in each paragraph, and the names within its quotations."""
    starts = [span.start for span in page.paragraphs]
    tagged: dict[int, set[str]] = defaultdict(set)
    spoken: dict[int, set[str]] = defaultdict(set)
    for spot in spots:
        if spot.quoted:
            spoken[bisect_right(starts, spot.start)].add(spot.key)
        elif speaks(page.text, spot):
            tagged[bisect_right(starts, spot.start)].add(spot.key)
    return {number: next(iter(keys)) for number, keys in tagged.items() if len(keys) == 1}, spoken


def _in_one_sentence(text: str, spots: Sequence[NameSpot]) -> Counter[frozenset[str]]:
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
    least = max(_LEAST, _SHARE * min(form.times, sum(other.times for other in others)))
    same = not form.titles and any(form.names[0] == other.names[0] for other in others if len(other.names) > 1)
    return times >= (_SAME_WORD * least if same and len(form.names) == 1 else least)
