import numpy as np
import pytest

from fabula.nets.pairs import (
    CLASSES,
    DETERMINERS,
    NAME,
    SOURCES,
    TABLES,
    Facts,
    class_of,
    content,
    determiner_of,
    gender_of_class,
    head_of,
    pair_facts,
)


def facts(*rows):
    """Return the facts of mentions given as (first, last, text, form, quote, meant)."""
    first, last, said, form, quote, meant = zip(*rows, strict=True)
    named = np.array([class_of(*pair) for pair in zip(said, form, strict=True)])
    texts = {text.lower(): number for number, text in enumerate(said)}
    heads = {head_of(text): number for number, text in enumerate(said)}
    return Facts(
        np.array(first),
        np.array(last),
        np.zeros(len(rows), int),
        named,
        np.array(first) // 10,
        np.array(quote),
        np.array(meant),
        np.where(np.array(meant) >= 0, SOURCES.index("name"), 0),
        np.array([gender_of_class(each) for each in named]),
        np.array([texts[text.lower()] for text in said]),
        np.where(named < NAME, -1, np.array([heads[head_of(text)] for text in said])),
        np.zeros(len(rows), int),
        np.array([determiner_of(text) for text in said]),
        np.full(len(rows), -2),
        [content(text) for text in said],
    )


CASE = facts(
    (0, 1, "Ida Marsh", 0, -1, 0),
    (5, 5, "she", 2, -1, -1),
    (12, 13, "Miss Marsh", 0, 3, 0),
    (14, 14, "I", 2, 3, -1),
    (20, 25, "the keeper of the lamp", 1, -1, 1),
    (24, 25, "the lamp", 1, -1, -1),
)


def told(name, row, column):
    return int(pair_facts(CASE, np.array([row]), np.array([column]))[name][0])


def test_every_value_fits_its_table():
    every = np.arange(6)
    for name, values in pair_facts(CASE, every[:, None], every[None]).items():
        assert values.min() >= 0
        assert values.max() < TABLES[name], name


def test_words_in_common():
    assert told("match", 2, 0) == 3  # Marsh is all of "Miss Marsh" that counts
    assert told("match", 5, 4) == 3
    assert told("match", 4, 0) == 5
    assert told("match", 3, 0) == 0


def test_nesting_and_quotations():
    assert told("nest", 5, 4) == 1
    assert told("nest", 4, 3) == 0
    assert told("quotes", 3, 2) == 1
    assert told("quotes", 4, 3) == 4
    assert told("quotes", 2, 1) == 3


def test_who_is_known_to_be_the_same():
    same, other, unknown = told("who", 2, 0), told("who", 4, 0), told("who", 3, 0)
    assert unknown == 0
    assert same % 2 == 1
    assert other % 2 == 0
    assert other > 0


def test_blocks_and_pairs_agree():
    rows, columns = np.arange(6)[:, None], np.arange(6)[None]
    block = pair_facts(CASE, rows, columns)
    flat = pair_facts(CASE, np.repeat(np.arange(6), 6), np.tile(np.arange(6), 6))
    for name in TABLES:
        assert (np.broadcast_to(block[name], (6, 6)).ravel() == flat[name]).all()


@pytest.mark.parametrize(
    ("text", "form", "named"), [("She", 2, 4), ("one", 2, 7), ("Ida", 0, NAME), ("the cook", 1, 9), ("a cook", 1, 10)]
)
def test_classes(text, form, named):
    assert class_of(text, form) == named < CLASSES


@pytest.mark.parametrize(
    ("text", "head", "determiner"),
    [
        ("the keeper of the lamp", "keeper", 1),
        ("Her aunt, who had come at noon,", "aunt", 8),
        ("an old man", "man", 3),
        ("Ida Marsh's aunt", "aunt", len(DETERMINERS)),
        ("those people", "people", 2),
        ("Ida", "ida", 0),
        ("of", "of", 0),
        (",", "", 0),
    ],
)
def test_heads_and_determiners(text, head, determiner):
    assert (head_of(text), determiner_of(text)) == (head, determiner)


def test_heads_of_pairs():
    assert told("heads", 2, 0) == 1
    assert told("heads", 4, 0) == 3
    assert told("heads", 3, 0) == 0


def test_plurals_have_the_head_of_their_singular_but_are_not_the_same():
    some = facts((0, 1, "the boy", 1, -1, -1), (3, 4, "the boy", 1, -1, -1))._replace(plural=np.array([0, 1]))
    assert pair_facts(some, np.array([1]), np.array([0]))["heads"][0] == 2


@pytest.mark.parametrize(
    ("one", "other", "told"), [(3, 3, 1), (3, 4, 2), (-1, 3, 3), (-1, -1, 3), (-2, 3, 4), (-2, -1, 4), (-2, -2, 0)]
)
def test_owners_of_pairs(one, other, told):
    some = facts((0, 1, "her aunt", 1, -1, -1), (3, 4, "his aunt", 1, -1, -1))._replace(owner=np.array([other, one]))
    assert pair_facts(some, np.array([1]), np.array([0]))["owners"][0] == told
