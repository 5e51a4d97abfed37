"""Title and author from the top of a plain text."""

from __future__ import annotations

import pytest

from fabula.story import Mark, Telling
from fabula.structure import find_title

BODY = "\n\n\nCHAPTER I\n\nThe ferry came late that evening, and nobody was on it.\n"


@pytest.mark.parametrize(
    ("top", "title", "author"),
    [
        ("THE GOOSE\n\nBy Ann Mill", "THE GOOSE", "Ann Mill"),
        ("The Goose\n\n\nby\n\nAnn Mill", "The Goose", "Ann Mill"),
        ("The Goose\n\nOR\nTHE FERRYMAN'S BOY\n\nby Ann de Mill", "The Goose", "Ann de Mill"),
        ("The Goose, by Ann Mill", "The Goose", "Ann Mill"),
        ("THE GOOSE\n\n(1901)\n\nBy A. B. Mill", "THE GOOSE", "A. B. Mill"),
        ("Title: The Goose\nAuthor: Ann Mill", "The Goose", "Ann Mill"),
        ("THE GOOSE", "THE GOOSE", ""),
    ],
)
def test_title_pages(top: str, title: str, author: str) -> None:
    assert find_title(Telling("t", top + BODY)) == (title, author)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PART ONE\n\nThe Old Mill" + BODY,
        "The ferry came late.\n\nNobody was on it.\n",
        '"Stop!" She Cried\n\n\n\nHe did.\n',
    ],
)
def test_texts_without_a_title(text: str) -> None:
    assert find_title(Telling("t", text)) == ("", "")


PROSE = "The ferry came late that evening, and nobody was on it; nobody had been asked to wait for it, either."


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("THE GOOSE: A SECOND TELLING\n\n[Ann Mill’s Point of View]", "THE GOOSE: A SECOND TELLING"),
        ("The Goose Again\n\nAnn’s POV", "The Goose Again"),
        ("THE GOOSE: A THIRD TELLING\n\nAnn, Ten Years After", "THE GOOSE: A THIRD TELLING"),
        ("THE GOOSE", "THE GOOSE"),
        ("The Goose", ""),
        ("The Goose\n\nAnn, Ten Years After", ""),
    ],
)
def test_a_lone_title_is_in_capitals_or_stands_over_a_viewpoint(top: str, title: str) -> None:
    assert find_title(Telling("t", f"{top}\n\n{PROSE}\n")) == (title, "")


def test_capitals_that_stand_over_one_piece_of_several_are_no_title() -> None:
    text = f"THE GOOSE\n\n{PROSE}\n\nTHE FERRYMAN\n\n{PROSE}\n"
    assert find_title(Telling("t", text)) == ("", "")


def test_a_licence_before_the_title_is_passed_over() -> None:
    text = "FREE FOR ALL\n\nTHE GOOSE\n\nby Ann Mill" + BODY
    assert find_title(Telling("t", text, (Mark(0, 14, "licence"),))) == ("THE GOOSE", "Ann Mill")
