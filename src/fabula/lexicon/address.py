"""How people are called within speech: where a name is a form of address, and where speakers name themselves.

Source: common knowledge of English; our own lists. Licence: as the program.
"""

from __future__ import annotations

import re

from fabula.lexicon import words
from fabula.spans import Span

_BEFORE = re.compile(
    r"(?:^|[,.!?;:—–\-\"“‘'*_…]\s*"
    r"|\b(?:dear|dearest|my|oh|o|ah|yes|no|well|hey|hi|hello|sorry|please|goodbye|bye|thanks|you)\s+)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:[,.!?;:—–…]|-[-\s]|[\"”’*_]|$)")
_SELF = re.compile(r"(?:^|[^\w])(?:[Ii]t['’]s(?: only)?|[Tt]his is|[Ii]['’]m|I am|[Mm]y name is|[Nn]ame['’]s)\s+$")
_CLOSES = ('"', "”", "!", "?")
_FREE = frozenset(
    ("you", "no", "yes", "me", "her", "him", "it", "them", "us", "now", "there", "here", "then", "well")
)
"""Function words that end a sentence before somebody is called by name."""
_ADVERBS = frozenset(
    ("down", "up", "again", "please", "sorry", "too", "okay", "ok", "now", "there", "here", "then", "you")
)
"""Words that end a sentence, so that a name after them calls somebody even before a full stop."""
_LONGEST = 8
"""Words of a sentence at whose end a name without a comma is taken for a call."""


def is_call(text: str, piece: Span, name: Span) -> bool:
    """Whether a name within a quotation calls somebody: `Come, Ada.`, `I'm sorry Ada`.

    Args:
        text: of the telling.
        piece: the quotation, marks included.
        name: where the name stands.
    """
    if opens_as_name(text, piece, name):
        return False
    before = text[max(piece.start, name.start - 12) : name.start]
    if _BEFORE.search(before) and _AFTER.match(text, name.end, piece.end):
        return True
    return _closes(text, piece, name)


def names_self(text: str, piece: Span, name: Span) -> bool:
    """Whether a speaker gives their own name within a quotation: `It's Ada`, `My name is Ada`."""
    return _SELF.search(text, max(piece.start, name.start - 16), name.start) is not None


def opens_as_name(text: str, piece: Span, name: Span) -> bool:
    """Whether a full name opens a quotation as a sentence of its own, as in an introduction: `Ada Hale. I'm new.`."""
    return name.start <= piece.start + 1 and text[name.end : name.end + 2] == ". " and " " in name.of(text)


def _closes(text: str, piece: Span, name: Span) -> bool:
    """Whether a name without a comma closes a sentence after words to somebody: `I'm sorry Ada`."""
    after = text[name.end : min(piece.end, name.end + 1)]
    before = text[piece.start : name.start].split()
    if after not in (*_CLOSES, ".") or not before or len(before) > _LONGEST:
        return False
    last = before[-1].lower().strip('"“,')
    if last in _ADVERBS or after == ".":
        return last in _ADVERBS
    return last not in words("not_names", "place_prepositions") | words("not_names", "function") - _FREE
