"""The tables of a story file, as named steps from nothing to today.

A step that has been released is never edited: files out there were made by it. What must change becomes a new step.
Each has its module in `fabula.store.steps`. The comments are part of the tables: SQLite keeps them, and a browser
shows them with the schema.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from fabula.store.steps import alignments, tables, voices, words

APPLICATION_ID = 0x4641424C
"""`FABL`; stands in the header of every story file, so that `file` and we can tell it from other databases."""

ALIGNMENT_VERSION = 1
"""Of the way in which alignments are written; raised when those who know the last one would misread it."""


class Migration(NamedTuple):
    """One step.

    Attributes:
        name: stands in the table `migrations` of every file it was applied to.
        sql: statements.
    """

    name: str
    sql: str


MIGRATIONS: tuple[Migration, ...] = (
    Migration("0001-tables", tables.SQL),
    Migration("0002-words", words.SQL),
    Migration("0003-alignments", alignments.SQL),
    Migration("0004-voices", voices.SQL),
)
"""Every step, in order. The number of those applied to a file is its `user_version`."""


def migrate(connection: sqlite3.Connection, *, applied: int = 0) -> None:
    """Take a database through the steps it lacks.

    Args:
        connection: to a database in memory; files are never changed in place.
        applied: how many steps it has behind it.
    """
    for number, step in enumerate(MIGRATIONS[applied:], applied + 1):
        connection.executescript(step.sql)
        connection.execute("INSERT INTO migrations (position, name) VALUES (?, ?)", (number, step.name))
        connection.execute(f"PRAGMA user_version = {number:d}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
    connection.commit()
