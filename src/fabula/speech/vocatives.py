"""Vocatives: names by which a speaker calls the hearer."""

from __future__ import annotations

import re

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.view import View

_BEFORE = re.compile(
    r"(?:^|[,.!?;:—–\-\"“‘'*_]\s*|\b(?:dear|dearest|my|oh|o|ah|yes|no|well|hey|hi|hello|sorry|please|goodbye|thanks|you)\s+)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:[,.!?;:—–…]|-[-\s]|[\"”’*_]|$)")
_MALE = ("sir", "father", "papa", "dad", "uncle", "boy", "man")
_FEMALE = ("madam", "ma'am", "ma’am", "mother", "mamma", "mama", "mum", "aunt", "miss", "girl", "lady")
_CALLS = re.compile(
    rf"(?:^|[,.!?]\s+)(?:my dear |my |dear )?({'|'.join((*_MALE, *_FEMALE))})\b\s*[,.!?;\"”]", re.IGNORECASE
)
_SELF = re.compile(r"(?:^|[^\w])(?:[Ii]t['’]s|[Tt]his is|I['’]m|I am|[Mm]y name is)\s+$")


_BEFORE_NAME = frozenset(
    ("you", "no", "yes", "me", "her", "him", "it", "them", "us", "now", "there", "here", "then", "well")
)
"""Function words that end a sentence before somebody is called by name."""


def vocatives(view: View, piece: Span) -> list[str]:
    """Return the ids of those called by name within a quotation, in order.

    Args:
        view: what the speech chapter reads.
        piece: the quotation, marks included.
    """
    found: list[str] = []
    for mention in view.mentions_in(piece):
        if mention.form != "name" or mention.character is None:
            continue
        before = view.text[max(piece.start, mention.span.start - 12) : mention.span.start]
        if (_BEFORE.search(before) and _AFTER.match(view.text, mention.span.end, piece.end)) or _closing(
            view.text, piece, mention.span
        ):
            found.append(mention.character)
    return list(dict.fromkeys(found))


def introduced(view: View, piece: Span) -> str | None:
    """Return the id of whoever names themselves within a quotation: `it's Octavia`, `my name is Anne`."""
    for mention in view.mentions_in(piece):
        if mention.form == "name" and _SELF.search(
            view.text, max(piece.start, mention.span.start - 14), mention.span.start
        ):
            return mention.character
    return None


def _closing(text: str, piece: Span, span: Span) -> bool:
    """Whether a name without a comma closes a sentence after words to somebody: `I'm sorry Octavia`."""
    after = text[span.end : min(piece.end, span.end + 1)]
    before = text[piece.start : span.start].split()
    if after not in ('"', "”", "!", "?") or not before or len(before) > 8:
        return False
    last = before[-1].lower().strip('"“,')
    return last not in words("not_names", "place_prepositions") | words("not_names", "function") - {
        "you",
        "no",
        "yes",
    }


def genders_called(text: str, piece: Span) -> set[str]:
    """Return the genders that forms of address within a quotation state."""
    found: set[str] = set()
    for match in _CALLS.finditer(text, piece.start, piece.end):
        word = match[1].lower()
        found.add("male" if word in _MALE else "female")
    return found
