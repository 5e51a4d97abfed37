"""Titles that stand below their number."""

from __future__ import annotations

import pytest

from fabula.story import Telling
from fabula.structure import find_structure

PROSE = "The boat lay on the sand and nobody came down to it until the evening, when the wind had dropped a little."


def titles(text: str) -> list[str]:
    return [chapter.title for chapter in find_structure(Telling("t", text))["chapters"] if chapter.level == "chapter"]


@pytest.mark.parametrize(
    "title", ["The Boat", "I Go to Sea", "I Strike a Light", "Hark!", "Who Comes There?", "Epilogue to a Storm"]
)
@pytest.mark.parametrize("number", ["{}", "CHAPTER {}"])
def test_a_title_below_a_number_belongs_to_it(title: str, number: str) -> None:
    heads = ("Sand and Wind", title, "The Way Back")
    text = "".join(f"{number.format(at)}\n\n{head}\n\n\n{PROSE}\n\n{PROSE}\n\n\n" for at, head in enumerate(heads, 1))
    assert titles(text) == [f"{number.format(at)} {head}" for at, head in enumerate(heads, 1)]


@pytest.mark.parametrize("first", ["Hark!", "Help! Help!", "I went."])
def test_a_first_line_that_stands_no_further_off_is_no_title(first: str) -> None:
    text = "".join(f"CHAPTER {at}\n\n{first}\n\n{PROSE}\n\n{PROSE}\n\n\n" for at in range(1, 4))
    assert titles(text) == ["CHAPTER 1", "CHAPTER 2", "CHAPTER 3"]


LETTER = "We have had nothing but rain here since you went, and the river stands in the garden up to the second step."


def novel(count: int, *, opening: str = "", head: str = "") -> str:
    """Return letters as they stand in a novel of letters."""
    salutations = ("Dear Nell:", "Dear Mr. Wren:", "My dear Sir,")
    return opening + "".join(
        f"{head}THE MILL,\n\nMay {at}.\n\n{salutations[at % 3]}\n\n{LETTER}\n\n“Wet,” said Tom.\n\nIDA.\n\n"
        for at in range(1, count + 1)
    )


def test_every_letter_of_a_novel_of_letters_is_a_scene() -> None:
    text = novel(9)
    found = find_structure(Telling("t", text))
    assert [text[scene.span.start :].split("\n\n")[:2] for scene in found["scenes"]] == [
        ["THE MILL,", f"May {at}."] for at in range(1, 10)
    ]
    assert {paragraph.kind for paragraph in found["paragraphs"]} == {"letter"}


@pytest.mark.parametrize(
    "text",
    [novel(5), novel(9, opening=f"{LETTER}\n\n"), novel(9, opening="CHAPTER 1\n\n") + f"CHAPTER 2\n\n{LETTER}\n\n"],
    ids=["a few letters", "a story with letters", "chapters"],
)
def test_letters_in_another_story_are_no_scenes(text: str) -> None:
    assert len(find_structure(Telling("t", text))["scenes"]) <= 2


def turns(*names: str, words: str = f"{PROSE} {PROSE}") -> str:
    """Return a story of which each part stands under a name."""
    return "".join(f"{name}\n\n{words}\n\n{words}\n\n" for name in names)


@pytest.mark.parametrize("names", [("MARA", "JOSS", "MARA", "JOSS"), ("Mara", "Joss", "Mara", "Joss")])
def test_names_that_take_turns_head_chapters(names: tuple[str, ...]) -> None:
    assert titles(turns(*names)) == [*names]


def test_journals_head_chapters_though_each_stands_once() -> None:
    assert titles(turns("MARA'S JOURNAL", "Dr. Pell's Diary")) == ["MARA'S JOURNAL", "Dr. Pell's Diary"]


def test_names_over_the_speeches_of_a_play_head_nothing() -> None:
    assert titles(turns("MARA", "JOSS", "MARA", "JOSS", words="I will not go.")) == [""]


def test_a_lone_name_or_two_head_nothing() -> None:
    assert titles(turns("Mara", "Joss", "Ines")) == [""]
