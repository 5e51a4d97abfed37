"""Headings, numbers, breaks and viewpoint headings, line by line."""

from __future__ import annotations

import pytest

from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.headings import is_title, parse_heading
from fabula.structure.numerals import parse_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("IV", 4),
        ("XCIX", 99),
        ("iiii", 4),
        ("17", 17),
        ("2nd", 2),
        ("Twenty-one", 21),
        ("forty second", 42),
        ("One hundred and two", 102),
        ("the Fourth", 4),
        ("last", None),
        ("", None),
    ],
)
def test_numbers(words: str, number: int | None) -> None:
    assert parse_number(words) == number


@pytest.mark.parametrize(
    ("words", "form", "number", "title"),
    [
        ("CHAPTER I.", "chapter", 1, ""),
        ("Chapter Twelve", "chapter", 12, ""),
        ("_Chapter XXX_", "chapter", 30, ""),
        ("CHAPTER I IN WHICH IT RAINS", "chapter", 1, "IN WHICH IT RAINS"),
        ("CHAPTER THE LAST", "chapter", None, ""),
        ("LETTER 1", "chapter", 1, ""),
        ("STAVE TWO: The Goose", "chapter", 2, "The Goose"),
        ("PART ONE--The Old Mill", "part", 1, "The Old Mill"),
        ("Book First", "part", 1, ""),
        ("SECOND PERIOD", "part", 2, ""),
        ("VOL. II.", "part", 2, ""),
        ("PROLOGUE", "special", None, ""),
        ("Epilogue: Morning", "special", None, "Morning"),
        ("IV", "bare", 4, ""),
        ("12.", "bare", 12, ""),
        ("_One_", "bare", 1, ""),
        ("II. The Mill", "numbered", 2, "The Mill"),
        ("III  The Ferry Comes In", "numbered", 3, "The Ferry Comes In"),
        ("TABLE OF CONTENTS", "front", None, ""),
        ("THE END", "end", None, ""),
        ("Author's Notes:", "note", None, ""),
        ("Summary:", "summary", None, ""),
        ("FOOTNOTES", "back", None, ""),
    ],
)
def test_headings(words: str, form: str, number: int | None, title: str) -> None:
    heading = parse_heading(words)
    assert heading is not None
    assert (heading.form, heading.number, heading.title) == (form, number, title)


@pytest.mark.parametrize(
    "words",
    [
        "Chapter two was found, and she glanced at it.",
        "Part of the wall fell down.",
        "I went home.",
        "Book I had read before, she said.",
        "The end of it all was near.",
        "Letter I wrote, letter he burnt",
        "3 men in a boat",
        "",
        "* * *",
    ],
)
def test_sentences_are_no_headings(words: str) -> None:
    assert parse_heading(words) is None


@pytest.mark.parametrize(
    "words", ["* * *", "***", "○ ○ ○ ○", "____", "~~~", "#", "⁂", "-----", "— — —", "oOo", "xXx", "-x-", ". . . . ."]
)
def test_breaks(words: str) -> None:
    assert is_break(words)


@pytest.mark.parametrize("words", ["", "-", "XXX", "I", "Oo", "...", "o", "boo", "* a footnote", "x", "?"])
def test_no_breaks(words: str) -> None:
    assert not is_break(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("[Ann Point Of View]", "Ann"),
        ("Ann's POV", "Ann"),
        ("**Ann Mill's P.O.V.**", "Ann Mill"),
        ("POV: Ann", "Ann"),
        ("ANNE’S POV:", "Anne"),
        ("(Tom’s perspective)", "Tom"),
        ("FROM THE POINT OF VIEW OF LADY ANN", "Lady Ann"),
        ("Switching to Tom's POV", "Tom"),
        ("Third Person POV", None),
        ("No one's POV", None),
    ],
)
def test_viewpoints(words: str, name: str | None) -> None:
    viewpoint = parse_viewpoint(words)
    assert viewpoint is not None
    assert viewpoint.name == name


@pytest.mark.parametrize("words", ["From her point of view it was a disaster.", "Ann", "[Ann]", "POV"])
def test_no_viewpoints(words: str) -> None:
    assert parse_viewpoint(words) is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("THE GOOSE", True),
        ("The Goose of the Mill", True),
        ("A Knock on the Half-open Door", True),
        ("The goose ran", False),
        ("He ran.", False),
        ("", False),
    ],
)
def test_titles(words: str, title: bool) -> None:
    assert is_title(words) is title
