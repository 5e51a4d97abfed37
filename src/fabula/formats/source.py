"""Where bytes come from."""

from __future__ import annotations

import difflib
import os
import stat
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from fabula.errors import InputError

TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of text that are read at most; the longest novels have about twelve million."""

ARCHIVE_LIMIT = 256 * 1024 * 1024
"""Bytes of a zip archive (EPUB, DOCX, ODT) that are read at most: pictures take room."""

_ZIP = b"PK\x03\x04"


_REPORT = b'<meta name="generator" content="Fabula">'


class Source(NamedTuple):
    """The bytes of one file, or of standard input.

    Attributes:
        name: as the user gave it, in `unicode_name`; `<stdin>` for standard input.
        data: all bytes.
    """

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The file's name without folder and ending; `stdin` for standard input."""
        return PurePath(self.name).stem.strip("<>")

    @property
    def suffix(self) -> str:
        """The ending in lower case, with its dot; empty where there is none."""
        return PurePath(self.name).suffix.lower()


def load(path: Path) -> Source:
    """Read a file whole, unless it is too large.

    Args:
        path: a file; pipes and devices are read up to the limit.

    Raises:
        InputError: when it is missing, a folder, not allowed to be read, too large, or fails while being read.
    """
    name = unicode_name(path)
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode):
                check_size(name, status.st_size, size_limit(start))
            data = read_stream(file, start)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    check_size(name, len(data), size_limit(data))
    return Source(name, data)


def is_report(data: bytes) -> bool:
    """Whether bytes, the first of a page, are those of a report that Fabula wrote."""
    return _REPORT in data[:4096]


def unicode_name(path: str | os.PathLike[str]) -> str:
    r"""Return the name of a file in characters that can be kept and shown anywhere.

    A name may hold bytes that are no UTF-8; Python has lone surrogates for them, which nothing can store. They become
    escapes like `\xff` here.
    """
    name = os.fspath(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    return name


def read_stream(file: BinaryIO, start: bytes = b"") -> bytes:
    """Return what a stream still gives, one byte more than may be read at most.

    Args:
        file: open, perhaps endless.
        start: what was read from it before.
    """
    if len(start) < len(_ZIP):
        start += file.read(len(_ZIP) - len(start))
    return start + file.read(size_limit(start) + 1 - len(start))


def size_limit(data: bytes) -> int:
    """Return how many bytes of such a source are read at most, going by how it begins."""
    return ARCHIVE_LIMIT if data.startswith(_ZIP) else TEXT_LIMIT


def check_size(name: str, size: int, limit: int = TEXT_LIMIT) -> None:
    """Make sure that a source is not too large.

    Args:
        name: as the user gave it.
        size: in bytes; as far as known.
        limit: in bytes.

    Raises:
        InputError: when `size` is greater than `limit`.
    """
    if size > limit:
        raise InputError(
            f"too large: {_mebibytes(size)} or more, where at most {_mebibytes(limit)} can be read",
            where=name,
            advice="Split it into several texts and read each by itself",
        )


def _mebibytes(size: int) -> str:
    return f"{size / (1024 * 1024):.4g} MiB"


def _unreadable(path: Path, error: OSError | ValueError) -> InputError:
    where = unicode_name(path)
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file", where=where, advice=_likely(path))
    if isinstance(error, PermissionError):
        return InputError("may not be read", where=where, advice="Give yourself the permission to read it")
    if isinstance(error, IsADirectoryError):
        return InputError("is a folder, not a file", where=where, advice="Name the files in it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"cannot be read ({reason})", where=where, advice="Check the name and the disk")


def _likely(path: Path) -> str:
    """Name the file that was probably meant."""
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        return f"There is no readable folder {path.parent} either"
    close = difflib.get_close_matches(path.name, names, 1, 0.7)
    return f"Did you mean {path.parent / close[0]}?" if close else "Check the name and the folder"
