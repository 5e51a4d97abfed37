from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from fabula.errors import StoryFileError
from fabula.store import load, save
from fabula.store.loading import unpacked
from fabula.store.rows import columns_of, fields_of, table_apart
from fabula.store.saving import packed
from fabula.story import LAYERS, Anchor, Mark, Provenance, Story, Telling, Tokens
from tests.store.small import small_story
from tests.store.stories import STORIES


@given(STORIES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_back_equals_what_was_saved(story: Story) -> None:
    again = unpacked(packed(story), "any.fabula")
    assert again == story
    for before, after in zip(story.tellings, again.tellings, strict=True):
        assert list(after.layers) == list(before.layers)


def test_a_file_is_read_back_equal_with_all_its_types(tmp_path) -> None:
    story = small_story()
    save(story, tmp_path / "lamps.fabula")
    telling = load(tmp_path / "lamps.fabula").tellings[0]
    assert telling == story.tellings[0]
    assert set(telling.layers) == set(LAYERS)
    assert telling.layers["quotes"].made_by == Provenance("by hand", 3, "abc")
    assert telling.layer("quotes")[0].closed is True
    assert type(telling.layer("quotes")[0].inner).__name__ == "Span"
    assert telling.layer("tokens")[0].starts.dtype == np.int32
    assert telling.layer("tokens")[0].upos.dtype == np.object_
    assert telling.layer("utterances")[1].cue is None
    with pytest.raises(TypeError):
        telling.layers["quotes"] = ()


def test_alignments_are_kept_with_all_their_records(tmp_path) -> None:
    save(small_story(), tmp_path / "lamps.fabula")
    (alignment,) = load(tmp_path / "lamps.fabula").alignments
    assert alignment == small_story().alignments[0]
    assert type(alignment.links[0].a[0]).__name__ == "Span"
    with closing(sqlite3.connect(tmp_path / "lamps.fabula")) as connection:
        rows = connection.execute("SELECT a, b, relation, moved, confidence, a_words, b_words FROM aligned")
        assert rows.fetchall() == [
            ("lamps: 1", "lamps: 2", "wording", 1, 0.5, "asked Nell", "said Tom"),
            ("lamps: 1", "lamps: 2", "event", 0, 1.0, "“I heard the bell 🔔.”", "“No,”"),
        ]


def test_an_empty_layer_stays_apart_from_none() -> None:
    telling = Telling("a", "words").with_layer("quotes", (), Provenance("quotes", 1))
    again = unpacked(packed(Story((telling,))), "a.fabula").tellings[0]
    assert again.layer("quotes") == ()
    assert "scenes" not in again.layers


def test_the_same_story_gives_the_same_bytes() -> None:
    assert packed(small_story()) == packed(small_story())


def test_words_that_are_the_same_are_held_once(monkeypatch) -> None:
    monkeypatch.setattr("fabula.store.rows._CHUNK", 7)
    at = np.arange(50, dtype=np.int32)
    tags = np.array([f"{number % 3}-tag" for number in at], dtype=object)
    tokens = replace(Tokens.bare(at, at + 1), upos=tags, xpos=tags)
    story = Story((Telling("a", "x" * 50).with_layer("tokens", [tokens], Provenance("by hand", 1)),))
    (again,) = unpacked(packed(story), "a.fabula").tellings[0].layer("tokens")
    assert again == tokens
    assert len({id(tag) for tag in (*again.upos, *again.xpos)}) == 3
    assert again.head.tolist() == [-1] * 50


def test_every_record_type_has_its_table() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(packed(Story(())))
        for table, record in {"marks": Mark, "anchors": Anchor, **LAYERS}.items():
            expected = {table: columns_of(record)}
            expected |= dict(table_apart(table, field) for field in fields_of(record) if field.apart)
            for name, columns in expected.items():
                found = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
                assert found == list(columns), f"a migration must give {name} the columns {columns}"


def test_a_field_that_no_table_can_hold_is_named() -> None:
    @dataclass(frozen=True)
    class Odd:
        colours: dict[str, str]

    with pytest.raises(TypeError, match="colours"):
        fields_of(Odd)


def test_a_scholar_finds_the_lines_in_any_browser(tmp_path) -> None:
    save(small_story(), tmp_path / "lamps.fabula")
    with closing(sqlite3.connect(tmp_path / "lamps.fabula")) as connection:
        lines = connection.execute("SELECT telling, speaker, addressees, words FROM lines").fetchall()
        assert lines == [
            ("lamps", "Nell", "Tom", "“Is it – late?” “I heard the bell 🔔.”"),
            ("lamps", None, None, "“No,”"),
        ]
        cast = connection.execute('SELECT name, aliases, lines FROM "cast"').fetchall()
        assert cast == [("Nell", "Nelly", 1), ("Tom", None, 0)]
        words = connection.execute("SELECT word, lemma, upos, relation, head FROM words").fetchall()
        assert words == [
            ("asked", "ask", "VERB", "root", None),
            ("Nell", "Nell", "PROPN", "nsubj", "asked"),
            ("said", "", "", "", None),
        ]
        (schema,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'quotes'").fetchone()
        assert re.search(r"-- Layer: stretches between quotation marks", schema)


def test_a_reader_of_another_kind_leaves_nothing_beside_the_file(tmp_path) -> None:
    path = tmp_path / "lamps.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert path.read_bytes()[18] == 2
    assert load(path) == small_story()
    assert [file.name for file in tmp_path.iterdir()] == ["lamps.fabula"]


def test_reading_never_changes_the_file(tmp_path) -> None:
    path = tmp_path / "lamps.fabula"
    save(small_story(), path)
    before = path.read_bytes()
    path.chmod(0o444)
    load(path)
    assert path.read_bytes() == before


def test_a_story_of_nothing_is_a_story() -> None:
    assert unpacked(packed(Story(())), "nothing.fabula") == Story(())


def test_a_layer_unknown_to_the_tables_is_damage(tmp_path) -> None:
    path = tmp_path / "lamps.fabula"
    save(small_story(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE layers SET name = 'tellings' WHERE name = 'quotes'")
        connection.commit()
    with pytest.raises(StoryFileError, match="damaged"):
        load(path)
