from __future__ import annotations

from collections import Counter

from fabula.people.naming.apart import are_two, told_apart
from fabula.people.naming.clusters import group_names
from fabula.people.naming.names import name_spots
from fabula.people.naming.sketches import taken_apart
from fabula.people.page import read_page
from tests.people.small import told


def pairs(text: str) -> dict[frozenset[str], int]:
    page = read_page(told(text))
    return dict(told_apart(page, name_spots(page)))


def test_two_names_in_one_sentence_are_counted() -> None:
    assert pairs("Then Ada laughed at Mrs. Hale for a while.") == {frozenset({"Ada", "Mrs Hale"}): 1}


def test_names_said_to_be_one_and_names_of_two_sentences_are_not() -> None:
    assert pairs("There stood Ada, or Mrs. Hale. So Ada was Mrs. Hale. We met Ada. Then Mrs. Hale left.") == {}


def test_a_title_alone_may_stand_beside_its_bearer() -> None:
    apart = Counter({frozenset({"Captain", "Captain Hale"}): 9})
    assert not are_two(taken_apart("Captain", 9), [taken_apart("Captain Hale", 9)], apart)


def test_a_mother_who_stands_beside_her_daughter_is_another() -> None:
    counts = {"Ada Hale": 5, "Ada": 30, "Mrs Hale": 9}
    together = [sketch for sketch in group_names(counts, {}) if len(sketch.forms) == 3]
    assert together
    parted = group_names(counts, {}, Counter({frozenset({"Ada", "Mrs Hale"}): 3}))
    assert sorted(len(sketch.forms) for sketch in parted) == [1, 2]


def test_two_who_speak_in_turn_or_of_each_other_are_counted() -> None:
    text = '"Where is Otto?" said Ada.\n\n"Here," said Karl.'
    assert pairs(text) == {frozenset({"Ada", "Otto"}): 1, frozenset({"Ada", "Karl"}): 2}
