"""Records of records as JSON: read back equal, whatever fields come or go, and nothing odd is let in."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings

from fabula.spans import Span
from fabula.store.encoding import decoded, encoded
from fabula.story import Alignment, Link
from tests.store.small import small_alignment
from tests.store.stories import records


@dataclass(frozen=True)
class Pair:
    """A record as another version might have it."""

    a: Span
    names: tuple[str, int]
    more: tuple[Span, ...] = ()
    sure: float | None = None


PAIR = '{"a":[0,2],"names":["x",1]}'


@given(records(Alignment))
@settings(deadline=None, max_examples=60)
def test_an_alignment_is_read_back_equal(alignment: Alignment) -> None:
    assert decoded(Alignment, encoded(alignment)) == alignment


def test_what_has_its_default_is_left_out() -> None:
    plain = json.loads(encoded(small_alignment()))["links"][1]
    assert set(plain) == {"a", "b", "relation"}
    assert encoded(Pair(Span(0, 2), ("x", 1))) == PAIR


def test_a_field_that_came_later_has_its_default_and_one_that_is_unknown_is_passed_over() -> None:
    assert decoded(Pair, PAIR) == Pair(Span(0, 2), ("x", 1))
    assert decoded(Pair, PAIR[:-1] + ',"people":[["Ann","Anna"]],"sure":1}') == Pair(Span(0, 2), ("x", 1), sure=1.0)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("[]", "is no Pair"),
        ('{"a":[0,2]}', "lacks names"),
        ('{"a":[0],"names":["x",1]}', "is no Span"),
        ('{"a":[0,2.5],"names":["x",1]}', "is no Span"),
        ('{"a":[0,true],"names":["x",1]}', "is no Span"),
        ('{"a":[0,2],"names":["x"]}', "is no tuple"),
        ('{"a":[0,2],"names":["x","1"]}', "is no int"),
        ('{"a":[0,2],"names":["x",1],"more":{}}', "is no tuple"),
        ('{"a":[0,2],"names":["x",1],"sure":"much"}', "is no float"),
        ('{"a":[0,2],"names":["x",1],"sure":NaN}', "NaN is no number"),
        ('{"a":[0,2],"names":["x",1],"sure":1e999}', "is no float"),
        ('{"a":', "Expecting value"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(words: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        decoded(Pair, words)


def test_a_choice_is_one_of_those_there_are() -> None:
    with pytest.raises(ValueError, match="is no"):
        decoded(Link, '{"a":[[0,1]],"b":[[0,1]],"relation":"cousin"}')


def test_a_field_that_cannot_be_written_is_named() -> None:
    @dataclass(frozen=True)
    class Odd:
        colours: set[str]

    with pytest.raises(TypeError, match="set"):
        decoded(Odd, "{}")
