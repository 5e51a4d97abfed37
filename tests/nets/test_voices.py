import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fabula.nets.pairs import CLASSES, NAME, class_of
from fabula.nets.voices import (
    AFTER,
    BEFORE,
    VOICE_TABLES,
    Candidates,
    Quotations,
    around,
    likely,
    may_speak,
    voice_facts,
)

SIZES = (96 + 64, 96 + 64 + 1)


def quotations(*rows):
    """Return quotations given as (first word, last word, paragraph)."""
    return Quotations(*np.array(rows, np.int64).reshape(-1, 3).T)


def people(*rows):
    """Return mentions given as (first word, last word, paragraph, class, in a quotation)."""
    return Candidates(*np.array(rows, np.int64).reshape(-1, 5).T)


CASE = people((2, 3, 1, NAME, 0), (8, 8, 2, 3, 0), (11, 11, 2, NAME, 1), (20, 20, 2, 4, 0), (40, 41, 9, NAME, 0))
SPOKEN = quotations((10, 18, 2))


def fact(name, column):
    return int(voice_facts(SPOKEN, CASE, np.array([0]), np.array([column]))[name][0])


def test_the_same_distance_differs_by_side():
    places = [fact("apart", column) for column in range(4)]
    assert len(set(places)) == 4
    assert fact("paragraphs", 0) == fact("paragraphs", 1) - 1
    assert fact("between", 1) == fact("between", 2) + 2


def test_own_words_hold_no_speaker_by_pronoun():
    named = np.array([class_of("I", 2), class_of("you", 2), class_of("she", 2), class_of("Ida", 0)])
    assert may_speak(named, np.ones(4, int)).tolist() == [False, False, True, True]
    assert may_speak(named, np.zeros(4, int)).all()


@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=300), st.lists(st.integers(0, 3000), min_size=1, max_size=9)
)
def test_pairs_stay_near_and_facts_fit_their_tables(places, starts):
    places, starts = sorted(places), sorted(starts)
    mentions = people(*((at, at + at % 3, at // 50, at % CLASSES, at % 2) for at in places))
    quotes = quotations(*((at, at + 20, at // 50) for at in starts))
    rows, columns = around(quotes, mentions)
    assert (np.bincount(rows, minlength=len(starts)) <= BEFORE + AFTER).all()
    at = np.searchsorted(mentions.first, quotes.first)[rows]
    assert ((columns - at >= -BEFORE) & (columns - at < AFTER)).all()
    for name, values in voice_facts(quotes, mentions, rows, columns).items():
        assert ((values >= 0) & (values < VOICE_TABLES[name])).all()


def test_chances_are_shares_and_the_likeliest_comes_first():
    made = np.random.default_rng(1)
    voices = made.normal(size=(1, SIZES[0])).astype(np.float16)
    sayers = made.normal(size=(5, SIZES[1])).astype(np.float16)
    found = likely(SPOKEN, CASE, voices, sayers)
    assert sorted(found.mentions[0, :5].tolist()) == [0, 1, 2, 3, 4]
    assert found.chances[0].tolist() == sorted(found.chances[0].tolist(), reverse=True)
    assert abs(found.chances.sum() - 1) < 1e-5


def test_nobody_mentioned_nobody_likely():
    found = likely(SPOKEN, people(), np.zeros((1, SIZES[0]), np.float16), np.zeros((0, SIZES[1]), np.float16))
    assert found.chances.sum() == 0
    none = likely(quotations(), CASE, np.zeros((0, SIZES[0]), np.float16), np.zeros((5, SIZES[1]), np.float16))
    assert none.chances.shape[0] == 0


def test_a_quotation_is_judged_the_same_whatever_others_there_are():
    made = np.random.default_rng(2)
    voices = made.normal(size=(2, SIZES[0])).astype(np.float16)
    sayers = made.normal(size=(5, SIZES[1])).astype(np.float16)
    both = likely(quotations((4, 6, 1), (10, 18, 2)), CASE, voices, sayers)
    alone = likely(SPOKEN, CASE, voices[1:], sayers)
    assert np.array_equal(both.mentions[1], alone.mentions[0])
    assert np.allclose(both.chances[1], alone.chances[0], atol=1e-6)
