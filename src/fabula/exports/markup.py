"""What the XML formats share: words and attributes, escaped."""

from __future__ import annotations

import re
from html import escape

from fabula.exports.aloud import printable
from fabula.story import Telling

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_UNDETERMINED = "und"


def text(words: str) -> str:
    """Return words as the content of an element; U+FFFD stands for what XML 1.0 forbids."""
    return escape(printable(words), quote=False)


def attribute(name: str, value: str | None) -> str:
    """Return an attribute with a space in front; nothing for a value of None.

    Args:
        name: with its prefix.
        value: line ends and runs of white space become one space, as readers of XML would have it.
    """
    return "" if value is None else f' {name}="{escape(printable(" ".join(value.split())))}"'


def language(telling: Telling) -> str:
    """Return the language of a telling as a BCP 47 tag; `und` where it states none, or no tag."""
    stated = telling.metadata.language
    return stated if _LANGUAGE.fullmatch(stated) else _UNDETERMINED
