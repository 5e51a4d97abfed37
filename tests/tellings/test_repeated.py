"""Tellings whose lines repeat: refrains, chat logs, one line over and over."""

import random

import pytest

from tests.tellings.small import MARKET, aligned, paired

ROW = "Row, row, row your boat."
SONG = ("The lamp is lit.", "The boats are out.", "And I shall row to her.")


def linked(a, b):
    """Return how many lines are linked, and whether all of them with the same words; and how many are left."""
    tellings, alignment = aligned("\n\n".join(a), "\n\n".join(b))
    pairs = paired(tellings, alignment)
    return len(pairs), all(left == right for left, right in pairs), len(alignment.only_a), len(alignment.only_b)


@pytest.mark.parametrize(("more", "fewer"), [(3, 2), (20, 18), (100, 40), (320, 300)])
def test_one_line_over_and_over_is_linked_as_often_as_both_have_it(more, fewer):
    assert linked([ROW] * more, [ROW] * fewer) == (fewer, True, more - fewer, 0)


def test_a_refrain_with_some_lines_left_out_is_linked_line_by_line():
    draw = random.Random(1)
    lines = [SONG[at % 3] for at in range(300)]
    kept = [line for line in lines if draw.random() > 0.05]
    count, same, _, left = linked(lines, kept)
    assert same
    assert count >= 0.98 * len(kept)
    assert left <= 0.02 * len(kept)


def test_a_chat_of_few_words_keeps_its_order():
    draw = random.Random(2)
    said = ["Ok.", "Yes.", "No.", "Where are you?", "At the station.", "Who is coming tonight?"]
    lines = [draw.choice(said) for _ in range(260)]
    kept = [line for line in lines if draw.random() > 0.1]
    count, same, _, left = linked(lines, kept)
    assert same
    assert count >= 0.98 * len(kept)
    assert left <= 0.02 * len(kept)


def test_a_few_words_that_any_text_has_are_no_common_story():
    a = "Yes.\n\n" + MARKET
    b = "Yes.\n\nTwo ships left the harbour before dawn.\n\nTheir captains had quarrelled over the charts."
    _, alignment = aligned(a, b)
    assert alignment.links == ()
