"""Vocatives: names by which a speaker calls the hearer."""

from __future__ import annotations

import re

from fabula.lexicon.address import is_call, names_self
from fabula.spans import Span
from fabula.speech.view import View

_MALE = ("sir", "father", "papa", "dad", "uncle", "boy", "man")
_FEMALE = ("madam", "ma'am", "ma’am", "mother", "mamma", "mama", "mum", "aunt", "miss", "girl", "lady")
_CALLS = re.compile(
    rf"(?:^|[,.!?]\s+)(?:my dear |my |dear )?({'|'.join((*_MALE, *_FEMALE))})\b\s*[,.!?;\"”]", re.IGNORECASE
)


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
        if is_call(view.text, piece, mention.span):
            found.append(mention.character)
    return list(dict.fromkeys(found))


def introduced(view: View, piece: Span) -> str | None:
    """Return the id of whoever names themselves within a quotation: `it's Octavia`, `my name is Anne`."""
    for mention in view.mentions_in(piece):
        if mention.form == "name" and names_self(view.text, piece, mention.span):
            return mention.character
    return None


def genders_called(text: str, piece: Span) -> set[str]:
    """Return the genders that forms of address within a quotation state."""
    found: set[str] = set()
    for match in _CALLS.finditer(text, piece.start, piece.end):
        word = match[1].lower()
        found.add("male" if word in _MALE else "female")
    return found
