from collections import Counter

import pytest

from benchmarks.reasons import People, Turn, reason_of
from fabula.spans import Span

PEOPLE = People(
    votes={
        "tom": Counter(p0=9),
        "weir": Counter(p0=4, p1=3),
        "ned": Counter(p2=5),
        "mr-ned": Counter(p2=2),
        "ida": Counter(p4=6),
        "fox": Counter(p6=8, p2=1),
    },
    home={"tom": "p0", "weir": "p0", "ned": "p2", "mr-ned": "p2", "ida": "p4", "fox": "p6"},
    answers={"tom": "p0", "ned": "p2", "ida": "p5"},
)
TURN = Turn((Span(0, 4),), "none", ("tom", "ned"))


@pytest.mark.parametrize(
    ("gold", "ours", "reason"),
    [
        ("p0", None, "nobody named"),
        ("p0", "weir", "split"),  # tom stands for p0 too
        ("p4", "ida", "merged"),  # she mostly speaks as p5
        ("p1", "tom", "merged"),  # p1 is hidden in weir
        ("p2", "fox", "merged"),  # one in eight of p2's names is the fox's
        ("p3", "tom", "not in our cast"),
        ("p0", "the-man", "described"),
        ("p0", "ned", "choice"),
        ("p4", "ned", "no candidate"),
    ],
)
def test_the_first_thing_that_went_wrong_is_told(gold, ours, reason):
    assert reason_of(PEOPLE, gold, ours, TURN, found=True) == reason


def test_what_is_not_found_comes_before_all_else():
    assert reason_of(PEOPLE, "p3", None, None, found=False) == "not found"
