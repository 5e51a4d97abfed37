"""A telling in several files: which, and in what order. From a folder, or from the `fabula.toml` in it."""

from __future__ import annotations

import difflib
import os
import re
import reprlib
import tomllib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from fabula.errors import ConfigError, InputError
from fabula.formats.source import is_report, load, unicode_name

SETTINGS = "fabula.toml"
"""Name of the settings file of a folder."""

KEYS = ("title", "author", "chapters")
"""What a settings file may say of a telling."""

OURS = frozenset({SETTINGS, "corrections.toml"})
"""Names of the files beside texts that say how they are read."""

_NOT_TEXTS = re.compile(
    r"\.(?:fabula|tokens|entities|quotes|book|png|jpe?g|gif|webp|svg|bmp|tiff?|avif|heic|ico|css|js|jsonl?|ssml|toml|ya?ml|csv|db|mp3|m4a|ogg|flac|wav|mp4"
    r"|mov|ttf|otf|woff2?|bak|tmp)"
)
_PAGES = (".html", ".htm")
_MOST_FILES = 10_000


class Book(NamedTuple):
    """The files of one telling.

    Attributes:
        folder: where they are.
        files: in reading order.
        title: as the settings state; empty where they don't.
        author: as the settings state; empty where they don't.
        listed: whether the settings list the files; else all texts in the folder are meant.
    """

    folder: Path
    files: tuple[Path, ...]
    title: str = ""
    author: str = ""
    listed: bool = False


def book_of(path: Path) -> Book:
    """Find the files of a telling.

    Args:
        path: a folder, or the settings file in one.

    Raises:
        InputError: when the folder cannot be read or holds no texts.
        ConfigError: when the settings cannot be understood or name a file that is not there.
    """
    folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112
    file = folder / SETTINGS
    settings = _settings(file) if os.path.lexists(file) or path != folder else {}
    listed = settings.get("chapters")
    files = _listed(listed, file) if listed is not None else _texts_in(folder)
    return Book(folder, files, settings.get("title", ""), settings.get("author", ""), listed is not None)


def holds(path: Path, file: Path) -> bool:
    """Whether a file is, or would be once it is written, one of the files of a telling.

    Args:
        path: a folder, or the settings file in one.
        file: exists or not.

    Raises:
        InputError, ConfigError: see `book_of`.
    """
    book = book_of(path)
    if any(same_file(known, file) for known in book.files):
        return True
    folder, place = os.path.realpath(book.folder), PurePath(os.path.realpath(file))
    if book.listed or not place.is_relative_to(folder):
        return False
    *folders, name = place.relative_to(folder).parts
    if PurePath(name).suffix.lower() in _PAGES:
        return False  # a report is known for what it is, and passed over
    return _may_be_text(name) and not any(part.startswith(".") for part in folders)


def same_file(one: Path, other: Path) -> bool:
    """Whether two names, of files that exist or not, mean one place."""
    try:
        return os.path.samefile(one, other)  # noqa: PTH121 - one form for both cases
    except (OSError, ValueError):
        return os.path.realpath(one) == os.path.realpath(other)


def relative_name(file: Path, folder: Path) -> str:
    """Return how a file is called, seen from a folder, with `/` on every system."""
    return unicode_name(PurePath(os.path.relpath(file, folder)).as_posix())


def natural_key(path: PurePath) -> tuple[Any, ...]:
    """Return what to sort paths by so that chapter2 comes before chapter10, and parts before what is in the next."""
    return (*(_numbers_apart(part) for part in (*path.parts[:-1], path.stem)), _numbers_apart(path.suffix), str(path))


def _numbers_apart(name: str) -> tuple[tuple[int, int, str], ...]:
    pieces = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)


def _texts_in(folder: Path) -> tuple[Path, ...]:
    found = sorted(
        islice(_candidates(folder), _MOST_FILES + 1), key=lambda file: natural_key(file.relative_to(folder))
    )
    if len(found) > _MOST_FILES:
        raise InputError(
            f"this folder holds more than {_MOST_FILES} files, too many for one telling",
            where=str(folder),
            advice="Name the folder of one book",
        )
    if not found:
        raise InputError("there are no texts in this folder", where=str(folder), advice="Name the files themselves")
    return tuple(found)


def _candidates(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder, onerror=_refuse_folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(where, name)
            special = os.path.exists(file) and not os.path.isfile(file)  # noqa: PTH110, PTH113 - they never raise
            if _may_be_text(name) and not special and not _is_report(file):
                yield file


def _is_report(file: Path) -> bool:
    """Whether a file is a page that Fabula wrote beside the texts."""
    if file.suffix.lower() not in _PAGES:
        return False
    try:
        with file.open("rb") as opened:
            return is_report(opened.read(4096))
    except OSError:
        return False  # for `load` to report


def _may_be_text(name: str) -> bool:
    hidden = name.startswith((".", "~$")) or name.endswith("~") or name in OURS
    return not hidden and not _NOT_TEXTS.fullmatch(PurePath(name).suffix.lower())


def _refuse_folder(error: OSError) -> None:
    raise InputError(
        f"this folder cannot be read ({error.strerror})",
        where=str(error.filename),
        advice="Give yourself the permission to read it",
    ) from error


def _settings(file: Path) -> Mapping[str, Any]:
    """Read and check a settings file."""
    try:
        settings = tomllib.loads(load(file).data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # also what is no UTF-8, numbers too long, and brackets too deep
        raise ConfigError(f"is not valid TOML ({error})", where=str(file), advice="Mend that line") from error
    for key, value in settings.items():
        if key not in KEYS:
            close = difflib.get_close_matches(key, KEYS, 1)
            meant = f"Did you mean '{close[0]}'? " if close else ""
            raise ConfigError(
                f"the key '{key}' is not known", where=str(file), advice=f"{meant}Known are {', '.join(KEYS)}"
            )
        if key != "chapters" and not isinstance(value, str):
            raise ConfigError(
                f"'{key}' must be words between quotation marks, not {reprlib.repr(value)}", where=str(file)
            )
    return settings


def _listed(chapters: Any, settings: Path) -> tuple[Path, ...]:
    """Return the files that the settings list."""
    where = f"{settings}, chapters"
    if not isinstance(chapters, list) or not all(isinstance(name, str) for name in chapters) or not chapters:
        raise ConfigError(
            f"must be a list of file names, not {reprlib.repr(chapters)}",
            where=where,
            advice='Write chapters = ["one.txt"]',
        )
    named: set[PurePath] = set()
    for name in chapters:
        place = PurePath(os.path.normpath(name))
        if place in named:
            raise ConfigError(f"'{name}' is listed twice", where=where, advice="Remove one of them")
        named.add(place)
        if place.anchor or place.parts[:1] == (os.pardir,):
            raise ConfigError(
                f"'{name}' lies outside of the folder of these settings, from where nothing is read",
                where=where,
                advice="Move the file into it, or the settings to a folder that holds all chapters",
            )
        if not os.path.isfile(settings.parent / name):  # noqa: PTH113 - it never raises
            raise ConfigError(f"there is no file '{name}'", where=where, advice=_known_files(settings.parent, name))
    return tuple(settings.parent / name for name in chapters)


def _known_files(folder: Path, name: str) -> str:
    names = [relative_name(file, folder) for file in _candidates(folder)]
    close = difflib.get_close_matches(name, names, 1)
    return f"Did you mean '{close[0]}'?" if close else "Names count from the folder of the settings file"
