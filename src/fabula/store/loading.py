"""A story out of its file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

from fabula.errors import StoryFileError
from fabula.store.encoding import decoded
from fabula.store.header import is_story_file, parse_header, read_header
from fabula.store.migrations import ALIGNMENT_VERSION, APPLICATION_ID, MIGRATIONS, migrate
from fabula.store.rows import get, select
from fabula.store.soundness import check_alignments, check_sound
from fabula.story import LAYERS, Alignment, Anchor, Layer, Mark, Metadata, Provenance, SourceMap, Story, Telling

_AGAIN = "Make it again from the texts with `fabula read`"


def load(path: str | os.PathLike[str]) -> Story:
    """Read a story file.

    The file is never changed and nothing is put beside it: an older one is brought up to date in memory.

    Args:
        path: of a file that `save` wrote.

    Returns:
        The story, equal to the one saved.

    Raises:
        StoryFileError: when it cannot be read, is no story file, is damaged, or is newer than this program.
    """
    where = os.fspath(path)
    try:
        if Path(path).is_dir():
            raise StoryFileError("this is a folder", where=where, advice="Name a .fabula file in it")
        if Path(path).exists() and not Path(path).is_file():
            raise StoryFileError("this is a device, not a file", where=where, advice="Name a .fabula file")
        data = read_header(path)
        if is_story_file(data):
            data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise StoryFileError("there is no such file", where=where, advice="Check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoryFileError(f"it cannot be read ({reason})", where=where, advice="Check its permissions") from error
    story = unpacked(data, where)
    try:
        for telling in story.tellings:
            check_sound(telling)
        check_alignments(story)
    except ValueError as error:
        raise _damage(error, where) from error
    return story


def unpacked(data: bytes, where: str) -> Story:
    """Return the story in the bytes of a story file.

    Args:
        data: all bytes.
        where: name of the file, for messages.

    Raises:
        StoryFileError: see `load`.
    """
    version = _checked_version(data, where)
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            # A browser may have set the write-ahead log, which a database in memory cannot have: bytes 18 and 19.
            connection.deserialize(data[:18] + b"\1\1" + data[20:])
            connection.execute("PRAGMA trusted_schema = OFF")
            _check_steps(connection, version, where)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise ValueError(found)
            migrate(connection, applied=version)
            return Story(_tellings(connection), _alignments(connection, where))
        except (sqlite3.Error, LookupError, TypeError, ValueError, OverflowError) as error:
            raise _damage(error, where) from error


def _damage(error: Exception, where: str) -> StoryFileError:
    what = " ".join(str(error).split())
    return StoryFileError(f"it is damaged ({what})", where=where, advice=_AGAIN)


def _newer(what: str, version: int, known: int, where: str) -> StoryFileError:
    return StoryFileError(
        f"it was written by a newer Fabula ({what} of version {version}, known up to {known})",
        where=where,
        advice="Bring Fabula up to date",
    )


def _checked_version(data: bytes, where: str) -> int:
    """Return how many migrations the file has behind it, after what can be told from its header."""
    if not data:
        raise StoryFileError("it is empty", where=where, advice=_AGAIN)
    header = parse_header(data)
    if header is None:
        raise StoryFileError("it is no story file", where=where, advice="To read a text, use `fabula read`")
    if header.application != APPLICATION_ID:
        raise StoryFileError("it is a database of another program", where=where, advice="Name a .fabula file")
    if header.version > len(MIGRATIONS):
        raise _newer("tables", header.version, len(MIGRATIONS), where)
    if header.size > len(data):
        raise StoryFileError(
            f"its end is missing ({len(data)} of {header.size} bytes are there)", where=where, advice=_AGAIN
        )
    return header.version


def _check_steps(connection: sqlite3.Connection, version: int, where: str) -> None:
    """Make sure that the file came by the same steps that are known here."""
    steps = [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY position")]
    known = [step.name for step in MIGRATIONS[:version]]
    if steps != known or not steps:
        raise StoryFileError(
            f"its tables were made by other steps ({', '.join(steps) or 'none'}; expected {', '.join(known)})",
            where=where,
            advice=_AGAIN,
        )


def _tellings(connection: sqlite3.Connection) -> tuple[Telling, ...]:
    rows = connection.execute(
        "SELECT telling, name, title, author, language, format, encoding, text"
        " FROM tellings LEFT JOIN texts USING (telling) ORDER BY telling"
    ).fetchall()
    return tuple(_telling(connection, *row) for row in rows)


def _alignments(connection: sqlite3.Connection, where: str) -> tuple[Alignment, ...]:
    found = []
    for version, record in connection.execute("SELECT version, record FROM alignments ORDER BY position"):
        if version > ALIGNMENT_VERSION:
            raise _newer("alignments", version, ALIGNMENT_VERSION, where)
        found.append(decoded(Alignment, record))
    return tuple(found)


def _telling(connection: sqlite3.Connection, number: int, name: str, *stated: str) -> Telling:
    title, author, language, form, encoding, text = stated
    if text is None:
        raise ValueError(f"the text of {name!r} is missing")
    if not all(isinstance(value, str) for value in (name, *stated)):
        raise ValueError("what should be words are bytes or numbers")
    more = select(connection, "metadata", ("telling", "position", "key", "value"), number)
    layers: dict[str, Layer] = {}
    for _, layer, *made_by in select(
        connection, "layers", ("telling", "position", "name", "stage", "version", "weights"), number
    ):
        if layer not in LAYERS:
            raise ValueError(f"unknown layer {layer!r}")
        layers[layer] = Layer(get(connection, layer, LAYERS[layer], number), Provenance(*made_by))
    return Telling(
        name,
        text,
        get(connection, "marks", Mark, number),
        Metadata(title, author, language, form, encoding, tuple((key, value) for _, key, value in more)),
        SourceMap(get(connection, "anchors", Anchor, number)),
        MappingProxyType(layers),
    )
