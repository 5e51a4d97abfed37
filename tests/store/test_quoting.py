from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from fabula.spans import Span
from fabula.store import Entry, match_corrections, quoting
from fabula.story import Telling


def lines(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"“[^”]*”", text)]


def test_a_line_that_stands_once_is_quoted_without_its_marks() -> None:
    telling = Telling("t", "He rose. “Give me\nthe key, then!” She did.")
    assert quoting(telling, lines(telling.text), "speaker", name="Tom") == Entry(
        "speaker", "Give me the key, then!", name="Tom"
    )


def test_a_long_line_is_quoted_by_its_first_words() -> None:
    telling = Telling("t", f"“{' '.join(f'word{number}' for number in range(200))}.”")
    entry = quoting(telling, lines(telling.text), "not_speech")
    assert entry is not None
    assert entry.quoted.split() == [f"word{number}" for number in range(12)]


def test_more_words_are_quoted_where_the_first_stand_elsewhere() -> None:
    same = " ".join(f"word{number}" for number in range(15))
    telling = Telling("t", f"“{same} one.” “{same} two.”")
    for line, last in zip(lines(telling.text), ("one.", "two."), strict=True):
        entry = quoting(telling, [line], "speaker", name="Tom")
        assert entry is not None
        assert entry.quoted.endswith(last)
        assert entry.context == ""


def test_words_around_tell_a_line_that_stands_twice() -> None:
    telling = Telling("t", "He knocked. “No.” The bell rang. “No.” She laughed.")
    entries = [quoting(telling, [line], "speaker", name="Tom") for line in lines(telling.text)]
    assert [entry.quoted for entry in entries if entry] == ["No.", "No."]
    assert entries[0] != entries[1]


def test_capitals_and_marks_are_enough() -> None:
    telling = Telling("t", "“No!” he said. “No,” she said.")
    entries = [quoting(telling, [line], "speaker", name="Tom") for line in lines(telling.text)]
    assert [(entry.quoted, entry.context) for entry in entries if entry] == [("No!", ""), ("No,", "")]


def test_where_nothing_tells_it_apart_there_is_no_entry() -> None:
    telling = Telling("t", "“Left.” “Right.” " * 400)
    assert quoting(telling, [lines(telling.text)[400]], "speaker", name="Tom") is None
    assert quoting(Telling("t", "“—!”"), [Span(0, 4)], "speaker", name="Tom") is None


def test_an_entry_may_be_for_one_telling_alone() -> None:
    entry = quoting(Telling("night", "“No.”"), [Span(0, 5)], "speaker", name="Tom", only=True)
    assert entry == Entry("speaker", "No.", name="Tom", telling="night")


@given(st.lists(st.sampled_from(["“No.”", "“Yes.”", "“no”", "“No, no.”", "He", "rose.", "\n\n"]), min_size=1))
def test_an_entry_falls_on_its_line_or_there_is_none(parts: list[str]) -> None:
    telling = Telling("t", " ".join(parts))
    for line in lines(telling.text):
        entry = quoting(telling, [line], "speaker", name="Tom")
        if entry is not None:
            (correction,) = match_corrections([entry], telling)
            assert correction.span is not None
            assert line.holds(correction.span)
