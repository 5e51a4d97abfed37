"""Project Gutenberg's header and licence. All texts here are made up."""

from __future__ import annotations

import pytest

from fabula.formats import detect, gutenberg
from fabula.formats.source import Source

NEW = """The Project Gutenberg eBook of The Lamp

Title: The Lamp
        And What It Saw

Author: Ada Wick

Release date: May 1, 2001 [eBook #99999]

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Produced by two people
and a cat

THE LAMP

It was _dark_.

*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Section 1. You may *copy* it.
"""

OLD = """The Project Gutenberg Etext of The Lamp, by Ada Wick

Please read this.

*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*

It was dark.

End of the Project Gutenberg Etext of The Lamp
"""


def licences(text: str) -> list[str]:
    telling = gutenberg.read(Source("lamp.txt", text.encode()))
    assert telling.text == text
    return [mark.span.of(text) for mark in telling.marks if mark.kind == "licence"]


def test_header_credits_and_licence_are_set_apart() -> None:
    head, tail = licences(NEW)
    assert head.startswith("The Project")
    assert head.endswith("and a cat\n")
    assert tail.startswith("*** END OF")
    assert tail.endswith("copy* it.\n")
    assert NEW.removeprefix(head).removesuffix(tail).strip() == "THE LAMP\n\nIt was _dark_."


def test_small_print() -> None:
    head, tail = licences(OLD)
    assert head.endswith("Ver.04.29.93*END*\n")
    assert tail == "End of the Project Gutenberg Etext of The Lamp\n"


def test_metadata() -> None:
    new = gutenberg.read(Source("lamp.txt", NEW.encode())).metadata
    assert (new.title, new.author, new.language) == ("The Lamp And What It Saw", "Ada Wick", "en")
    assert new.more == (("release date", "May 1, 2001 [eBook #99999]"),)
    old = gutenberg.read(Source("lamp.txt", OLD.encode())).metadata
    assert (old.title, old.author, old.language) == ("The Lamp", "Ada Wick", "")


def test_emphasis_is_marked_in_the_book_alone() -> None:
    telling = gutenberg.read(Source("lamp.txt", NEW.encode()))
    assert [mark.span.of(NEW) for mark in telling.marked("italic")] == ["dark"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NEW, "gutenberg"),
        (OLD.replace("\n", "\r\n"), "gutenberg"),
        ("She read a Project Gutenberg ebook on the train.\n", "plain"),
        ("*** START OF THE RACE ***\n\nThey ran.\n", "plain"),
    ],
)
def test_detection(text: str, name: str) -> None:
    assert detect(Source("lamp.txt", text.encode())).name == name


def test_a_text_without_an_end_is_a_book_to_its_end() -> None:
    (head,) = licences(NEW[: NEW.index("*** END")])
    assert head.endswith("and a cat\n")


def test_asterisks_around_the_first_line_are_no_part_of_the_name() -> None:
    old = OLD.replace(
        "The Project Gutenberg Etext of The Lamp, by Ada Wick",
        "***The Project Gutenberg Etext of The Lamp, by Ada Wick***",
    )
    metadata = gutenberg.read(Source("lamp.txt", old.encode())).metadata
    assert (metadata.title, metadata.author) == ("The Lamp", "Ada Wick")
