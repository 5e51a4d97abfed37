"""From arguments to tellings."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from fabula.errors import ConfigError, FabulaError, InputError
from fabula.formats import source
from fabula.formats.gather import gather, takes_part
from fabula.story import Telling
from tests.formats.samples import zipped


def nothing() -> bytes:
    raise AssertionError("standard input was read unasked")


def one(path: Path) -> Telling:
    (telling,) = gather([path], nothing)
    return telling


def write(folder: Path, **files: str) -> None:
    for name, words in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")


def test_each_argument_is_a_telling_and_names_differ(tmp_path: Path) -> None:
    write(tmp_path, a__story_txt="One.", b__story_md="# Two", c_txt="Three.")
    paths = [
        tmp_path / "a/story.txt",
        str(tmp_path / "b/story.md"),
        "-",
        tmp_path / "c.txt",
        tmp_path / "a/story.txt",
    ]
    tellings = gather(paths, lambda: b"Four.")
    assert [telling.name for telling in tellings] == ["story", "story-2", "stdin", "c", "story-3"]
    assert [telling.text for telling in tellings] == ["One.", "Two", "Four.", "Three.", "One."]
    assert str(tellings[2].source.place(0)) == "<stdin>:1:1"


def test_a_folder_is_one_telling_in_natural_order(tmp_path: Path) -> None:
    book = tmp_path / "book"
    write(book, chapter10_txt="Ten.\n", chapter2_txt="_Two._\r\n", Chapter1_md="# One", part3__a_txt="Last.")
    write(book, corrections_toml="", cover_png="x", story_fabula="x", _hidden="x", _git__config="x")
    telling = one(book)
    assert telling.name == "book"
    assert telling.text == "One\n\n_Two._\n\n\nTen.\n\n\nLast."
    documents = [(mark.value, mark.span.of(telling.text)) for mark in telling.marked("document")]
    assert documents == [
        ("Chapter1.md", "One"),
        ("chapter2.txt", "_Two._\n"),
        ("chapter10.txt", "Ten.\n"),
        ("part3/a.txt", "Last."),
    ]
    assert [mark.span.of(telling.text) for mark in telling.marked("italic")] == ["Two."]
    place = telling.source.place(telling.text.index("Ten"))
    assert str(place) == f"{book / 'chapter10.txt'}:1:1"
    assert telling.metadata.format == "mixed"


@pytest.mark.parametrize("ask", ["", "fabula.toml"])
def test_settings_name_title_author_and_chapters(tmp_path: Path, ask: str) -> None:
    write(tmp_path, z_txt="First.", a_txt="Second.", b_txt="Never.")
    write(tmp_path, fabula_toml='title = "Lamp"\nauthor = "Ada"\nchapters = ["z.txt", "a.txt"]\n')
    telling = one(tmp_path / ask)
    assert telling.text == "First.\n\nSecond."
    assert (telling.metadata.title, telling.metadata.author) == ("Lamp", "Ada")


def test_metadata_on_which_all_files_agree_is_kept(tmp_path: Path) -> None:
    write(
        tmp_path, a_md="---\ntitle: Lamp\nauthor: Ada\n---\n\nOne.", b_md="---\ntitle: Lamp\nauthor: Bo\n---\n\nTwo."
    )
    metadata = one(tmp_path).metadata
    assert (metadata.title, metadata.author, metadata.format) == ("Lamp", "", "markdown")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("chapers = []", "Did you mean 'chapters'"),
        ("titel = 'x'\n", "Known are title, author, chapters"),
        ("title = 3", "'title' must be words"),
        ("chapters = 'a.txt'", "list of file names"),
        ("chapters = []", "list of file names"),
        ("chapters = ['a.txt', 'a.txt']", "listed twice"),
        ("chapters = ['aa.txt']", "there is no file 'aa.txt'. Did you mean 'a.txt'"),
        ("chapters = [", "not valid TOML"),
    ],
)
def test_settings_that_cannot_be_understood(tmp_path: Path, settings: str, message: str) -> None:
    write(tmp_path, a_txt="One.", fabula_toml=settings)
    with pytest.raises(ConfigError, match=message) as refused:
        one(tmp_path)
    assert str(tmp_path / "fabula.toml") in str(refused.value)


def test_contents_decide_where_a_name_is_wrong(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("It rained.")
    document.save(str(tmp_path / "rain.epub"))
    write(tmp_path, page_txt="<!DOCTYPE html><html><body><p>It <em>rained</em>.</p></body></html>")
    write(tmp_path, broken_docx="It rained.")
    formats = [one(tmp_path / name).metadata.format for name in ("rain.epub", "page.txt", "broken.docx")]
    assert formats == ["docx", "html", "plain"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=("It rained.",))
    writer.start()
    telling = one(tmp_path / "pipe")
    writer.join()
    assert telling.text == "It rained."


def test_what_cannot_be_read_in_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_txt="", c_txt="Three.")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InputError, match=r"2 of 4 files cannot be read .*b\.txt: is empty; .*d\.pdf: this is a PDF"):
        one(tmp_path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: folder / "stroy.txt", "there is no such file. Did you mean .*story.txt"),
        (lambda folder: folder / "none" / "a.txt", "no readable folder"),
        (lambda folder: folder / "empty", "there are no texts in this folder"),
        (lambda folder: folder / "picture.txt", "PNG image in spite of its name ending in .txt"),
        (lambda folder: folder / "a\x00b", "cannot be read"),
        (lambda folder: folder / ("n" * 300), "cannot be read"),
        (lambda folder: folder / "empty" / "fabula.toml", "no such file"),
    ],
)
def test_bad_paths(tmp_path: Path, make, message: str) -> None:
    write(tmp_path, story_txt="One.")
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError, match=message) as refused:
        one(make(tmp_path))
    assert refused.value.advice


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    write(tmp_path, story_txt="One.")
    (tmp_path / "story.txt").chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        one(tmp_path / "story.txt")


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fabula.formats import gather as module

    write(tmp_path, a_txt="One.", b_txt="Two.")
    whole = module.load

    def load_and_remove(path: Path):
        (tmp_path / "b.txt").unlink(missing_ok=True)
        return whole(path)

    monkeypatch.setattr(module, "load", load_and_remove)
    with pytest.raises(InputError, match=r"1 of 2 files cannot be read .*b\.txt: there is no such file"):
        one(tmp_path)


def test_a_broken_link_in_a_folder_is_reported(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(InputError, match="1 of 2 files"):
        one(tmp_path)


@pytest.mark.parametrize(
    ("paths", "message"), [([], "no text was given"), (["-", "-"], "only once"), ([os.devnull], "is empty")]
)
def test_arguments_that_make_no_sense(paths: list[str], message: str) -> None:
    with pytest.raises(FabulaError, match=message):
        gather(paths, lambda: b"One.")


def test_too_much_on_standard_input() -> None:
    with pytest.raises(InputError, match="<stdin>: too large"):
        gather(["-"], lambda: bytes(64 * 1024 * 1024 + 1))


@pytest.mark.parametrize("name", ["../outside.txt", "{outside}", "sub/../../outside.txt", "./../outside.txt"])
def test_settings_name_no_file_outside_of_their_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path, outside_txt="Secret.", book__a_txt="One.")
    named = name.format(outside=tmp_path / "outside.txt")
    write(tmp_path / "book", fabula_toml=f"chapters = ['a.txt', '{named}']")
    with pytest.raises(ConfigError, match="lies outside of the folder"):
        one(tmp_path / "book")


def test_one_file_named_in_two_ways_is_listed_twice(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", fabula_toml="chapters = ['a.txt', './a.txt']")
    with pytest.raises(ConfigError, match="listed twice"):
        one(tmp_path)


@pytest.mark.parametrize("value", ["[" * 100_000, "1" * 5000], ids=["too deep", "too long a number"])
def test_settings_that_toml_cannot_hold(tmp_path: Path, value: str) -> None:
    write(tmp_path, a_txt="One.", fabula_toml=f"title = {value}")
    with pytest.raises(ConfigError, match="not valid TOML"):
        one(tmp_path)


def test_an_empty_name_is_not_the_folder_one_stands_in() -> None:
    with pytest.raises(InputError, match="name"):
        gather([""], nothing)


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are Unicode there")
def test_names_that_are_no_unicode_are_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "b\udcfe"
    folder.mkdir()
    (folder / "a\udcff.txt").write_text("One.")
    telling = one(folder)
    assert telling.name == r"b\xfe"
    assert [mark.value for mark in telling.marked("document")] == [r"a\xff.txt"]
    assert telling.source.place(0).file.endswith(r"b\xfe/a\xff.txt")
    assert one(folder / "a\udcff.txt").name == r"a\xff"


@pytest.mark.parametrize(
    ("file", "paths", "part"),
    [
        ("a.txt", ["a.txt"], True),
        ("x/../a.txt", ["b.txt", "a.txt"], True),
        ("new.txt", ["a.txt", "-", ""], False),
        ("book/new.md", ["book"], True),
        ("book/deep/new.txt", ["book"], True),
        ("book/new.json", ["book"], False),
        ("book/new.jsonl", ["book"], False),
        ("book/new.ssml", ["book"], False),
        ("book/.git/new.md", ["book"], False),
        ("book/.new.md", ["book"], False),
        ("bookish.md", ["book"], False),
        ("book/new.md", ["book/one.txt"], False),
        ("listed/new.md", ["listed"], False),
        ("listed/one.txt", ["listed"], True),
        ("listed/one.txt", ["listed/fabula.toml"], True),
        ("fabula.toml", ["-"], True),
    ],
)
def test_what_takes_part_in_a_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file, paths, part) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.", book__one_txt="Three.", listed__one_txt="Four.", x__y_txt="Five.")
    write(tmp_path, listed__fabula_toml="chapters = ['one.txt']")
    monkeypatch.chdir(tmp_path)
    assert takes_part(Path(file), paths) is part


def test_an_archive_on_standard_input_may_be_as_large_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "TEXT_LIMIT", 100)
    book = zipped({"word/document.xml": b"<document><body><p><r><t>It rained.</t></r></p></body></document>"})
    assert len(book) > 100
    assert source.read_stream(io.BytesIO(book)) == book
    assert gather(["-"], lambda: book)[0].text == "It rained."
    assert len(source.read_stream(io.BytesIO(b"It rained. " * 99))) == 101
