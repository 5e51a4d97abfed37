from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.errors import StoryFileError
from fabula.store import is_story_file, load, read_header, save
from fabula.store import migrations as steps
from fabula.store.loading import unpacked
from fabula.store.migrations import MIGRATIONS, Migration
from fabula.store.saving import packed
from fabula.story import Story, Telling
from tests.store.small import small_story

GOOD = packed(small_story())

RELEASED = {
    "0001-tables": "34ec9ea8fbc5d419fcf7c5099120e2d7368853ba8eaac51529bf6665400b1e48",
    "0002-words": "8ce76007116545ea233813e06001b876128adeb8dfd6fe522876d28583dfc008",
    "0003-alignments": "9689b1fc89ebffd8d0a98ec3c988ba7c520bf48ad96fb96de84f35b7095a82e0",
    "0004-voices": "c4e036134a13c38ba9891a9ec94c9163d01460153f0a66f9bc031f86e0948182",
}
"""Checksum of each step that files out there were made with. A line here is never changed: add a step instead."""


def test_released_steps_are_never_edited() -> None:
    assert {step.name: hashlib.sha256(step.sql.encode()).hexdigest() for step in MIGRATIONS} == RELEASED


def test_a_file_states_how_it_was_made(tmp_path) -> None:
    path = tmp_path / "a.fabula"
    save(Story(()), path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (steps.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("SELECT * FROM migrations").fetchall() == [
            (number, step.name) for number, step in enumerate(MIGRATIONS, 1)
        ]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_older_file_is_brought_up_to_date_in_memory(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    before = path.read_bytes()
    later = Migration("9999-example", "UPDATE tellings SET title = title || ' (later)';")
    monkeypatch.setattr(steps, "MIGRATIONS", (*MIGRATIONS, later))
    monkeypatch.setattr("fabula.store.loading.MIGRATIONS", (*MIGRATIONS, later))
    assert load(path).title == "Lamps (later)"
    assert path.read_bytes() == before


def test_a_newer_file_is_refused(tmp_path) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoryFileError, match="newer Fabula") as refused:
        load(path)
    assert "up to date" in str(refused.value)


def test_alignments_of_a_newer_program_are_refused(tmp_path) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alignments SET version = version + 1")
        connection.commit()
    with pytest.raises(StoryFileError, match="newer Fabula"):
        load(path)


def test_a_field_of_an_alignment_that_is_not_known_is_passed_over(tmp_path) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alignments SET record = json_set(record, '$.weather', 'rain')")
        connection.commit()
    assert load(path) == small_story()


def test_a_file_made_by_other_steps_is_refused(tmp_path) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE migrations SET name = 'somebody-elses' WHERE position = 1")
        connection.commit()
    with pytest.raises(StoryFileError, match="somebody-elses"):
        load(path)


def test_a_database_of_another_program_is_refused(tmp_path) -> None:
    path = tmp_path / "photos.fabula"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (name)")
    with pytest.raises(StoryFileError, match="another program"):
        load(path)
    assert not is_story_file(read_header(path))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"It was a dark and stormy night.\n", "no story file"),
        (b"SQLite format 3\0", "no story file"),
        (GOOD[:100], "end is missing"),
        (GOOD[:-1], "end is missing"),
        (GOOD[: len(GOOD) // 2], "end is missing"),
        (GOOD[:4096] + bytes(len(GOOD) - 4096), "damaged"),
        (GOOD[:100] + bytes(len(GOOD) - 100), "damaged"),
    ],
)
def test_what_is_no_whole_story_file_is_refused_in_one_line(tmp_path, data, what) -> None:
    path = tmp_path / "a.fabula"
    path.write_bytes(data)
    with pytest.raises(StoryFileError, match=what) as refused:
        load(path)
    assert str(refused.value).startswith(f"{path}: ")
    assert refused.value.advice
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM texts",
        "DELETE FROM utterances WHERE position = 1",
        "UPDATE layers SET name = 'unheard_of' WHERE name = 'quotes'",
        "UPDATE utterance_pieces SET utterance = utterance + 99",
        "DROP TABLE quotes",
        "UPDATE tokens SET start = 'x'",
        "UPDATE tokens SET lemma = x'00'",
        "UPDATE tokens SET head = 'root'",
        "UPDATE tokens SET head = 4294967296",
        "UPDATE mentions SET cluster = 'nell'",
        "DROP TABLE roles",
        "DROP TABLE alignments",
        "UPDATE alignments SET record = 'x'",
        "UPDATE alignments SET record = 1",
        "UPDATE alignments SET version = 'new'",
        "UPDATE alignments SET record = json_set(record, '$.a.telling', 1)",
        "UPDATE alignments SET record = json_set(record, '$.b.parts[0][1]', 99999)",
        "UPDATE alignments SET record = json_set(record, '$.links[0].a', json('[]'))",
        "UPDATE alignments SET record = json_set(record, '$.links[0].changes[0].b[0]', -1)",
        "UPDATE alignments SET record = json_set(record, '$.only_a[0][0]', 99999)",
        "UPDATE alignments SET record = json_set(record, '$.differences[0].b[1]', 99999)",
        "UPDATE alignments SET record = json_set(record, '$.differences[0].verdict', 'lie')",
    ],
)
def test_missing_rows_and_tables_are_damage(tmp_path, change) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(StoryFileError, match="damaged"):
        load(path)


FILLED = [place for place, byte in enumerate(GOOD) if byte]


@given(st.lists(st.tuples(st.sampled_from(FILLED), st.integers(0, 255)), min_size=1, max_size=8))
@settings(deadline=None, max_examples=150)
def test_scrambled_bytes_never_cause_anything_but_a_clear_error(changes) -> None:
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    with suppress(StoryFileError):
        assert isinstance(unpacked(bytes(data), "a.fabula"), Story)


def test_files_that_cannot_be_read_are_named(tmp_path, monkeypatch) -> None:
    for path, what in {
        tmp_path / "missing.fabula": "no such file",
        tmp_path: "a folder",
        Path(os.devnull): "a device",
        Path("bad\0name"): "cannot be read",
    }.items():
        with pytest.raises(StoryFileError, match=what):
            load(path)
    save(small_story(), tmp_path / "a.fabula")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StoryFileError, match="cannot be read"):
        load(tmp_path / "a.fabula")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE quotes SET start = -5",
        'UPDATE quotes SET "end" = 999999',
        'UPDATE paragraphs SET start = 5, "end" = 2 WHERE position = 0',
        'UPDATE sentences SET "end" = 999',
        'UPDATE utterance_pieces SET "end" = 999',
        'UPDATE tokens SET "end" = 999',
        "UPDATE tokens SET start = 60 WHERE position = 0",
        'UPDATE tokens SET "end" = start - 1',
        "UPDATE tokens SET head = 3",
        "UPDATE tokens SET head = -2",
        "DELETE FROM tokens WHERE position < 2; UPDATE tokens SET head = 1",
        'UPDATE entities SET "end" = 999',
        'UPDATE events SET "end" = 999',
        'UPDATE roles SET "end" = 999',
        "UPDATE roles SET mention_end = 999",
        "UPDATE roles SET character = 'nobody'",
        "UPDATE roles SET kind = 'owner'",
        "UPDATE entities SET type = 'DOG'",
        "UPDATE mentions SET cluster = -1",
        'UPDATE marks SET "end" = 999',
        "DELETE FROM paragraphs WHERE position = 1",
        "DELETE FROM utterance_pieces",
        "DELETE FROM anchors",
        'UPDATE anchors SET "offset" = -1',
        "DELETE FROM characters WHERE id = 'tom'",
        "UPDATE utterances SET speaker = 'nobody'",
        "UPDATE utterance_addressees SET value = 'nobody'",
        "UPDATE utterances SET confidence = 9e999",
        "UPDATE utterances SET confidence = 'high'",
        "UPDATE paragraphs SET kind = 'nonsense'",
        "UPDATE quotes SET closed = 7",
        "UPDATE texts SET text = x'00'",
        "UPDATE texts SET text = 'short'",
        "UPDATE tellings SET title = x'00'",
        "UPDATE characters SET name = x'00'",
    ],
)
def test_rows_that_no_reading_gives_are_damage(tmp_path, change) -> None:
    path = tmp_path / "a.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(change)
    with pytest.raises(StoryFileError, match="damaged") as refused:
        load(path)
    assert "\n" not in str(refused.value)


def test_a_story_that_was_read_only_in_part_is_sound(tmp_path) -> None:
    path = tmp_path / "a.fabula"
    story = Story((Telling("a", "words"),))
    save(story, path)
    assert load(path) == story
