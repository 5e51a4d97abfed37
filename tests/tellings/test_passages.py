import numpy as np

from fabula.tellings.collation.candidates import Pairs
from fabula.tellings.collation.passages import find_passages
from tests.tellings.small import KEEPER, MARKET, OILMAN, aligned, paired


def pairs(*found):
    rows = sorted(found)
    return Pairs(*(np.array([row[at] for row in rows]) for at in (0, 1, 2)))


def test_pairs_that_run_together_are_a_passage_and_stray_ones_are_none():
    run = [(5 + at, 40 + at, 0.45) for at in range(8)]
    found = pairs(*run, (0, 3, 0.4), (30, 9, 0.45), (31, 60, 0.4))
    assert find_passages(found, found.like * 3) == [[(i, j) for i, j, _ in run]]


def test_a_passage_may_skip_a_line():
    run = [(at, 20 + at, 0.9) for at in (0, 1, 3, 4)]
    found = pairs(*run, (9, 1, 0.3))
    assert find_passages(found, found.like * 5) == [[(i, j) for i, j, _ in run]]


def test_no_line_is_in_two_passages():
    found = pairs(*((at, 20 + at, 0.9) for at in range(6)), *((at, 40 + at, 0.8) for at in range(6)))
    assert [passage[0] for passage in find_passages(found, found.like * 5)] == [(0, 20)]


def test_nothing_comes_of_nothing():
    assert find_passages(pairs((0, 1, 0.2), (1, 2, 0.2)), np.array([-1.0, -1.0])) == []
    assert find_passages(pairs(), np.zeros(0)) == []


def test_blocks_in_another_order_are_found_and_said_to_be_moved():
    a = "\n\n".join([KEEPER, MARKET])
    tellings, alignment = aligned(a, "\n\n".join([MARKET, OILMAN]))
    left = [words for words, _ in paired(tellings, alignment)]
    assert all(paragraph in left for paragraph in MARKET.split("\n\n"))
    assert sum("Joss" in words for words in left) == 2
    assert 0 < sum(link.moved for link in alignment.links) < len(alignment.links)
