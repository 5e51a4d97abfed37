"""What a heading looks like: keyword and number, a number alone, a number and a title, capitals."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from fabula.structure.numerals import NUMBER_WORDS, ROMAN, parse_number

Form = Literal["chapter", "section", "part", "special", "bare", "numbered", "front", "back", "end", "note", "summary"]

_CHAPTER = r"chapters?|chap|ch|letter|stave|canto|episode"
_SECTION = r"section|scene|adventure|tale|entry"
_PART = r"volume|vol|part|book|act|period|phase|narrative"
_KEY = rf"(?P<key>{_CHAPTER}|{_SECTION}|{_PART})\.?"
_NUMBER = rf"(?P<number>\d{{1,4}}|{NUMBER_WORDS}|(?:{ROMAN})(?![\w'’]))"
_REST = r"(?P<rest>(?:\s*[.:)\]—–\-]+|\s)\s*\S.*)?"
_KEYED = re.compile(rf"{_KEY}\s*[-–—:#]?\s*(?:no\.?\s*|the\s+)?(?:{_NUMBER}|last|final)\b\.?{_REST}\W*", re.I | re.S)
_ORDERED = re.compile(
    rf"(?:the\s+)?(?P<number>{NUMBER_WORDS}|\d{{1,2}}(?:st|nd|rd|th))\s+{_KEY}(?!\w){_REST}\W*", re.I | re.S
)
_SPECIAL = re.compile(
    r"(?:the\s+)?(?:prologue|epilogue|interlude|intermission|conclusion|l['’]envoi|envoi|coda|finale|bonus chapter)"
    rf"(?:\s+(?:{NUMBER_WORDS}|\d{{1,2}}|{ROMAN}))?(?!\w){_REST}\W*",
    re.I | re.S,
)
_BARE = re.compile(rf"(?P<number>\d{{1,3}}|{ROMAN}|(?i:{NUMBER_WORDS}))[.):]?", re.S)
_NUMBERED = re.compile(
    rf"(?P<number>\d{{1,3}}|{ROMAN})(?:\s*[.:)]\s*|\s*[—–]\s*|\s*-+\s+|\s+)(?P<rest>[^\W\d_a-z].*|[“\"‘'(_].*)", re.S
)
_NAMED: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(rf"(?:{pattern})\W*", re.I))  # type: ignore[misc]
    for form, pattern in (
        ("end", r"(?:the\s+)?end|fin|finis|end of (?:the )?(?:story|book|novel|tale)|~?\s*fin\s*~?"),
        ("summary", r"(?:story |chapter )?(?:description|summary|synopsis|blurb)"),
        (
            "note",
            r"(?:(?:chapter |story |end |beginning |final |closing |opening )?(?:author|authoress|writer)['’]?s?['’]?"
            r"\s+notes?|a\s*/\s*n|a\.n\.|(?:chapter |end |beginning )notes)",
        ),
        (
            "front",
            r"(?:table of )?contents|(?:the\s+|author['’]s\s+)?(?:preface|foreword|introduction|dedication|epigraph)"
            r"(?: to .{0,60})?|introductory(?: note)?|to the reader|(?:list of )?illustrations|acknowledge?ments?"
            r"|copyright(?: page)?|dramatis person(?:ae|æ)|(?:list of )?characters|disclaimer|title page",
        ),
        (
            "back",
            r"(?:foot|end)?notes|transcriber['’]?s['’]? notes?.{0,40}|appendix.{0,60}|glossary|index|bibliography"
            r"|about the author|a note (?:on|about) the .{2,30}|authorities|advertisements?|colophon|also by .{2,40}"
            r"|afterword|errata|etymology|acknowledge?ments?|books by .{2,40}",
        ),
    )
)
_DECORATION = " \t\n_*#=~[]{}<>|+•·—–-"
_SMALL = (
    "a an and as at but by de des du for from in into la le nor of off on or over per the to up upon via von vs with"
)
_SMALL_WORDS = frozenset(_SMALL.split())
_LETTERS = re.compile(r"[^\W\d_]")
_STOP_INSIDE = re.compile(r"[.!?]['”\"’]?\s+[a-z]|[;,]$")
_SENTENCES = re.compile(r"[^\W\d_]{4,}[.!?]['”\"’]?[\s–—-]+[^\W\d_a-z]")
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_LONGEST = 320


class Heading(NamedTuple):
    """What a heading says.

    Attributes:
        form: kind of heading.
        key: keyword that it opens with (`chapter`, `volume`), or the script of its number (`roman`, `digits`,
            `words`); empty where there is neither.
        number: as counted by the heading; None where it has none.
        title: what follows the number; empty where nothing does.
    """

    form: Form
    key: str = ""
    number: int | None = None
    title: str = ""


def parse_heading(words: str) -> Heading | None:
    """Return what a block of text says if it is a heading; None where it does not look like one.

    Args:
        words: the words of a whole block, hard line breaks inside.
    """
    if len(words) > _LONGEST:
        return None
    bare = words.strip(_DECORATION)
    if not bare or not (bare[0].isalnum()):
        return None
    for form, pattern in _NAMED:
        if pattern.fullmatch(bare):
            return Heading(form)
    if keyed := _KEYED.fullmatch(bare) or _ORDERED.fullmatch(bare):
        return _keyed(keyed)
    if special := _SPECIAL.fullmatch(bare):
        rest = special["rest"] or ""
        return Heading("special", "", None, _title(rest)) if _is_title_rest(rest) else None
    return _numbered(bare, words)


def _keyed(match: re.Match[str]) -> Heading | None:
    rest = match["rest"] or ""
    if not _is_title_rest(rest):
        return None
    key = match["key"].lower()
    key = {"vol": "volume", "chap": "chapter", "ch": "chapter", "chapters": "chapter"}.get(key, key)
    form: Form = "part"
    if re.fullmatch(_CHAPTER, key):
        form = "chapter"
    elif re.fullmatch(_SECTION, key):
        form = "section"
    return Heading(form, key, parse_number(match["number"] or "last"), _title(rest))


def _numbered(bare: str, words: str) -> Heading | None:
    if match := _BARE.fullmatch(bare):
        return Heading("bare", _script(match["number"]), parse_number(match["number"]))
    match = _NUMBERED.fullmatch(bare)
    if match and match["number"] and words.count("\n") < 3 and is_title(match["rest"]):
        return Heading("numbered", _script(match["number"]), parse_number(match["number"]), _title(match["rest"]))
    return None


def _script(number: str) -> str:
    if number.isdigit():
        return "digits"
    return "roman" if re.fullmatch(ROMAN, number) else "words"


def _title(rest: str) -> str:
    return " ".join(rest.lstrip(" \t\n.:)]—–-").split())


def _is_title_rest(rest: str) -> bool:
    """Whether what follows a number can be a title: set off by a mark, or opening with a capital."""
    title = _title(rest)
    if not title:
        return True
    if title[-1] in ",;" or (rest.lstrip()[0] not in ".:)]—–-" and title[0].islower()):
        return False
    if is_title(title, longest=300):
        return True
    return len(title) <= 160 and not _SENTENCES.search(title)


def is_capitals(words: str) -> bool:
    """Whether all letters are capitals, and there are at least two."""
    return words.isupper() and len(_LETTERS.findall(words)) > 1


def is_title(words: str, *, longest: int = 100) -> bool:
    """Whether a short block reads like a title: in capitals, or every word of weight with a capital.

    Args:
        words: the words of a whole block.
        longest: code points that a title in small letters may have.
    """
    words = " ".join(words.strip(_DECORATION).split())
    if not words or len(words) > max(200, longest) or not _LETTERS.search(words):
        return False
    if is_capitals(words):
        return True
    if len(words) > longest or _STOP_INSIDE.search(words):
        return False
    heavy = [word for word in _WORD.findall(words) if word.lower() not in _SMALL_WORDS]
    return bool(heavy) and all(word[0].isupper() or len(word) < 3 for word in heavy)
