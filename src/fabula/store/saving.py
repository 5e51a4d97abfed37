"""A story into its file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from fabula.errors import OutputError
from fabula.output import check_writable, write_whole
from fabula.store.encoding import encoded
from fabula.store.header import is_story_file, read_header
from fabula.store.migrations import ALIGNMENT_VERSION, migrate
from fabula.store.rows import insert, put
from fabula.story import LAYERS, Anchor, Mark, Story, Telling


def save(story: Story, path: str | os.PathLike[str]) -> None:
    """Write a story file, whole or not at all.

    Args:
        story: with whatever layers its tellings have.
        path: where to; a story file that exists is replaced, any other file is left alone.

    Raises:
        OutputError: when it cannot be written; an older file is then as it was.
    """
    check_replaceable(path)
    write_whole(path, packed(story))


def check_replaceable(path: str | os.PathLike[str]) -> None:
    """Make sure, before any work, that a story file may be put here.

    Raises:
        OutputError: when it cannot be written here, or when there is a file that is no story file.
    """
    check_writable(path)
    if not Path(path).exists():
        return
    try:
        header = read_header(path)
    except OSError as error:
        raise OutputError("the file that is there cannot be read", where=os.fspath(path)) from error
    if header and not is_story_file(header):
        raise OutputError(
            "there is a file already that is no story file, and it is left as it is",
            where=os.fspath(path),
            advice="Choose another name, ending in .fabula, or move that file away",
        )


def packed(story: Story) -> bytes:
    """Return the bytes of a story file.

    Raises:
        OutputError: for text or numbers that no SQLite database can hold.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        try:
            for number, telling in enumerate(story.tellings, 1):
                _put_telling(connection, number, telling)
            _put_alignments(connection, story)
        except UnicodeEncodeError as error:
            raise OutputError(
                "a story file cannot hold half a character (a lone surrogate)",
                advice="Look for damaged characters in the names of the files or in the text",
            ) from error
        except (OverflowError, sqlite3.DataError) as error:
            raise OutputError(
                f"a story file cannot hold a text or a number of this size ({error})",
                advice="Cut the text into books",
            ) from error
        connection.commit()
        return connection.serialize()


def _put_alignments(connection: sqlite3.Connection, story: Story) -> None:
    rows = ((at, ALIGNMENT_VERSION, encoded(alignment)) for at, alignment in enumerate(story.alignments))
    insert(connection, "alignments", ("position", "version", "record"), rows)


def _put_telling(connection: sqlite3.Connection, number: int, telling: Telling) -> None:
    told = telling.metadata
    insert(
        connection,
        "tellings",
        ("telling", "name", "title", "author", "language", "format", "encoding"),
        [(number, telling.name, told.title, told.author, told.language, told.format, told.encoding)],
    )
    insert(connection, "texts", ("telling", "text"), [(number, telling.text)])
    insert(
        connection,
        "metadata",
        ("telling", "position", "key", "value"),
        [(number, at, key, value) for at, (key, value) in enumerate(told.more)],
    )
    put(connection, "marks", Mark, number, telling.marks)
    put(connection, "anchors", Anchor, number, telling.source.anchors)
    insert(
        connection,
        "layers",
        ("telling", "position", "name", "stage", "version", "weights"),
        [(number, at, name, *layer.made_by) for at, (name, layer) in enumerate(telling.layers.items())],
    )
    for name, layer in telling.layers.items():
        put(connection, name, LAYERS[name], number, layer.records)
