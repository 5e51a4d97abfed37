from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fabula.nets.pieces import CLS, SEP, Pieces
from fabula.nets.windows import pack


def made_of(sizes):
    """Return pieces of words of these sizes; every piece has the number of its word, plus 1000."""
    ids = np.repeat(np.arange(len(sizes)) + 1000, sizes)
    return Pieces(ids, np.concatenate([[0], np.cumsum(sizes)]).astype(int), np.arange(len(sizes)) % 4)


@st.composite
def documents(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=60))
    count = len(sizes)
    edges = sorted({0, count, *draw(st.lists(st.integers(0, count), max_size=6))})
    paragraphs = [range(low, high) for low, high in pairwise(edges)]
    ends = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    sentence = np.cumsum([ends[at] or at in edges for at in range(count)])
    breaks = frozenset(draw(st.lists(st.sampled_from(edges), max_size=2)))
    return made_of(sizes), paragraphs, sentence, breaks


@given(documents())
def test_windows_hold_every_word_once_and_fit(document):
    pieces, paragraphs, sentence, breaks = document
    windows = pack(pieces, paragraphs, sentence, breaks=breaks, length=16)
    assert [word for window in windows for word in window.range] == list(range(len(pieces)))
    for window in windows:
        assert len(window.pieces) == len(window.shapes) <= 16
        assert window.pieces[0] == CLS
        assert window.pieces[-1] == SEP
        assert (window.pieces[window.first] == np.array(window.range) + 1000).all()
        assert (window.shapes[window.first] == pieces.shapes[window.words : window.range.stop]).all()
        assert not set(window.range[1:]) & breaks


@given(documents(), st.integers(1, 30))
def test_what_stands_before_a_chapter_does_not_move_its_windows(document, before):
    pieces, paragraphs, sentence, _ = document
    alone = pack(pieces, paragraphs, sentence, length=16)
    longer = made_of([2] * before + np.diff(pieces.starts).tolist())
    moved = [range(each.start + before, each.stop + before) for each in paragraphs]
    within = pack(
        longer,
        [range(before), *moved],
        np.concatenate([np.zeros(before, int), sentence + 1]),
        breaks={before},
        length=16,
    )
    own = [window for window in within if window.words >= before]
    assert [window.range for window in alone] == [range(w.words - before, w.range.stop - before) for w in own]


def test_a_long_paragraph_is_cut_after_a_sentence():
    windows = pack(made_of([1] * 20), [range(20)], np.repeat([0, 1, 2, 3], 5), length=14)
    assert [window.range for window in windows] == [range(10), range(10, 20)]


def test_a_sentence_longer_than_a_window_is_cut_where_it_must_be():
    windows = pack(made_of([1] * 20), [range(20)], np.zeros(20, int), length=14)
    assert [window.range for window in windows] == [range(12), range(12, 20)]


def test_short_paragraphs_share_a_window_with_a_separator_after_each():
    (window,) = pack(made_of([1, 1, 1]), [range(2), range(2, 3)], np.array([0, 0, 1]))
    assert window.pieces.tolist() == [CLS, 1000, 1001, SEP, 1002, SEP]
