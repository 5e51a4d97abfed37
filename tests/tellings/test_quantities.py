from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.spans import Span
from fabula.tellings.judging.quantities import find_quantities
from fabula.tellings.judging.told import told

WORDS = st.lists(
    st.sampled_from(
        "three and twenty hundred a half past to o'clock 1,500 3:30 dozen five-and-six £5 years , . one-eyed".split()
    ),
    max_size=9,
).map(" ".join)


def quantities(text):
    passage = told(text, [Span(0, len(text))])
    return [(passage.hull(each.places).of(text), each.kind, each.value) for each in find_quantities(passage)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("with twenty-five men", [("twenty-five", "number", 25)]),
        ("with five and twenty men", [("five and twenty", "number", 25)]),
        ("three hundred and ten goats", [("three hundred and ten", "number", 310)]),
        ("two thousand and one nights", [("two thousand and one", "number", 2001)]),
        (
            "four hundred threescore and ten thousand",
            [("four hundred threescore and ten thousand", "number", 470_000)],
        ),
        ("but 1,500 men and 12 more", [("1,500", "number", 1500), ("12", "number", 12)]),
        ("ten, eleven, gone", [("ten", "number", 10), ("eleven", "number", 11)]),
        ("half an hour, then a week", [("half an hour", "duration", 0.5), ("a week", "duration", 168)]),
        ("a purse of £5 or $20", [("5", "sum in pounds", 5), ("20", "sum in dollars", 20)]),
        ("in 1815 he came", [("1815", "year", 1815)]),
        ("at half past three", [("half past three", "clock time", 210)]),
        ("at a quarter to nine", [("quarter to nine", "clock time", 525)]),
        ("at 3:30, at five o'clock", [("3:30", "clock time", 210), ("five o'clock", "clock time", 300)]),
        ("the 21st, the twenty-first", [("21st", "ordinal", 21), ("twenty-first", "ordinal", 21)]),
        ("a ten-year-old boy", [("ten-year-old", "number of year-old", 10)]),
        ("no one, the one. One came", []),
        ("Chapter 3, page 4, verse 5", []),
        ("a man and an oar", []),
    ],
)
def test_what_a_number_says(text, expected):
    assert quantities(text) == expected


def test_what_is_only_near_the_truth_is_vague():
    passage = told(text := "about ten boats, two or three men", [Span(0, len(text))])
    assert [(each.value, each.vague) for each in find_quantities(passage)] == [(10, True), (2, True), (3, True)]


@given(WORDS)
def test_quantities_stand_in_order_and_apart(text):
    passage = told(text, [Span(0, len(text))])
    places = [each.places for each in find_quantities(passage)]
    assert all(len(each) > 0 and each.stop <= len(passage.words) for each in places)
    assert all(one.stop <= other.start for one, other in pairwise(places))
