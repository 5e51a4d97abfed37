from __future__ import annotations

from pathlib import Path

import pytest

from fabula.errors import InputError
from fabula.review import keepings
from fabula.story import Anchor, Mark, Metadata, SourceMap, Story, Telling


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def put(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()


def telling(name: str, file: str, form: str = "plain", document: str = "") -> Telling:
    marks = (Mark(0, 1, "document", document),) if document else ()
    return Telling(name, "a", marks, Metadata(format=form), SourceMap((Anchor(0, file, 1, 1),)))


def test_answers_stand_beside_the_text_and_in_the_folder_of_a_book() -> None:
    put("one/a.txt", "book/1.txt", "book/2.txt")
    found = keepings(Story((telling("a", "one/a.txt"), telling("book", "book/1.txt"))), ["one/a.txt", "book"])
    assert [(str(one.file), one.shared) for one in found] == [
        (str(Path("one/corrections.toml")), False),
        (str(Path("book/corrections.toml")), False),
    ]


@pytest.mark.parametrize(("beside", "shared"), [("b.epub", True), ("b.fabula", False), ("fabula.toml", False)])
def test_another_text_beside_it_shares_the_file(beside, shared) -> None:
    put("a.txt", beside)
    assert [one.shared for one in keepings(Story((telling("a", "a.txt"),)), ["a.txt"])] == [shared]


@pytest.mark.parametrize(
    ("made_of", "text"),
    [
        (telling("a", "old/a.txt"), "old/a.txt"),
        (telling("a", "a.txt"), "kept/a.txt"),
        (telling("night", "OEBPS/ch1.xhtml", "epub"), "kept/night.epub"),
    ],
)
def test_the_text_of_a_story_file_is_found_from_here_or_beside_it(made_of, text) -> None:
    put(text)
    (one,) = keepings(Story((made_of,)), ["kept/s.fabula"], opened=True)
    assert one.text == Path(text)
    assert one.file == Path(text).parent / "corrections.toml"


def test_the_folder_of_a_story_file_holds_its_answers() -> None:
    put("book/part/1.txt")
    made_of = telling("book", "book/part/1.txt", document="part/1.txt")
    (one,) = keepings(Story((made_of,)), ["s.fabula"], opened=True)
    assert (one.text, one.file) == (Path("book"), Path("book/corrections.toml"))


def test_a_text_that_is_gone_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"s\.fabula: the text of “a” is not where it was read") as told:
        keepings(Story((telling("a", "old/a.txt"),)), ["s.fabula"], opened=True)
    assert "fabula review NOVEL.txt" in str(told.value)
