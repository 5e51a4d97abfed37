"""Headings that may name who tells: `Mara`, `Chapter 3: Tom`, `Tom's Story`, `DR. PELL'S DIARY`.

Source: common knowledge of English; our own lists. Licence: as the program.
"""

from __future__ import annotations

import re

from fabula.lexicon import words

_KINDS = r"narrative|story|account|diary|journal|tale|statement|testimony|version|log(?:book)?|side"
_TOLD = re.compile(
    rf"(?P<name>(?:[^\W\d_][\w.\-]*\s)*?[^\W\d_][\w.\-]*?)['’]s?\s+(?:{_KINDS})(?:\W+(?:continued|concluded))?\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^(?:(?:chapter|part|book|section|ch\.)\s+[\w-]+|\d+|[IVXLC]+\b)\s*(?:[.:)—–-]\s*|\s|$)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’\-]*(?:\s[^\W\d_a-z][\w.'’\-]*){0,2}")
_DATED = re.compile(r"\s*(?:[,:(|]|\s[-—–])\s*(?=.).*")
_NO_NAMES = """
the a an my prologue epilogue interlude part chapter book end fin finis chorus verse bridge refrain intro outro hook
"""
_NO_NAME = frozenset(_NO_NAMES.split())


def told_by(heading: str) -> str | None:
    """Return who tells by a heading that says so: Tom by `Tom's Story`; None by any other.

    Args:
        heading: its words on one line, without a number.
    """
    told = _TOLD.fullmatch(heading)
    return spoken_name(told["name"]) if told else None


def headed_by(heading: str) -> str | None:
    """Return the name that a heading holds, whatever number or date stands beside it; None where it is no name.

    Args:
        heading: its words on one line.
    """
    for title in (_NUMBER.sub("", heading, count=1), heading):
        bare = title.strip(" *_#=~-—–.")
        name = told_by(bare) or _name(bare) or _name(_DATED.sub("", bare, count=1))
        if name:
            return name
    return None


def _name(title: str) -> str | None:
    if not _NAME.fullmatch(title):
        return None
    parts = {part.lower().strip(".") for part in title.split()} - words("titles", "male", "female", "unknown")
    common = words("not_names", "words", "never", "function") | _NO_NAME
    return spoken_name(title) if parts and common.isdisjoint(parts) else None


def spoken_name(name: str) -> str:
    """Return a name in capitals as names are written in running text; others, and initials, as they are."""
    if not name.isupper() or not all(len(word) > 2 and word[0].isalpha() for word in name.split()):
        return name
    return name.title().replace("'S", "'s").replace("’S", "’s")
