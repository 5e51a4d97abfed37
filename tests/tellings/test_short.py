"""Tellings of a few lines: what may be claimed there, and what may not."""

import pytest

from tests.tellings.small import MARKET, aligned, paired

UNRELATED = {
    "nothing shared": (
        "The baker opened his shop at six.\n\nFlour lay on every shelf.\n\nHe sang as he kneaded the dough.",
        "Two ships left the harbour before dawn.\n\nTheir captains quarrelled over the charts.\n\nNeither came back.",
    ),
    "one common answer": (
        "Yes.\n\n" + MARKET,
        "Yes.\n\nTwo ships left the harbour before dawn.\n\nTheir captains had quarrelled over the charts.",
    ),
    "one common question": (
        'Rain fell on the roof.\n\n"Who is there?" asked Tom.\n\nThe cat slept by the stove.\n\nNobody answered.',
        'The general studied the map.\n\n"Who is there?" asked the guard.\n\nTwelve cannons stood on the hill.\n\n'
        "The siege went on.",
    ),
    "one common beginning": (
        "The road was dusty.\n\nA cart passed.\n\nThe driver waved.",
        "The road was wet.\n\nA dog barked.\n\nThe rain stopped.",
    ),
    "one animal in two fables": (
        "The fox saw the grapes.\n\nHe jumped and could not reach them.\n\nHe went away.",
        "The crow found a piece of cheese.\n\nThe fox praised her voice.\n\nShe sang and dropped it.",
    ),
}


@pytest.mark.parametrize("name", UNRELATED)
def test_one_line_that_is_alike_is_no_common_story(name):
    for a, b in (UNRELATED[name], UNRELATED[name][::-1]):
        assert aligned(a, b)[1].links == ()


def test_four_lines_told_in_other_words_are_linked():
    tellings, alignment = aligned(
        "Ben lost his key.\n\nHe broke a window to get in.\n\nThe neighbour called the police.\n\n"
        "Ben showed them his passport.",
        "Ben could not find his key.\n\nIt was cold.\n\nSo he smashed a pane and climbed inside.\n\n"
        "The woman next door rang the police.\n\nHe had to prove with his passport that he lived there.",
    )
    assert ("He broke a window to get in.", "So he smashed a pane and climbed inside.") in paired(tellings, alignment)
    assert len(alignment.links) == 4


def test_one_sentence_told_in_other_words_is_linked_and_another_one_is_not():
    king = "The king died in the night."
    assert len(aligned(king, "At night the king passed away.")[1].links) == 1
    assert aligned(king, "A bicycle stood against the wall.")[1].links == ()
