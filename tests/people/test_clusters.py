from __future__ import annotations

from collections import Counter

import pytest

from fabula.people.naming.apart import Apart
from fabula.people.naming.clusters import group_names
from fabula.people.naming.gender import Votes
from fabula.people.naming.sketches import Sketch, pet_form, same_given, taken_apart


def groups(votes: Votes | None = None, apart: Apart | None = None, /, **counts: int) -> set[frozenset[str]]:
    named = {key.replace("_", " "): count for key, count in counts.items()}
    return {frozenset(form.key for form in sketch.forms) for sketch in group_names(named, votes or {}, apart)}


@pytest.mark.parametrize(
    ("key", "titles", "names"),
    [
        ("Mr. Hale", ("mr",), ("hale",)),
        ("Mister Hale", ("mr",), ("hale",)),
        ("Miss Ada Hale", ("miss",), ("ada", "hale")),
        ("Aunt Sarah", ("aunt",), ("sarah",)),
        ("Captain", ("captain",), ()),
        ("Queen of Spades", (), ("queen of spades",)),
        ("Ada", (), ("ada",)),
        ("Mr. van der Hale", ("mr",), ("van der hale",)),
        ("Mrs. Ada de la Mare", ("mrs",), ("ada", "de la mare")),
    ],
)
def test_a_name_is_taken_apart(key: str, titles: tuple[str, ...], names: tuple[str, ...]) -> None:
    form = taken_apart(key, 1)
    assert (form.titles, form.names) == (titles, names)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tess", "theresa", True),
        ("lizzy", "elizabeth", True),
        ("j", "john", True),
        ("ada", "anna", False),
        ("charlie", "charlotte", True),
        ("charles", "charlotte", False),
    ],
)
def test_given_names_that_may_be_one(one: str, other: str, same: bool) -> None:
    assert same_given(one, other) is same


@pytest.mark.parametrize(
    ("short", "full", "pet"),
    [("vicky", "victoria", False), ("octy", "octavia", True), ("manny", "manfred", False), ("ally", "al", False)],
)
def test_pet_forms(short: str, full: str, pet: bool) -> None:
    assert pet_form(short, full) is pet


def test_given_name_surname_and_title_are_one() -> None:
    assert groups(Ada_Hale=5, Ada=40, Miss_Hale=10) == {frozenset({"Ada Hale", "Ada", "Miss Hale"})}


def test_husband_and_wife_are_two() -> None:
    assert groups(Mr_Hale=10, Mrs_Hale=10) == {frozenset({"Mr Hale"}), frozenset({"Mrs Hale"})}


def test_a_mother_is_not_her_daughter() -> None:
    found = groups(Ada_Hale=9, Ada=30, Miss_Hale=5, Mrs_Hale=12)
    assert frozenset({"Mrs Hale"}) in found


def test_the_eldest_sister_is_miss_with_the_surname_alone() -> None:
    found = groups(Ada_Hale=9, Ada=30, Miss_Ruth_Hale=4, Ruth_Hale=2, Ruth=20, Miss_Hale=8)
    assert frozenset({"Ada Hale", "Ada", "Miss Hale"}) in found
    assert frozenset({"Miss Ruth Hale", "Ruth Hale", "Ruth"}) in found


def test_a_brother_told_apart_by_his_given_name_is_another() -> None:
    both = {frozenset(("Mr Hale", "Mr John Hale")): 2}
    found = groups(None, both, Mr_Hale=40, Mr_John_Hale=10, John_Hale=4)
    assert found == {frozenset({"Mr Hale"}), frozenset({"Mr John Hale", "John Hale"})}


def test_a_full_name_that_never_meets_the_short_one_is_politeness() -> None:
    assert len(groups(Mr_Hale=40, Mr_John_Hale=10, John_Hale=4)) == 1


def test_a_clergyman_is_mister_too_but_a_captain_is_not() -> None:
    assert groups(Reverend_John_Hale=2, Mr_Hale=40) == {frozenset({"Reverend John Hale", "Mr Hale"})}
    assert len(groups(Captain_John_Hale=2, Mr_Hale=40)) == 2


def test_a_captain_called_he_is_not_the_sister() -> None:
    votes = {"Captain Hale": Counter(male=8, female=1)}
    assert len(groups(votes, Captain_Hale=30, Fanny_Hale=2)) == 2
    assert len(groups(None, Captain_Hale=30, Fanny_Hale=2)) == 1


def test_a_surname_is_not_the_given_name_of_somebody_hardly_named() -> None:
    assert frozenset({"Ada Corder", "Corder"}) in groups(Ada_Corder=50, Corder=400, Corder_Blackwood=2)
    assert frozenset({"Corder Blackwood", "Corder"}) in groups(Ada_Corder=9, Corder=400, Corder_Blackwood=20)


def test_messrs_is_mister_of_each() -> None:
    assert groups(Messrs_Hale=5, Mr_Hale=9, Hale=21) == {frozenset({"Messrs Hale", "Mr Hale", "Hale"})}


def test_an_uncle_with_the_surname_does_not_own_it() -> None:
    found = groups(
        None, {frozenset(("Mr Hale", "Mr John Hale")): 9}, Mr_Hale=300, Mr_John_Hale=30, Uncle_Hale=1, Hale=27
    )
    assert frozenset({"Mr Hale", "Hale"}) in found


def test_two_rare_full_names_give_way_to_the_name_by_itself() -> None:
    assert frozenset({"Miss Ada", "Ada"}) in groups(Miss_Ada=76, Ada=28, Miss_Ada_Dell=2, Miss_Ada_Moor=2)


def test_two_names_and_the_same_with_a_surname_are_one() -> None:
    assert groups(Mary_Ann=17, Mary_Ann_Dill=3) == {frozenset({"Mary Ann", "Mary Ann Dill"})}


def test_a_king_of_old_lends_nobody_his_name() -> None:
    assert groups(Henry_Moor=9, Henry_II=1, Harry=200) == {
        frozenset({"Henry II"}),
        frozenset({"Henry Moor", "Harry"}),
    }


def test_granny_is_the_grandmother() -> None:
    assert groups(Grandmother=40, Granny=9, Grandmamma=3) == {frozenset({"Grandmother", "Granny", "Grandmamma"})}


def test_an_initial_is_no_number() -> None:
    assert groups(Anna_V=9, Anna=20) == {frozenset({"Anna V", "Anna"})}


def test_madam_by_itself_is_anybody() -> None:
    assert frozenset({"Mme"}) in groups(Mme=40, Mme_Dell=2)
    assert frozenset({"Mme", "Mme Dell"}) in groups(Mme=9, Mme_Dell=12)


def test_a_bare_surname_goes_to_the_man_known_by_it() -> None:
    assert frozenset({"Captain Hale", "Hale"}) in groups(Captain_Hale=20, Hale=10, Mrs_Hale=5)


def test_an_ambiguous_name_stays_apart() -> None:
    found = groups(Tom_Hale=10, Tom_Reed=10, Tom=8)
    assert frozenset({"Tom"}) in found


def test_hyphen_and_blank_are_one() -> None:
    assert groups(Jo_Jo=3, **{"Jo-Jo": 2}) == {frozenset({"Jo Jo", "Jo-Jo"})}


def test_two_people_named_in_one_breath_are_two() -> None:
    found = groups(Martha_Otto=1, Martha=20, Otto=20)
    assert frozenset({"Otto"}) in found


def test_a_title_alone_belongs_to_its_only_bearer() -> None:
    assert groups(Professor_Lund=12, Professor=5) == {frozenset({"Professor Lund", "Professor"})}


def test_votes_do_not_outweigh_a_given_name() -> None:
    sketches = group_names({"Ada": 5}, {"Ada": Counter(male=3)})
    assert [sketch.gender for sketch in sketches] == ["female"]


def test_an_initial_tells_nothing_without_the_surname() -> None:
    found = groups(**{"T_Hale": 4, "Tashet": 20, "Mr_Tenby": 6, "Tom_Hale": 3})
    assert frozenset({"T Hale", "Tom Hale"}) in found
    assert {frozenset({"Tashet"}), frozenset({"Mr Tenby"})} <= found


def test_two_pet_forms_of_one_name_are_two_people() -> None:
    assert groups(Lizzie_Moss=5, Lily=9) == {frozenset({"Lizzie Moss"}), frozenset({"Lily"})}
    assert groups(Lizzie_Moss=5, Lizzy=9) == {frozenset({"Lizzie Moss", "Lizzy"})}


def test_an_aunt_is_not_somebody_by_a_pet_form() -> None:
    found = groups(Kathleen_Orr=9, Aunt_Kate=8, Kate=5)
    assert found == {frozenset({"Kathleen Orr"}), frozenset({"Aunt Kate", "Kate"})}


def test_a_rare_full_name_of_two_known_ones_does_not_join_them() -> None:
    found = groups(John_Marsh=9, John=30, Hunter=20, John_Hunter=1)
    assert {frozenset({"Hunter"}), frozenset({"John Marsh", "John"})} <= found


def test_mistress_and_dialect_titles_are_titles() -> None:
    assert groups(Ada_Hale=9, Ada=30, Mistress_Ada=8) == {frozenset({"Ada Hale", "Ada", "Mistress Ada"})}
    assert groups(Tom_Hale=9, Tom=30, Mester_Tom=8) == {frozenset({"Tom Hale", "Tom", "Mester Tom"})}


def test_the_wife_is_the_one_called_in_full() -> None:
    found = groups(Susan_Moss=10, Susan=2, Martha_Moss=2, Martha=60, Mrs_Moss=12)
    assert frozenset({"Susan Moss", "Susan", "Mrs Moss"}) in found


def test_of_two_brothers_with_the_same_title_neither_takes_the_surname() -> None:
    found = groups(Mr_Hugh_Hale=2, Hugh=40, Mr_Ned_Hale=2, Ned=9, Mr_Hale=10)
    assert frozenset({"Mr Hale"}) in found


def test_a_rank_is_not_that_of_a_child_called_by_her_given_name() -> None:
    found = groups(Mary_Moss=5, Mary=60, Captain_Moss=3)
    assert {frozenset({"Mary Moss", "Mary"}), frozenset({"Captain Moss"})} == found


def test_a_name_that_stands_once_and_recalls_another_takes_no_title() -> None:
    found = groups(Jane_Orr=9, Jane=40, Miss_Jane_Moss=1, Miss_Moss=20)
    assert frozenset({"Miss Moss"}) in found


def test_nobody_is_sir_by_a_pet_form() -> None:
    found = groups(Sir_Thomas=30, Sir_Thomas_Hale=4, Tom=20, Tom_Hale=9)
    assert {frozenset({"Sir Thomas", "Sir Thomas Hale"}), frozenset({"Tom", "Tom Hale"})} <= found


def test_a_saint_is_nobody_of_that_name() -> None:
    assert frozenset({"St James"}) in groups(James_Hale=9, James=20, St_James=2)


def test_lady_and_surname_is_not_a_daughter() -> None:
    assert frozenset({"Lady Hale"}) in groups(Ada_Hale=3, Ada=40, Lady_Hale=20)


def test_a_name_that_stands_once_is_not_the_eldest() -> None:
    found = groups(Ada_Hale=9, Miss_Ada_Hale=5, Ada=60, Ruth_Hale=1, Miss_Hale=30)
    assert frozenset({"Ada Hale", "Miss Ada Hale", "Ada", "Miss Hale"}) in found


def test_many_pronouns_outvote_a_rare_title() -> None:
    rare, common = ([taken_apart("Miss Tib", times), taken_apart("Tib", 60)] for times in (1, 9))
    votes = Counter(male=20, female=3)
    assert [Sketch(forms, votes).gender for forms in (rare, common)] == ["male", "female"]


def test_a_surname_with_two_particles_makes_a_family() -> None:
    found = groups(**{"Mr_Piet_van_der_Loon": 2, "Mr_van_der_Loon": 9, "Mrs_van_der_Loon": 4})
    assert found == {frozenset(("Mr Piet van der Loon", "Mr van der Loon")), frozenset(("Mrs van der Loon",))}


def test_miss_is_the_aunt_where_the_eldest_stands_beside_that_name() -> None:
    counts = {"Ada Hale": 4, "Ada": 60, "Miss Sophia Hale": 4, "Miss Hale": 20}
    apart = {frozenset(("Ada", "Miss Hale")): 9}
    found = {frozenset(form.key for form in sketch.forms) for sketch in group_names(counts, {}, apart)}
    assert found == {frozenset(("Ada Hale", "Ada")), frozenset(("Miss Sophia Hale", "Miss Hale"))}


def test_one_spelling_of_title_and_surname_is_one_person() -> None:
    found = groups(Mrs_Hale=90, MRS_Hale=1, Ada_Hale=3, Ada=20, Una_Hale=3, Una=20)
    assert frozenset(("Mrs Hale", "MRS Hale")) in found
