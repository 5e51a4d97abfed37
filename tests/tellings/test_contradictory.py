"""How well contradictions are told from what only seems to be one, on pairs of lines written for it, by kind."""

import pytest

from tests.tellings.contradictory import AGREEING, CONTRADICTORY
from tests.tellings.test_verdicts import differences

MISSED = {"any": 1}
"""How many are known to be missed: what is told in other words (`died`, `lived through`)."""
FALSE = {"any": 1}
"""How many are known to be claimed wrongly: two negations that undo each other."""


def claims(a, b):
    return [each for each in differences(a, b) if each[2] == "contradiction"]


@pytest.mark.parametrize("kind", CONTRADICTORY)
def test_what_cannot_both_be_true_is_found(kind):
    missed = [pair for pair in CONTRADICTORY[kind] if not claims(*pair)]
    assert len(missed) <= MISSED.get(kind, 0), missed


@pytest.mark.parametrize("kind", AGREEING)
def test_what_may_both_be_true_is_not_claimed(kind):
    wrong = [pair for pair in AGREEING[kind] if claims(*pair)]
    assert len(wrong) <= FALSE.get(kind, 0), wrong


def test_there_are_as_many_traps_as_contradictions():
    counts = [sum(map(len, table.values())) for table in (CONTRADICTORY, AGREEING)]
    assert min(counts) >= 58
