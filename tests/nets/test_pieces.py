import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.nets.pieces import LONGEST, UNKNOWN, cut, shape_of, tokenizer
from fabula.weights import weights


@pytest.fixture(scope="module")
def made():
    return tokenizer(weights().folder / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "shape"), [("ida", 0), ("Ida", 1), ("IDA", 2), ("I", 1), ("McKay", 3), ("?", 0), ("7th", 0), ("", 0)]
)
def test_shapes(word, shape):
    assert shape_of(word) == shape


def test_equal_words_have_equal_pieces_wherever_they_stand(made):
    pieces = cut(made, ["Lamps", "were", "Lamps"])
    first, last = (pieces.ids[pieces.starts[at] : pieces.starts[at + 1]].tolist() for at in (0, 2))
    assert first == last
    assert pieces.shapes.tolist() == [1, 0, 1]


def test_a_word_without_pieces_is_unknown_and_an_endless_one_is_cut(made):
    pieces = cut(made, ["\u200b", "a" * 50 + "-" * 50])
    assert pieces.ids[0] == UNKNOWN
    assert pieces.starts[2] - pieces.starts[1] <= LONGEST


def test_curved_apostrophes_are_straight_to_the_network(made):
    assert cut(made, ["o’clock", "’ll"]).ids.tolist() == cut(made, ["o'clock", "'ll"]).ids.tolist()


@given(words=st.lists(st.text(min_size=1, max_size=8), max_size=12))
def test_every_word_has_a_piece(words):
    pieces = cut(tokenizer(weights().folder / "tokenizer.json"), words)
    assert len(pieces) == len(words)
    assert (pieces.starts[1:] > pieces.starts[:-1]).all()
    assert pieces.starts[-1] == len(pieces.ids)


def test_no_words_no_pieces(made):
    assert len(cut(made, []).ids) == 0
