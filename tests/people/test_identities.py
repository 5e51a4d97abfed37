from __future__ import annotations

from fabula.people.cast.casting import people_spots
from fabula.people.naming.clusters import group_names
from fabula.people.naming.identities import identified
from fabula.people.page import read_page
from tests.people.small import told


def people(text: str) -> set[frozenset[str]]:
    page = read_page(told(text))
    spots = people_spots(page, (), ())
    counts = {spot.key: sum(other.key == spot.key for other in spots) for spot in spots}
    return {
        frozenset(form.key for form in sketch.forms) for sketch in identified(page, spots, group_names(counts, {}))
    }


ASKED = '"Are you well, Miss Brand?" said Otto.\n\n"I am," said Vera.\n\nThe clock struck.\n\nIt rained.\n\n'
REFUSED = '"No, Miss Brand," said Otto.\n\n"I am not," said Otto.\n\nThe clock struck.\n\nIt rained.\n\n'


def test_who_answers_to_a_name_bears_it() -> None:
    assert frozenset({"Vera", "Miss Brand"}) in people(ASKED * 3)


def test_twice_is_chance() -> None:
    assert frozenset({"Vera"}) in people(ASKED * 2)


def test_who_speaks_of_somebody_is_another() -> None:
    other = '"I saw Miss Brand," said Vera.\n\n"Did you?" said Otto.\n\nThe clock struck.\n\nIt rained.\n\n'
    assert frozenset({"Vera"}) in people(ASKED * 3 + other * 3)


def test_other_given_names_are_other_people() -> None:
    assert frozenset({"Vera"}) in people(ASKED.replace("Miss Brand", "Ruth") * 3)


def test_nobody_answers_where_the_same_one_goes_on() -> None:
    assert frozenset({"Otto"}) in people(REFUSED * 4)


def test_an_alias_that_the_text_states() -> None:
    found = people(
        "Then came Otto Brand, alias Karl Lund, and Otto Brand sat down. Otto Brand laughed. Karl Lund smiled."
    )
    assert frozenset({"Otto Brand", "Karl Lund"}) in found
    assert (
        len(people("There came Otto Brand or Karl Lund. Otto Brand sat. Otto Brand laughed. Karl Lund smiled.")) == 2
    )


def test_twice_is_enough_for_an_aunt() -> None:
    asked = (
        '"Are you well, Aunt Celia?" said Otto.\n\n"I am," said Mrs. Brand.\n\nThe clock struck.\n\nIt rained.\n\n'
    )
    assert frozenset({"Mrs Brand", "Aunt Celia"}) in people(asked * 2)


def test_papa_is_the_father_of_those_who_call_him_so() -> None:
    called = '"Look, Papa!" said Vera Brand.\n\nMr. Brand looked up.\n\nThe clock struck.\n\nIt rained.\n\n'
    assert frozenset({"Mr Brand", "Papa"}) in people(called * 2)


def test_papa_is_nobody_where_one_call_is_all_there_is() -> None:
    called = '"Look, Papa!" said Vera Brand.\n\nMr. Brand looked up.\n\nThe clock struck.\n\nIt rained.\n\n'
    assert frozenset({"Mr Brand"}) in people(called)
