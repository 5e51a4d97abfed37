"""Passages that two accounts tell in different orders."""

from itertools import pairwise

import numpy as np
import pytest

from fabula.spans import index_at
from fabula.tellings.collation.lines import find_lines
from fabula.tellings.collation.reading_order import find_reading
from fabula.tellings.collation.similarity import Similarity
from tests.tellings.small import aligned, read
from tests.tellings.two_lives import FAIR, ONE, OTHER, account

ORDERS = {
    "as written": list(OTHER),
    "turned round": list(OTHER)[::-1],
    "like the first": [*ONE, "ship"],
    "halves changed": [*list(ONE)[4:], "ship", *list(ONE)[:4]],
}


def episodes_of(episodes, order, text):
    """Return a function from a span to the episode it is in."""
    told = [name for name in order if episodes.get(name)]
    starts = [text.index(episodes[name]) for name in told]
    return lambda span: told[index_at(starts, span.start)]


def linked_episodes(order):
    a, b = account(ONE, list(ONE)), account(OTHER, order)
    _, alignment = aligned(a, b)
    mine, theirs = episodes_of(ONE, list(ONE), a), episodes_of(OTHER, order, b)
    return [(mine(one), theirs(other), link.moved) for link in alignment.links for one in link.a for other in link.b]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_episodes_are_linked_across_any_order_and_with_none_but_their_like(order):
    pairs = linked_episodes(order)
    assert {mine for mine, _, _ in pairs} == set(ONE) & set(OTHER)
    assert sum(mine == theirs for mine, theirs, _ in pairs) >= 0.95 * len(pairs)


def test_what_stands_in_another_order_is_said_to_be_moved():
    moved = {mine for mine, theirs, away in linked_episodes(ORDERS["halves changed"]) if away and mine == theirs}
    assert 0 < len(moved) <= 5
    assert not any(away for _, _, away in linked_episodes(ORDERS["like the first"]))


def test_another_story_in_any_order_is_not_linked():
    _, alignment = aligned(account(ONE, list(ONE)), FAIR)
    assert alignment.links == ()


def similarity_of(a, b):
    return Similarity(*(find_lines(telling, (telling.whole,)) for telling in (read(a), read(b))))


def test_the_order_holds_every_line_once_and_its_passages_all_of_them():
    order = ORDERS["turned round"]
    similarity = similarity_of(account(OTHER, list(OTHER)), account(OTHER, order))
    reading = find_reading(similarity)
    assert sorted(reading.lines.tolist()) == list(range(len(similarity.b.info)))
    assert reading.passages[0][0] == 0
    assert reading.passages[-1][1] == len(reading.lines)
    assert all(one[1] == other[0] for one, other in pairwise(reading.passages))
    read_again = similarity.reordered(reading.lines)
    every = np.arange(len(reading.lines))
    assert read_again.of(every, every).mean() > 0.5 > 2 * similarity.of(every, every).mean()


def test_what_keeps_its_order_or_has_nothing_in_common_is_read_as_it_stands():
    text = account(ONE, list(ONE))
    assert find_reading(similarity_of(text, account(OTHER, ORDERS["like the first"]))) is None
    assert find_reading(similarity_of(text, FAIR)) is None
    assert find_reading(similarity_of("", FAIR)) is None
