"""Pairs of tellings of any length: the beginning of a text, and a copy with words changed, added and left out."""

from __future__ import annotations

import gzip
import random
import re
import zlib
from pathlib import Path

from benchmarks.data import data_folder
from fabula.tellings.collation.lines import WORD, folded

CHANGED, ADDED, LEFT_OUT = 0.03, 0.02, 0.02
"""Share of the words of a copy that are another word, that have a new one before them, that are missing."""
_BLANK_AND_WORD = re.compile(rf"( ?)({WORD.pattern})")


def book(path: Path | None) -> str:
    """Return the text of a file, plain or gzipped; without a path, *Bleak House* of the data folder.

    Raises:
        ValueError: when it cannot be read.
    """
    path = path or data_folder() / "fiction" / "1023_bleak_house.txt.gz"
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as UTF-8 text ({error})") from error


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters, straight apostrophes, no marks."""
    return [folded(word) for word in WORD.findall(text)]


def passage(text: str, words: int) -> str:
    """Return the beginning of a text that has so many words.

    Raises:
        ValueError: when it has fewer.
    """
    found = 0
    for found, match in enumerate(WORD.finditer(text), start=1):
        if found == words:
            return text[: match.end()] + ".\n"
    raise ValueError(f"the text has {found:,} words, not {words:,}")


def retold(text: str, *, seed: int = 1) -> str:
    """Return a copy with words changed, added and left out by chance; always the same for one text and seed."""
    vocabulary = WORD.findall(text)
    draw = random.Random(seed)  # noqa: S311 - no secret

    def again(match: re.Match[str]) -> str:
        blank, word = match.groups()
        luck = draw.random()
        if luck < LEFT_OUT:
            return ""
        if luck < LEFT_OUT + ADDED:
            return f"{blank}{draw.choice(vocabulary)} {word}"
        if luck < LEFT_OUT + ADDED + CHANGED:
            return f"{blank}{draw.choice(vocabulary)}"
        return f"{blank}{word}"

    return _BLANK_AND_WORD.sub(again, text)
