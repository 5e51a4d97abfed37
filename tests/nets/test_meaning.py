"""What the vectors promise beside being right: nothing that is read beside a sentence changes what is said of it."""

import numpy as np
import pytest

from fabula.nets.meaning import SIZE, vectors

SENTENCES = (
    "The old woman shut the door and would not open it again.",
    "She closed it, and it stayed closed.",
    "A brig from Arden lay in the harbour with all her sails furled, waiting for a wind that did not come.",
    "Yes.",
    "…",
    "Nine herrings, and a loaf of black bread.",
)


def test_the_number_of_threads_changes_nothing():
    several = [f"{sentence} {number}" for number in range(9) for sentence in SENTENCES]
    assert np.array_equal(vectors(several, threads=1), vectors(several, threads=3))


def test_what_is_read_beside_a_sentence_changes_nothing():
    together = vectors(SENTENCES)
    for sentence, vector in zip(SENTENCES, together, strict=True):
        assert np.array_equal(vectors([sentence])[0], vector)


def test_vectors_have_length_one():
    found = vectors(SENTENCES)
    assert found.shape == (len(SENTENCES), SIZE)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_same_in_other_words_is_closer_than_something_else():
    asked, again, other = vectors(
        ["Who took my coat?", "I want to know which of you has my jacket.", "The river rose in the night."]
    )
    assert asked @ again > asked @ other + 0.2


def test_equal_sentences_are_read_once():
    told = []
    found = vectors(["Row!"] * 50 + ["Stop!"], tick=told.append)
    assert told == [1]
    assert np.array_equal(found[0], found[49])
    assert not np.array_equal(found[0], found[50])


def test_a_sentence_too_long_is_read_as_far_as_it_goes():
    start = "The lamp went out and " * 60
    assert np.array_equal(*vectors([start, start + "nobody saw the ship."]))


def test_nothing_is_read_of_nothing():
    assert vectors([]).shape == (0, SIZE)


def test_progress_ends_at_all():
    told = []
    vectors([f"Lamp {number}." for number in range(40)], tick=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
