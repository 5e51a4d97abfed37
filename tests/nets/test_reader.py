"""What the reader promises beside being right: nothing that is read beside a window changes what is said of it."""

import numpy as np
import pytest

from fabula import pipeline
from fabula.nets.reader import read
from fabula.story import Telling

ONE = "CHAPTER I\n\nIda Marsh lit the lamp. “Who is there?” she asked.\n\nNobody spoke, and the old cook laughed.\n\n"
TWO = "CHAPTER II\n\n“It is I,” said Tom Reed, and he shut the door behind him.\n\nThe ferry lay at the pier.\n\n"
OTHER = "CHAPTER I\n\nIn the harbour of Lunn a grey ship lay, and her captain slept.\n\n“Row!” cried Ann.\n\n"


@pytest.fixture(scope="module")
def page_of():
    from fabula.language.parses import page_of

    def made(text):
        telling = pipeline.run(Telling("t", text), stages=pipeline.RULE_STAGES)
        return page_of(telling)

    return made


def test_the_number_of_threads_changes_nothing(page_of):
    page = page_of((ONE + TWO) * 4)
    for one, other in zip(read(page, threads=1), read(page, threads=3), strict=True):
        assert np.array_equal(one, other)


def test_a_changed_chapter_leaves_the_others_as_they_were(page_of):
    before, after = read(page_of(ONE + TWO)), read(page_of(OTHER + TWO))
    alone = read(page_of(TWO))
    count = len(alone.upos)
    for whole in (before, after):
        assert np.array_equal(whole.upos[-count:], alone.upos)
        assert np.array_equal(whole.head[-count:] - whole.head[-count], alone.head - alone.head[0])
        assert np.array_equal(whole.events[-count:], alone.events)
        assert np.array_equal(whole.links[len(whole.links) - len(alone.links) :], alone.links)


def test_heads_lie_in_their_sentence(page_of):
    page = page_of(ONE + TWO + OTHER)
    reading = read(page)
    assert (page.sentence[reading.head] == page.sentence).all()


def test_nothing_is_read_of_nothing(page_of):
    reading = read(page_of(""))
    assert all(len(column) == 0 for column in reading)


def test_progress_ends_at_all(page_of):
    told = []
    read(page_of(ONE + TWO), tick=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
