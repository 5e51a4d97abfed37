"""The first bytes of a story file, by which it is known.

Source: "Database File Format", section 1.3, sqlite.org.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from fabula.store.migrations import APPLICATION_ID

LENGTH = 100
"""Bytes in the header of every SQLite database."""
_MAGIC = b"SQLite format 3\0"


class Header(NamedTuple):
    """What the header of an SQLite database says.

    Attributes:
        size: bytes that the whole file must have.
        version: number of migrations applied to it.
        application: id of the program whose file it is.
    """

    size: int
    version: int
    application: int


def read_header(path: str | os.PathLike[str]) -> bytes:
    """Return the first bytes of a file, fewer where it is shorter.

    Raises:
        OSError: when it cannot be read.
    """
    with Path(path).open("rb") as file:
        return file.read(LENGTH)


def parse_header(data: bytes) -> Header | None:
    """Return what the header says; None where the bytes are no SQLite database."""
    if len(data) < LENGTH or not data.startswith(_MAGIC):
        return None
    page = int.from_bytes(data[16:18], "big")
    page = 65536 if page == 1 else page
    return Header(
        page * int.from_bytes(data[28:32], "big"),
        int.from_bytes(data[60:64], "big"),
        int.from_bytes(data[68:72], "big"),
    )


def is_story_file(data: bytes) -> bool:
    """Whether the first bytes are those of a story file, damaged or newer ones included."""
    header = parse_header(data[:LENGTH])
    return header is not None and header.application == APPLICATION_ID
