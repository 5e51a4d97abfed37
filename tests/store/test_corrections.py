from __future__ import annotations

import dataclasses
import typing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.errors import ConfigError
from fabula.store import Entry, add_correction, find_corrections, load_corrections, remove_correction
from fabula.store.corrections import as_toml, parse_corrections
from fabula.store.words import index_words
from fabula.story import CorrectionKind

EVERY_KIND = """
# Settled with Nell on Sunday.
[[speaker]]
quote = "I never said that"
context = "turned from the window"
speaker = "Anna"

[[same]]
names = ["Anna", "Annie", "Miss Reed"]

[[not_speech]]
quote = '''
Closed "for
ever"'''
telling = "night"

[[not_a_person]]
name = "Providence"
[[split]]
names = ["Mr. Reed", "Mrs. Reed"]
[[rename]]
name = "the off duty nurse"
to = "Nurse Hale"
[[speaker]]
quote = "Yes"
speaker = "Tom"
"""


def test_every_kind_of_entry_is_read_in_the_order_of_the_file(tmp_path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(EVERY_KIND, encoding="utf-8")
    where = f"{path}:".__add__
    assert load_corrections(path) == (
        Entry("speaker", "I never said that", "turned from the window", "Anna", where=where("3")),
        Entry("same", names=("Anna", "Annie", "Miss Reed"), where=where("8")),
        Entry("not_speech", 'Closed "for\never"', telling="night", where=where("11")),
        Entry("not_a_person", names=("Providence",), where=where("17")),
        Entry("split", names=("Mr. Reed", "Mrs. Reed"), where=where("19")),
        Entry("rename", name="Nurse Hale", names=("the off duty nurse",), where=where("21")),
        Entry("speaker", "Yes", name="Tom", where=where("24")),
    )


def test_every_kind_that_a_correction_has_can_be_written() -> None:
    kinds = {entry.kind for entry in parse_corrections(EVERY_KIND, "c.toml")}
    assert kinds == set(typing.get_args(CorrectionKind))


def test_entries_written_inline_are_counted_instead() -> None:
    entries = parse_corrections('rename = [{name = "A", to = "B"}, {name = "C", to = "D"}]', "c.toml")
    assert [entry.where for entry in entries] == ["c.toml, rename 1", "c.toml, rename 2"]


@pytest.mark.parametrize(
    ("text", "where", "what", "advice"),
    [
        ("[[speaker]\nquote = 3", "c.toml:1", "no valid TOML", ""),
        ('\n[[speaker]]\nquote = "a "b""', "c.toml:3", "no valid TOML", '\\"'),
        ('# mine\n[[speeker]]\nquote = "a"', "c.toml:2", "no correction 'speeker'", "Did you mean 'speaker'"),
        ('colour = ["a"]', "c.toml", "no correction 'colour'", "Known are speaker, same"),
        ('[same]\nnames = ["A", "B"]', "c.toml", "no list of entries", "[[same]], with two brackets"),
        ('[[speaker]]\nquote = "a"\nspeeker = "A"', "c.toml:1", "no key 'speeker'", "Did you mean 'speaker'"),
        ('\n\n[[speaker]]\nquote = "a"', "c.toml:3", "lacks the key 'speaker'", "Add a line speaker"),
        (
            '[[speaker]]\nquote = 1\nspeaker = "A"',
            "c.toml:1",
            "'quote' of [[speaker]] is no string",
            "quotation marks",
        ),
        ('[[speaker]]\nquote = "…"\nspeaker = "A"', "c.toml:1", "holds no word", "Give a word"),
        ('[[same]]\nnames = "A"', "c.toml:1", "no list of two different names", "names = ["),
        ('[[same]]\nnames = ["A"]', "c.toml:1", "no list of two different names", "names = ["),
        ('[[split]]\nnames = ["A", "A"]', "c.toml:1", "no list of two different names", "names = ["),
        ('[[split]]\nnames = ["A", 1]', "c.toml:1", "'names' of [[split]] is no string", ""),
        ('[[rename]]\nname = ""\nto = "B"', "c.toml:1", "holds no word", ""),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_line(text, where, what, advice) -> None:
    with pytest.raises(ConfigError) as told:
        parse_corrections(text, "c.toml")
    assert told.value.where == where
    assert what in told.value.what
    assert advice in (told.value.advice or "")
    assert "\n" not in str(told.value)


def test_files_that_cannot_be_read_are_named(tmp_path) -> None:
    (tmp_path / "latin.toml").write_bytes("# café".encode("latin-1"))
    for path, what in {
        tmp_path / "latin.toml": "not UTF-8",
        tmp_path / "missing.toml": "cannot be read",
        tmp_path: "cannot be read",
    }.items():
        with pytest.raises(ConfigError, match=what) as told:
            load_corrections(path)
        assert told.value.where == str(path)


def test_a_mark_of_byte_order_is_no_part_of_the_first_line(tmp_path) -> None:
    path = tmp_path / "corrections.toml"
    path.write_bytes(b'\xef\xbb\xbf[[not_a_person]]\r\nname = "Fate"\r\n')
    assert load_corrections(path) == (Entry("not_a_person", names=("Fate",), where=f"{path}:1"),)


def test_files_are_found_beside_the_texts_each_once(tmp_path, monkeypatch) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other, tmp_path / "bare"):
        folder.mkdir()
        (folder / "a.txt").touch()
    (one / "corrections.toml").touch()
    (other / "corrections.toml").touch()
    texts = [other / "a.txt", one, one / "a.txt", tmp_path / "bare" / "a.txt", "-"]
    assert find_corrections(texts) == (other / "corrections.toml", one / "corrections.toml")
    monkeypatch.chdir(one)
    assert find_corrections(["a.txt"]) == (Path("corrections.toml"),)
    assert find_corrections(["-"]) == ()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(
    lambda text: bool(index_words(text).spans)
)
NAMES = st.lists(TEXT.map(lambda text: " ".join(text.split())), min_size=2, max_size=4, unique=True).map(tuple)
MAYBE = st.just("") | TEXT
ENTRIES = st.one_of(
    st.builds(Entry, st.just("speaker"), TEXT, MAYBE, TEXT, telling=MAYBE),
    st.builds(Entry, st.just("not_speech"), TEXT, MAYBE, telling=MAYBE),
    st.builds(Entry, st.sampled_from(["same", "split"]), names=NAMES, telling=MAYBE),
    st.builds(Entry, st.just("not_a_person"), names=TEXT.map(lambda name: (name,)), telling=MAYBE),
    st.builds(Entry, st.just("rename"), name=TEXT, names=TEXT.map(lambda name: (name,)), telling=MAYBE),
)


def on_one_line(entry: Entry) -> Entry:
    """Return an entry as it comes back: white space is single spaces."""
    flat = {
        field.name: " ".join(value.split())
        for field in dataclasses.fields(entry)
        if isinstance(value := getattr(entry, field.name), str)
    }
    names = tuple(" ".join(name.split()) for name in entry.names)
    return dataclasses.replace(entry, **{**flat, "names": names, "where": ""})


@given(st.lists(ENTRIES, max_size=4))
@settings(deadline=None)
def test_what_is_written_is_read_back(entries) -> None:
    again = parse_corrections("\n".join(map(as_toml, entries)), "c.toml")
    assert [dataclasses.replace(entry, where="") for entry in again] == [on_one_line(entry) for entry in entries]


@pytest.mark.parametrize(
    "old",
    [
        EVERY_KIND.encode(),
        b"",
        b"# no entries, no line end",
        b'\xef\xbb\xbf[[not_a_person]]\r\nname = "Fate" # ha\r\n',
    ],
)
def test_adding_keeps_what_the_author_wrote_to_the_byte(tmp_path, old) -> None:
    path = tmp_path / "corrections.toml"
    path.write_bytes(old)
    before = load_corrections(path)
    new = Entry("speaker", 'He said "No" \\ and\x7f', "by the door", "Tom")
    add_correction(path, new)
    after = load_corrections(path)
    assert path.read_bytes().startswith(old)
    assert after[:-1] == before
    assert dataclasses.replace(after[-1], where="") == new
    if b"\r\n" in old:
        assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


@pytest.mark.parametrize(
    "old", [EVERY_KIND.encode(), b"", b"# no entries\n\n", b'[[not_a_person]]\r\nname = "Fate"\r\n']
)
def test_what_was_added_can_be_taken_back(tmp_path, old) -> None:
    path = tmp_path / "corrections.toml"
    path.write_bytes(old)
    one, other = Entry("speaker", "No", "by the door", "Tom"), Entry("not_speech", "No")
    for entry in (one, other, one):
        add_correction(path, entry)
    both = path.read_bytes()
    remove_correction(path, one)
    add_correction(path, one)
    assert path.read_bytes() == both
    for entry in (one, other, one):
        remove_correction(path, entry)
    assert path.read_bytes() == old


def test_a_file_made_for_one_entry_goes_with_it(tmp_path) -> None:
    path = tmp_path / "corrections.toml"
    entry = Entry("speaker", "No", name="Tom")
    add_correction(path, entry)
    remove_correction(path, entry)
    assert list(tmp_path.iterdir()) == []


def test_what_the_author_changed_is_not_taken_back(tmp_path) -> None:
    path = tmp_path / "corrections.toml"
    entry = Entry("speaker", "No", name="Tom")
    add_correction(path, entry)
    changed = path.read_bytes().replace(b"Tom", b"Ann")
    path.write_bytes(changed)
    with pytest.raises(ConfigError, match="no longer there"):
        remove_correction(path, entry)
    assert path.read_bytes() == changed


def test_adding_makes_the_file_where_there_is_none(tmp_path) -> None:
    path = tmp_path / "corrections.toml"
    add_correction(path, Entry("same", names=("Anna", "Annie")))
    assert path.read_text(encoding="utf-8").endswith('\n[[same]]\nnames = ["Anna", "Annie"]\n')
    assert [file.name for file in tmp_path.iterdir()] == ["corrections.toml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[speaker]\n", Entry("same", names=("A", "B"))),
        ('same = [{names = ["A", "B"]}]\n', Entry("same", names=("C", "D"))),
        ("", Entry("speaker", "…", name="Tom")),
    ],
)
def test_nothing_is_added_to_a_file_that_would_then_be_wrong(tmp_path, old, new) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(old, encoding="utf-8")
    with pytest.raises(ConfigError):
        add_correction(path, new)
    assert path.read_text(encoding="utf-8") == old


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, f"a = {'1' * 5000}"], ids=["too deep", "too long a number"])
def test_toml_that_its_reader_cannot_hold_is_an_error_too(text: str) -> None:
    with pytest.raises(ConfigError, match=r"corrections\.toml: this is no valid TOML"):
        parse_corrections(text, "corrections.toml")


def test_a_huge_file_is_not_read_whole(tmp_path) -> None:
    path = tmp_path / "corrections.toml"
    with path.open("wb") as file:
        file.truncate(2**30)
    with pytest.raises(ConfigError, match="too large"):
        load_corrections(path)
