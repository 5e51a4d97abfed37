"""Files that earlier versions wrote: each step's tables filled by hand, as no code of today can write them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from fabula.errors import StoryFileError
from fabula.spans import Span
from fabula.store import load
from fabula.store.migrations import APPLICATION_ID, MIGRATIONS, migrate
from fabula.story import Character, Mention, Paragraph, Provenance, Tokens, Utterance

VERSION_1 = """
INSERT INTO tellings VALUES (1, 'pond', 'The Pond', '', 'en', 'plain', 'utf-8');
INSERT INTO texts VALUES (1, '“Swim!” said Ada.');
INSERT INTO anchors VALUES (1, 0, 0, 'pond.txt', 1, 1, NULL, 0);
INSERT INTO layers VALUES
    (1, 0, 'paragraphs', 'structure', 1, ''), (1, 1, 'tokens', 'language', 1, ''),
    (1, 2, 'mentions', 'people', 1, ''), (1, 3, 'characters', 'people', 1, ''), (1, 4, 'utterances', 'speech', 1, '');
INSERT INTO paragraphs VALUES (1, 0, 0, 17, 'prose');
INSERT INTO tokens VALUES (1, 0, 0, 1), (1, 1, 1, 5), (1, 2, 5, 6);
INSERT INTO mentions VALUES (1, 0, 13, 16, 'name', 'ada', 'PER', 0.5);
INSERT INTO characters VALUES (1, 0, 'ada', 'Ada', 'female', 1, 0, 1);
INSERT INTO character_aliases VALUES (1, 0, 0, 'Ada');
INSERT INTO utterances VALUES (1, 0, 'ada', 'speech', 'face', 'tag', 13, 16, 0.75, '');
INSERT INTO utterance_pieces VALUES (1, 0, 0, 0, 7);
"""


def first_version(*more: str) -> sqlite3.Connection:
    """Return a database as the first step left it, with a story in it, after further statements."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(MIGRATIONS[0].sql)
    connection.execute("INSERT INTO migrations VALUES (1, ?)", (MIGRATIONS[0].name,))
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.executescript("".join([VERSION_1, *more]))
    return connection


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "pond.fabula"
    with closing(first_version()) as connection:
        path.write_bytes(connection.serialize())
    return path


def test_a_file_of_version_1_opens_with_what_was_known_then(path) -> None:
    before = path.read_bytes()
    (telling,) = load(path).tellings
    assert list(telling.layers) == ["paragraphs", "tokens", "mentions", "characters", "utterances"]
    assert telling.layer("paragraphs") == (Paragraph(Span(0, 17)),)
    assert telling.layer("characters") == (Character("ada", "Ada", ("Ada",), "female", 1),)
    said = Utterance((Span(0, 7),), "ada", evidence="tag", cue=Span(13, 16), confidence=0.75)
    assert telling.layer("utterances") == (said,)
    assert telling.layers["tokens"].made_by == Provenance("language", 1)
    assert path.read_bytes() == before


def test_tokens_of_version_1_have_places_and_nothing_else(path) -> None:
    (tokens,) = load(path).tellings[0].layer("tokens")
    at = np.array([0, 1, 5, 6], dtype=np.int32)
    assert tokens == Tokens.bare(at[:-1], at[1:])


def test_mentions_of_version_1_have_no_cluster(path) -> None:
    (mention,) = load(path).tellings[0].layer("mentions")
    assert mention == Mention(Span(13, 16), "name", "ada", confidence=0.5, cluster=None)


def test_the_views_of_version_1_still_show_the_same() -> None:
    queries = ["SELECT * FROM lines", 'SELECT * FROM "cast"']
    with closing(first_version()) as connection:
        before = [connection.execute(query).fetchall() for query in queries]
        migrate(connection, applied=1)
        assert [connection.execute(query).fetchall() for query in queries] == before
        assert before[0][0][1:5] == (0, "Ada", None, "“Swim!”")
        words = connection.execute("SELECT word, lemma, head FROM words").fetchall()
        assert words == [("“", "", None), ("Swim", "", None), ("!", "", None)]


def test_files_of_versions_1_and_2_have_no_alignments(path, tmp_path) -> None:
    assert load(path).alignments == ()
    later = tmp_path / "later.fabula"
    step = f"INSERT INTO migrations VALUES (2, '{MIGRATIONS[1].name}'); PRAGMA user_version = 2;"
    with closing(first_version(MIGRATIONS[1].sql, step)) as connection:
        later.write_bytes(connection.serialize())
    assert load(later) == load(path)


def test_an_old_file_that_lacks_a_table_is_damage(tmp_path) -> None:
    path = tmp_path / "pond.fabula"
    with closing(first_version("DROP TABLE mentions;")) as connection:
        path.write_bytes(connection.serialize())
    with pytest.raises(StoryFileError, match="damaged"):
        load(path)


def test_a_view_of_somebody_elses_does_not_stand_in_the_way(tmp_path) -> None:
    path = tmp_path / "pond.fabula"
    own = "CREATE VIEW long_words AS SELECT * FROM tokens WHERE length > 9; CREATE VIEW broken AS SELECT * FROM gone;"
    with closing(first_version(own)) as connection:
        path.write_bytes(connection.serialize())
    assert load(path).title == "The Pond"


def test_making_the_tables_anew_leaves_no_empty_pages() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
