"""Chapter 1, READ: bytes in, a telling with text and marks out. One file a format; this file lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from fabula.formats.source import Source
from fabula.story import Telling


class Format(NamedTuple):
    """A format that can be read.

    Attributes:
        name: as in `Metadata.format`.
        what: one line for the reference.
        suffixes: usual endings of file names, for the reference and as a hint; contents decide.
        detects: whether a source is of this format, from its bytes (and its name where bytes cannot tell).
        read: makes the telling.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    detects: Callable[[Source], bool]
    read: Callable[[Source], Telling]
