"""Narration in the second person: who `you` is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.lexicon import words
from fabula.spans import Span, index_at
from fabula.story import Character, Mention, Telling

YOU = "you"
"""Id of whom the narration speaks to."""
_YOU = re.compile(r"\b[Yy]ou(?:r|rself)?\b")
_I = re.compile(r"\bI\b")
_TAG = re.compile(r"[\"”’»*_]\s*you\s+(?:[a-z]+ly\s+)?([a-z]+)\b")
_SUBJECT = re.compile(r"(?:^|[.!?]\s+|\n)You\s+[a-z]+")
_LEAST = 2
_RARE = 1500
"""Code points of narration within which `you` must stand once."""


def with_second_person(
    telling: Telling, mentions: Sequence[Mention], characters: Sequence[Character]
) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Make a character of whom the narration calls `you`, where it tells what they do and say.

    A teller who now and then speaks to the reader does not: `you` must have tags, and nobody may say `I`.

    Args:
        telling: with the layer `quotes`.
        mentions: as found so far, in order.
        characters: as found so far.
    """
    text = telling.text
    told = (tuple(mentions), tuple(characters))
    tags = [match for match in _TAG.finditer(text) if match[1] in words("verbs", "speech")]
    if not tags or any(who.narrator or who.id == YOU for who in characters):
        return told
    quotes = [quote.span for quote in telling.layer("quotes", wanted_by="speech") if quote.depth == 0]
    starts = [span.start for span in quotes]

    def narrated(pattern: re.Pattern[str]) -> list[Span]:
        spans = (Span(*match.span()) for match in pattern.finditer(text))
        return [span for span in spans if not _inside(quotes, starts, span.start)]

    found = narrated(_YOU)
    acts = sum(not _inside(quotes, starts, match.end() - 1) for match in _SUBJECT.finditer(text))
    silent = len(text) - sum(span.length for span in quotes)
    if len(tags) + acts < _LEAST or 2 * len(narrated(_I)) > len(found) or len(found) * _RARE < silent:
        return told
    taken = set(found)
    kept = [mention for mention in mentions if mention.span not in taken]
    pointed = [Mention(span, "pronoun", YOU) for span in found]
    ordered = sorted((*kept, *pointed), key=lambda mention: (mention.span.start, -mention.span.end))
    made = Character(YOU, "you", ("you",), mentions=len(found), named=False)
    return tuple(ordered), (*characters, made)


def _inside(quotes: Sequence[Span], starts: Sequence[int], offset: int) -> bool:
    at = index_at(starts, offset)
    return at >= 0 and quotes[at].has(offset)
