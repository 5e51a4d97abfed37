import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.spans import Span
from fabula.tellings.collation.words import word_changes

WORDS = st.lists(st.sampled_from(["a", "A", "the", "boat", "don't", ",", ".", "”", '"', "—"]), max_size=14).map(
    " ".join
)


def changes(a, b):
    found = word_changes(a, [Span(0, len(a))], b, [Span(0, len(b))])
    return [(each.a.of(a) if each.a else "", each.b.of(b) if each.b else "", each.kind) for each in found]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("We can go.", "We'll go.", [("We can", "We'll", "wording")]),
        ("I just hit a wall", "I hit a wall", [("just", "", "missing")]),
        ("She sat.", "She sat down.", [("", "down", "added")]),
        ("And they came", "They came", [("And", "", "missing"), ("they", "They", "case")]),
        ("Wait, no!", "Wait no!", [(",", "", "punctuation")]),
        ("“Go,” he said.", '"Go," he said.', []),
        ("Octavia!", "Octavi-", [("Octavia", "Octavi", "wording")]),
        ("isn’t it", "isn't it", []),
        ("one two three four", "four one two three", [("", "four", "added"), ("four", "", "missing")]),
    ],
)
def test_what_differs(a, b, expected):
    assert changes(a, b) == expected


def test_passages_of_several_stretches_are_one():
    a, b = "Go now. XX Or never.", "Go now. Or ever."
    found = word_changes(a, [Span(0, 7), Span(11, 20)], b, [Span(0, 16)])
    assert [(each.a.of(a), each.b.of(b)) for each in found] == [("never", "ever")]


def test_long_passages_without_a_single_word_in_common_once_are_given_up_whole():
    a, b = "x y " * 600, "y x " * 600
    assert len(changes(a, b)) <= 3


@given(WORDS)
def test_nothing_differs_from_itself(text):
    assert changes(text, text) == []


@given(WORDS, WORDS)
def test_the_words_that_stay_are_the_same_on_both_sides(a, b):
    found = word_changes(a, [Span(0, len(a))], b, [Span(0, len(b))])
    differing = [each for each in found if each.kind != "case"]
    rest = [
        _without(text, [span for each in differing if (span := getattr(each, side))])
        for text, side in ((a, "a"), (b, "b"))
    ]
    assert rest[0] == rest[1]


def _without(text, spans):
    kept = [char if not any(span.has(at) for span in spans) else " " for at, char in enumerate(text)]
    words = "".join(kept).replace("”", '"').casefold().split()
    return [word for word in words if word[0].isalnum()]
