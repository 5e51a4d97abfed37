"""Headings that hold a name, and whether that is who tells."""

from __future__ import annotations

import pytest

from fabula.lexicon.tellers import headed_by, told_by
from fabula.people.naming.headed import tellers
from fabula.people.page import read_page
from fabula.spans import Span
from tests.people.small import told


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("MARA", "Mara"),
        ("Chapter 3: Tom", "Tom"),
        ("Part Two: Ines", "Ines"),
        ("II. Tom", "Tom"),
        ("Nora, 1931", "Nora"),
        ("Mara \N{EM DASH} June", "Mara"),
        ("Tom's Story", "Tom"),
        ("DR. PELL'S DIARY (continued)", "Dr. Pell"),
        ("MR. FINCH", "Mr. Finch"),
        ("Chapter One", None),
        ("IV", None),
        ("The End", None),
        ("Chorus", None),
        ("My Story", None),
        ("CHAPTER X The Storm", None),
    ],
)
def test_the_name_in_a_heading(heading: str, name: str | None) -> None:
    assert headed_by(heading) == name


def test_whose_story_it_is() -> None:
    assert told_by("TOM'S STORY") == "Tom"
    assert told_by("Tom") is None


TOM = "I had my coat and my hat. I went out, and I saw Lena on my step.\n\n"
LENA = "I had my book. I sat on his step, and I read in my book till Tom came out to me.\n\n"


def found(*parts: str) -> frozenset[str]:
    """Return who tells where the parts stand under Tom and Lena in turn."""
    telling = told("".join(parts))
    ends = [sum(map(len, parts[: at + 1])) for at in range(len(parts))]
    spans = [Span(end - len(part), end) for part, end in zip(parts, ends, strict=True)]
    heads = [("Tom", "Lena")[at % 2] for at in range(len(parts))]
    return tellers(read_page(telling), spans, heads, [True] * len(parts))


def test_each_tells_under_their_own_name() -> None:
    assert found(TOM, LENA) == {"Tom", "Lena"}


def test_of_whom_the_narration_tells_is_not_who_tells() -> None:
    assert found(LENA, TOM) == frozenset()


def test_one_alone_takes_no_turns() -> None:
    assert found(TOM) == frozenset()
