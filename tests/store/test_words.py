from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.store.words import has_shape, index_words, looks_same


def found(text: str, phrase: str) -> list[str]:
    return [span.of(text) for span in index_words(text).find(phrase)]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("He said: “I never\n  said that.”", '"i NEVER said that"', ["I never\n  said that"]),
        ("It’s Anna's.", "it's anna", ["It’s Anna"]),
        ("_Never_ say—never, she said.", "never say -- never", ["Never_ say—never"]),
        ("« Où es-tu ? » dit-elle.", "où es tu", ["Où es-tu"]),
        ("Cafe\u0301 noir", "café NOIR", ["Cafe\u0301 noir"]),
        ("a soft\u00adened word", "softened", ["soft\u00adened"]),
        ("die Straße", "DIE STRASSE", ["die Straße"]),
        ("the ﬁrst", "first", ["ﬁrst"]),
        ("「私は言わなかった」", "言わなかった", ["言わなかった"]),
        ("she nevertheless", "never", []),
        ("no no no", "no no", ["no no", "no no"]),
        ("anything", "…", []),
        ("", "word", []),
    ],
)
def test_words_are_found_whatever_stands_between_them(text, phrase, expected) -> None:
    assert found(text, phrase) == expected


BETWEEN = st.text(" \n\t,.!?;:-—–…“”‘’\"'«»_*", min_size=1, max_size=4)
WORD = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=6)


@given(st.data())
def test_a_phrase_is_found_in_any_wrapping_and_typesetting(data) -> None:
    words = data.draw(st.lists(WORD, min_size=1, max_size=12))
    low = data.draw(st.integers(0, len(words) - 1))
    high = data.draw(st.integers(low + 1, len(words)))
    text = "".join(data.draw(BETWEEN) + word for word in words) + data.draw(BETWEEN)
    phrase = "".join(data.draw(BETWEEN) + word for word in words[low:high])
    starts = [span.start for span in index_words(text).find(phrase)]
    at, place = 0, None
    for number, word in enumerate(words[: low + 1]):
        at = text.index(word, at)
        if number == low:
            place = at
        at += len(word)
    assert place in starts


@given(st.text(), st.text(max_size=8))
def test_every_place_found_holds_the_words_asked_for(text, phrase) -> None:
    wanted = index_words(phrase).folded
    for span in index_words(text).find(phrase):
        assert index_words(span.of(text)).folded == wanted


def test_the_very_letters_and_marks_tell_like_places_apart() -> None:
    assert [has_shape(phrase) for phrase in ("No", "no!", "“no”", "no", "don't no-one")] == [True] * 3 + [False] * 2
    text = "“No!” he said. “No,” she said. no"
    places = index_words(text).find("no")
    assert [looks_same("No!", text, place) for place in places] == [True, False, False]
    assert [looks_same('"No,"', text, place) for place in places] == [False, True, False]
    assert [looks_same("no", text, place) for place in places] == [False, False, True]
