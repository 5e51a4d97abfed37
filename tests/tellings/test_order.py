from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fabula.tellings.merging.order import order_events


def by_name(place):
    return place


def ordered(*strands, moved=None):
    return order_events(strands, moved or {}, by_name, [f"{side:02}" for side in range(len(strands))])


def test_one_strand_keeps_its_order():
    assert list(ordered([3, 1, 2]).sequence) == [3, 1, 2]


def test_strands_meet_where_they_share_events():
    found = ordered([0, 1, 2, 3], [10, 1, 11, 3])
    assert list(found.sequence) == [0, 10, 1, 2, 11, 3]
    assert found.after == {1: {0, 10}, 2: {1}, 11: {1}, 3: {2, 11}}
    assert not found.displaced


def test_a_moved_passage_goes_out_of_order_with_what_is_told_only_in_it():
    # The second telling remembers 0 and 1, and 9 between them, after 2 and 3.
    found = ordered([0, 1, 2, 3, 4], [2, 3, 0, 9, 1, 4], moved={(1, 0): 1, (1, 1): 1})
    assert found.displaced == {(1, 0), (1, 1)}
    assert found.after[9] == {0}
    assert found.after[1] == {0, 9}
    assert found.after[4] == {3}


def test_what_moved_without_contradiction_stays():
    found = ordered([0, 1], [5, 1], moved={(1, 1): 1})
    assert not found.displaced


def test_of_two_that_changed_places_the_weakest_place_is_given_up():
    found = ordered([0, 1], [1, 0])
    assert len(found.displaced) == 1
    assert found.displaced == {(1, 1)}


def test_as_few_places_as_possible_are_given_up():
    found = ordered([0, 1, 2, 3, 4, 5, 6, 7], [4, 0, 1, 2, 3, 5, 7, 6])
    assert {event for _, event in found.displaced} == {4, 6} or {event for _, event in found.displaced} == {4, 7}


def test_three_that_contradict_only_together_lose_one_place():
    found = ordered([0, 1], [1, 2], [2, 0])
    assert len(found.displaced) == 1


strands = st.lists(st.lists(st.integers(0, 12), unique=True), min_size=1, max_size=4)


@given(strands, st.data())
def test_the_order_has_no_cycle_and_keeps_every_event(strands, data):
    places = [(side, event) for side, strand in enumerate(strands) for event in strand]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    moved = {place: data.draw(st.integers(1, 2)) for place in chosen}
    found = ordered(*strands, moved=moved)
    at = {event: number for number, event in enumerate(found.sequence)}
    assert sorted(at) == sorted({event for strand in strands for event in strand})
    assert len(at) == len(found.sequence)
    assert all(at[before] < at[event] for event, every in found.after.items() for before in every)
    assert found.displaced <= set(places)


@given(strands)
def test_what_counts_is_in_the_order_of_its_telling(strands):
    found = ordered(*strands)
    at = {event: number for number, event in enumerate(found.sequence)}
    for side, strand in enumerate(strands):
        kept = [event for event in strand if (side, event) not in found.displaced]
        assert all(at[one] < at[other] for one, other in pairwise(kept))
    given_up = Counter(event for _, event in found.displaced)
    told = Counter(event for strand in strands for event in strand)
    assert all(given_up[event] < told[event] for event in told)


@given(st.permutations(range(8)))
def test_tellings_in_one_order_lose_nothing(events):
    assert not ordered(events, events[::2], events[1::2]).displaced
