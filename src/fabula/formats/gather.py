"""From the command line's arguments to tellings: files, folders, lists of chapters, standard input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from fabula.errors import InputError
from fabula.formats import read
from fabula.formats.books.book import OURS, SETTINGS, Book, book_of, holds, relative_name, same_file
from fabula.formats.books.join import join
from fabula.formats.source import Source, check_size, load, size_limit
from fabula.story import Telling


def gather(paths: Sequence[str | Path], stdin: Callable[[], bytes]) -> tuple[Telling, ...]:
    """Read every argument as one telling.

    Args:
        paths: files; folders (or the `fabula.toml` in one), which hold the chapters of one telling; `-` for
            standard input.
        stdin: gives all bytes of standard input; called where `-` is among the paths.

    Returns:
        The tellings in the order given, without layers; their names differ.

    Raises:
        InputError: when something cannot be read.
        ConfigError: when a `fabula.toml` cannot be understood.
    """
    names = [str(path) for path in paths]
    if not names:
        raise InputError("no text was given", advice="Name a file, a folder, or - for standard input")
    if "" in names:
        raise InputError("one of the names is empty", advice="Name a file, a folder, or - for standard input")
    if names.count("-") > 1:
        raise InputError("standard input (-) can be read only once", advice="Give the other texts as files")
    return _named_apart(_telling(name, stdin) for name in names)


def _telling(name: str, stdin: Callable[[], bytes]) -> Telling:
    if name == "-":
        source = Source("<stdin>", stdin())
        check_size(source.name, len(source.data), size_limit(source.data))
        return read(source)
    path = Path(name)
    return _whole(book_of(path)) if _is_book(path) else read(load(path))


def _is_book(path: Path) -> bool:
    # Path.is_dir raises where a name is too long; that is for `load` to report.
    return os.path.isdir(path) or path.name == SETTINGS  # noqa: PTH112


def takes_part(file: Path, paths: Sequence[str | Path]) -> bool:
    """Whether a file is read, or would be once it is written, when these paths are.

    Args:
        file: exists or not.
        paths: as for `gather`.

    Raises:
        InputError, ConfigError: when a folder among the paths cannot be read.
    """
    if file.name in OURS:
        return True
    texts = [Path(path) for path in paths if str(path) not in ("", "-")]
    return any(holds(text, file) if _is_book(text) else same_file(text, file) for text in texts)


def _whole(book: Book) -> Telling:
    """Read the files of one telling and join them."""
    parts: list[tuple[str, Telling]] = []
    unread: list[InputError] = []
    size = 0
    for file in book.files:
        try:
            part = read(load(file))
        except InputError as error:
            unread.append(error)
            continue
        size += len(part.text)
        check_size(str(book.folder), size)
        parts.append((relative_name(file, book.folder), part))
    if unread:
        raise _cannot_read(book, unread)
    return join(parts, book)


def _cannot_read(book: Book, unread: Sequence[InputError]) -> InputError:
    if len(unread) == 1 and len(book.files) == 1:
        return unread[0]
    reasons = "; ".join(f"{error.where}: {error.what}" for error in unread[:5])
    more = f"; and {len(unread) - 5} more" if len(unread) > 5 else ""
    return InputError(
        f"{len(unread)} of {len(book.files)} files cannot be read ({reasons}{more})",
        where=str(book.folder),
        advice=f"Move them away, or list the texts under `chapters` in {book.folder / SETTINGS}",
    )


def _named_apart(tellings: Iterator[Telling]) -> tuple[Telling, ...]:
    """Give tellings of one name numbers: story, story-2, story-3."""
    apart: dict[str, Telling] = {}
    for telling in tellings:
        names = (f"{telling.name}-{number}" if number > 1 else telling.name for number in count(1))
        name = next(name for name in names if name not in apart)
        apart[name] = replace(telling, name=name)
    return tuple(apart.values())
