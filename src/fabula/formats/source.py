"""Where bytes come from."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple


class Source(NamedTuple):
    """The bytes of one file, or of standard input.

    Attributes:
        name: as the user gave it, for messages; `<stdin>` for standard input.
        data: all bytes.
    """

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return PurePath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending in lower case, with its dot; empty where there is none."""
        return PurePath(self.name).suffix.lower()
