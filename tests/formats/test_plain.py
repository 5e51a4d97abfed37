"""Plain text is the file, word for word."""

from __future__ import annotations

import pytest

from fabula.formats import plain
from fabula.formats.source import Source
from fabula.story import Mark


def test_text_is_the_file_with_line_ends_made_one() -> None:
    telling = plain.read(Source("dir/rain.txt", "One.\r\n\r\n“Two,” she said.\r".encode()))
    assert telling.name == "rain"
    assert telling.text == "One.\n\n“Two,” she said.\n"
    assert telling.metadata.format == "plain"
    assert telling.metadata.encoding == "utf-8"
    place = telling.source.place(telling.text.index("Two"))
    assert str(place) == "dir/rain.txt:3:2"
    assert place.character == 9


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("It was _so_ cold.", [("so", "italic")]),
        ("It was *so* cold.", [("so", "italic")]),
        ("It was **so** cold.", [("so", "bold")]),
        ("_over\ntwo lines_, he said", [("over\ntwo lines", "italic")]),
        ("* * *\n\n* * *", []),
        ("____\n\n____", []),
        ("snake_case_name and 2*3*4", []),
        ("an _open one\n\nand_ another", []),
        ("A note.*\n\n* The note* is here", []),
    ],
)
def test_emphasis(text: str, marks: list[tuple[str, str]]) -> None:
    telling = plain.read(Source("a.txt", text.encode()))
    assert telling.text == text
    assert [(mark.span.of(text), mark.kind) for mark in telling.marks] == marks


def test_marks_are_in_order() -> None:
    telling = plain.read(Source("a.txt", b"*one* _two_ *three*"))
    assert telling.marks == (Mark(1, 4, "italic"), Mark(7, 10, "italic"), Mark(13, 18, "italic"))
