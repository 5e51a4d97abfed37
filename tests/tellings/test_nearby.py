"""Which lines are read beside a telling that is far shorter."""

import numpy as np
import pytest

from fabula.tellings.collation.anchors import Stretch
from fabula.tellings.collation.lines import find_lines
from fabula.tellings.collation.nearby import worth_reading
from fabula.tellings.collation.similarity import Similarity
from tests.tellings.small import KEEPER, read

_PLAIN = ("The road was long and wet.", "Nobody had come by.", "It rained until the evening.", "They went on again.")
_FILLER = " ".join(_PLAIN[at % 4] for at in range(2_000))


def similarity_of(a, b):
    return Similarity(*(find_lines(telling, (telling.whole,)) for telling in (read(a), read(b))))


def kept(a, b, stretch=None):
    similarity = similarity_of(a, b)
    counts = [len(bag.info) for bag in (similarity.a, similarity.b)]
    return worth_reading(similarity, [stretch or Stretch((0, counts[0]), (0, counts[1]))]), counts


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_novel_only_the_passages_are_read_that_share_words_with_two_hundred(turned):
    novel = f"{_FILLER}\n\n{KEEPER}\n\n{_FILLER}"
    lines, counts = kept(*((novel, KEEPER) if turned else (KEEPER, novel)))
    long, short = (0, 1) if turned else (1, 0)
    assert lines[short].tolist() == list(range(counts[short]))
    assert len(lines[long]) < counts[long] / 4
    assert set(range(2_000, 2_000 + counts[short])) <= set(lines[long].tolist())
    assert (np.diff(lines[long]) > 0).all()


def test_tellings_of_about_one_length_are_read_whole():
    lines, counts = kept(_FILLER, _FILLER)
    assert [len(each) for each in lines] == counts


def test_nothing_outside_the_stretches_is_read():
    lines, _ = kept(_FILLER, _FILLER, Stretch((3, 5), (700, 1_900)))
    assert lines[0].tolist() == [3, 4]
    assert lines[1].min() >= 700
    assert lines[1].max() < 1_900


def test_no_stretch_no_lines():
    lines = worth_reading(similarity_of(KEEPER, KEEPER), [])
    assert [len(each) for each in lines] == [0, 0]
