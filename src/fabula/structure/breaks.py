"""What a line says that opens a scene: a rule or asterisks, or a heading with the viewpoint character's name."""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.lexicon.tellers import spoken_name

_ORNAMENT = re.compile(
    r"""
      [*⁂⁎✽✻❦❧☙§○●◯◦•·☆★✦✧◇◆♦♢♥♡♪♫†‡∞#~=^°¤]+        # any signs of this kind, once is enough
    | [-–—_]{3,}                                       # a rule
    | (?:[-–—_]\s+){2,}[-–—_]
    | (?:\.\s+){3,}\.                                  # . . . . .
    | o(?:[oO0]{2,}) | [xX](?:[xX]{2,}) | O(?:[oO0]{2,})
    """,
    re.VERBOSE,
)
_BREAK = re.compile(
    r"[\s*⁂⁎✽✻❦❧☙§○●◯◦•·☆★✦✧◇◆♦♢♥♡♪♫†‡∞#~=^°¤\-–—_.<>/\\|+:oO0xX]+",
)
_LETTERS = re.compile(r"[oO0xX]+")
_PERSON = r"[^\W\d_][\w.'’\-]*(?:\s+(?:&\s+)?[^\W\d_][\w.'’\-]*){0,3}?"
_VIEW = r"(?:p\.?\s?o\.?\s?v\.?|points?[ -]of[ -]view|perspective|view[ -]?point)"
_VIEWPOINT = re.compile(
    rf"""(?:(?:switch(?:ing)?|chang(?:e|ing)|back|now)\s+(?:(?:over\s+)?to\s+|in\s+)?)?(?:
        (?P<name>{_PERSON})(?:['’]s|['’])?\s+{_VIEW}
      | (?:from\s+(?:the\s+)?)?{_VIEW}\s*(?:[:=\-–—]\s*|\s+of\s+|\s+)(?P<after>{_PERSON})
      | from\s+(?P<whose>{_PERSON})['’]s?\s+{_VIEW}
    )""",
    re.I | re.X,
)
_NOBODY_WORDS = """
third first second 3rd 1st 2nd normal no nobody narrator narrators general omniscient author authors my his her
their change switch new same different another person
"""
_NOBODY = frozenset(_NOBODY_WORDS.split())
_EDGE = " \t\n*_~=-–—[](){}<>#:.•○"


class Viewpoint(NamedTuple):
    """A heading that says whose side is told; `name` is None where it names nobody ("Normal POV")."""

    name: str | None


def is_break(words: str) -> bool:
    """Whether a line is nothing but a scene break: `* * *`, `⁂`, `____`, `○ ○ ○`, `~~~`, `#`, `oOo`.

    Args:
        words: one line.
    """
    words = words.strip()
    if not words or len(words) > 200 or not _BREAK.fullmatch(words):
        return False
    letters = _LETTERS.findall(words)
    if not letters:
        return _is_ornament(words)
    return all(_is_garland(piece, alone=piece == words) for piece in letters)


def _is_ornament(words: str) -> bool:
    if _ORNAMENT.fullmatch(words):
        return True
    marks = "".join(words.split())
    mixed = len(marks) >= 3 and any(mark not in "-–—." for mark in marks)
    return mixed or len(set(marks)) == 1 < len(marks) // 2


def _is_garland(letters: str, *, alone: bool) -> bool:
    """Whether letters are an ornament like `oOo`: one letter in both sizes, or signs around it."""
    if not alone:
        return len(letters) == 1 or len(set(letters.lower().replace("0", "o"))) == 1
    return len(letters) >= 3 and len(set(letters.lower().replace("0", "o"))) == 1 and not letters.isupper()


def parse_viewpoint(words: str) -> Viewpoint | None:
    """Return whose viewpoint a heading announces: "[Anne Point Of View]", "Anne's POV", "POV: Anne".

    Args:
        words: one block.

    Returns:
        The viewpoint; None where the words are no such heading.
    """
    if len(words) > 80:
        return None
    match = _VIEWPOINT.fullmatch(words.strip(_EDGE))
    if not match:
        return None
    name = (match["name"] or match["after"] or match["whose"] or "").strip(_EDGE)
    name = re.sub(r"['’]s?$", "", name, flags=re.I)
    first = name.split()[0].lower() if name else ""
    if not name or first.rstrip("'’s") in _NOBODY or first in _NOBODY:
        return Viewpoint(None)
    return Viewpoint(spoken_name(name))
