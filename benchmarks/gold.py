"""Gold annotation as records: quotations, the list of characters with all their names, mentions inside quotations."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fabula.errors import InputError
from fabula.lexicon import words
from fabula.spans import Span, stripped
from fabula.story import Character, Gender, Mention, Quote

_GENDERS: Mapping[str, Gender] = {"F": "female", "M": "male"}
_NARRATOR = "_narr"
_MARKS = "\"'“”‘’«»"
_CLEAR = 0.75
"""Share of the mentions of a name that must mean one person before it is taken for theirs."""
_LEAST = 2
"""How often a name that is on no list must be annotated before it is taken for one person's."""
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:an?|one|his|her)\s", re.IGNORECASE)
_DESCRIBES = re.compile(r"(?:the|an?|one|his|her|my)\s|.*\b(?:of|with|in)\s", re.IGNORECASE)
_PRONOUNS = words("not_names", "function") | frozenset(
    (
        "i'm",
        "myself",
        "yourself",
        "himself",
        "herself",
        "ourselves",
        "themselves",
        "mine",
        "yours",
        "hers",
        "theirs",
        "ours",
    )
)
_ADDRESS = frozenset(("sir", "miss", "madam", "ma'am", "mr", "mrs", "sirs", "gentlemen", "ladies", "dear", "you"))
"""Words with which anybody may be addressed: no names, though they stand with a capital."""


def read_document(file: Path) -> dict[str, Any]:
    """Return a gold document that has all that the protocol gives.

    Raises:
        InputError: where it has not.
    """
    try:
        document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read as JSON ({error})", where=str(file)) from error
    if not isinstance(document, dict) or not {"text", "quotes", "characters"} <= document.keys():
        raise InputError("no gold document with quotations and a list of characters", where=str(file))
    return {**document, "doc_id": document.get("doc_id") or file.stem}


def gold_quotes(document: Mapping[str, Any], found: Sequence[Quote] = ()) -> tuple[Quote, ...]:
    """Return the gold quotations as a layer.

    Args:
        document: with gold quotations.
        found: quotations found; those that touch no gold one stay, as words between marks that nobody speaks.
    """
    text: str = document["text"]
    pieces = sorted(
        (Span(*span), number > 0)
        for quote in document["quotes"]
        for number, span in enumerate(sorted(quote["spans"]))
    )
    quotes: list[Quote] = []
    end = 0
    for span, continues in pieces:
        inner = _inner(text, span)
        opened, closed = inner.start > span.start, inner.end < span.end
        depth = int(span.start < end)
        quotes.append(Quote(span, inner, "straight", "speech", closed, opened, continues, depth))
        end = max(end, span.end)
    quotes = _rejoined(quotes, found)
    starts = [quote.span.start for quote in quotes]
    for quote in found:
        near = quotes[max(0, bisect_left(starts, quote.span.start) - 2) : bisect_left(starts, quote.span.end)]
        if not any(other.span.overlap(quote.span) for other in near):
            quotes.append(replace(quote, kind="scare" if quote.kind == "speech" else quote.kind, continues=False))
    return tuple(sorted(quotes, key=lambda quote: (quote.span.start, -quote.span.end)))


def _rejoined(quotes: Sequence[Quote], found: Sequence[Quote]) -> list[Quote]:
    """Let pieces go on from each other that stand between one pair of marks, or where the marks say so.

    PDNC cuts a speech where it reports another one; what stands between such pieces is no narration.
    """
    starts = [quote.span.start for quote in quotes]
    going_on: set[int] = set()
    for whole in found:
        inside = range(bisect_left(starts, whole.span.start), bisect_left(starts, whole.span.end))
        if whole.depth == 0 and whole.opened and whole.closed:
            going_on.update(inside[1:])
        if whole.continues and inside and starts[inside[0]] == whole.span.start:
            going_on.add(inside[0])
    return [replace(quote, continues=True) if at in going_on else quote for at, quote in enumerate(quotes)]


def _inner(text: str, span: Span) -> Span:
    start = span.start + (text[span.start] in _MARKS)
    return Span(start, max(start, span.end - (text[span.end - 1] in _MARKS)))


def plain(name: str) -> str:
    """Return a name for comparison: one case, single blanks, no dots, no article before it, no possessive ending."""
    told = " ".join(name.replace(".", " ").lower().split())
    return re.sub(r"^(?:the|an?)\s+(?=\S)|['’]s$", "", told)


def gold_characters(document: Mapping[str, Any]) -> list[Character]:
    """Return the gold list as characters, pseudo-characters left out."""
    found = []
    for who in document["characters"]:
        if not who.get("special"):
            names = dict.fromkeys(name for name in (who["name"], *who["aliases"]) if name[:1] != "_")
            gender = _GENDERS.get(who.get("gender") or "", "unknown")
            narrator = _NARRATOR in who["aliases"]
            found.append(Character(who["id"], who["name"], tuple(names), gender, narrator=narrator))
    return found


def bearers_of(document: Mapping[str, Any]) -> dict[str, str]:
    """Return each name (plain) with the id of its bearer; names of several are left out.

    PDNC's lists miss names (`Sophy`, a surname alone), and give a bare first name to a child who has no other, though
    mostly the father is meant. So the mentions that it annotates inside quotations mend them, and a part of a name
    that nobody else on the list bears is a name too.

    Args:
        document: with the list, and mentions inside quotations.
    """
    bearers: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for who in gold_characters(document):
        for name in who.aliases:
            bearers[plain(name)].add(who.id)
            for part in _parts(name):
                parts[part].add(who.id)
    bearers.update((part, ids) for part, ids in parts.items() if part not in bearers)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in told_mentions(document):
        if mention.form == "name" and mention.character is not None:
            said[plain(mention.span.of(document["text"]))][mention.character] += 1
    for name, votes in said.items():
        who_mostly, count = votes.most_common(1)[0]
        if name in bearers or (count >= _LEAST and count >= _CLEAR * votes.total()):
            bearers[name] = {who_mostly}
    return {name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1 and name}


def _parts(name: str) -> list[str]:
    """Return the words of a name, in lower case, that may stand alone: no titles, and nothing of a description."""
    if _DESCRIBES.match(name):
        return []
    found = plain(name).split()
    idle = words("titles", "male", "female", "unknown", "particles") | words(
        "not_names", "words", "never", "function"
    )
    return [word for word in found if len(found) > 1 and len(word) > 2 and word not in idle]


def surfaces_of(document: Mapping[str, Any]) -> set[str]:
    """Return names as they are written: those of the list and their parts, and those of mentions in quotations.

    Descriptions with an indefinite article are left out: `a man` is many.
    """
    listed = {name for who in gold_characters(document) for name in who.aliases if not _INDEFINITE.match(name)}
    parts = {word for name in listed for word in name.split() if word.lower() in _parts(name)}
    said = {
        " ".join(mention.span.of(document["text"]).split())
        for mention in told_mentions(document)
        if mention.form == "name"
    }
    return {_ARTICLE.sub("", name, count=1) for name in listed | parts | said}


def told_mentions(document: Mapping[str, Any]) -> list[Mention]:
    """Return names and descriptions of one person that PDNC annotates inside quotations; pronouns are left out."""
    text: str = document["text"]
    special = {who["id"] for who in document["characters"] if who.get("special")}
    found = []
    for mention in document.get("mentions") or ():
        who: Sequence[str] = mention.get("characters") or ()
        span = _of_name(text, stripped(text, Span(mention["start"], mention["end"])))
        form = span.of(text).split()
        if len(who) != 1 or who[0] in special or all(word.lower() in _PRONOUNS for word in form):
            continue
        named = form[-1][0].isupper() and not (len(form) == 1 and form[0].lower() in _ADDRESS)
        found.append(Mention(span, "name" if named else "nominal", who[0]))
    return found


def _of_name(text: str, span: Span) -> Span:
    """Return a span without a possessive ending."""
    return Span(span.start, span.end - 2) if text[span.start : span.end].endswith(("'s", "’s")) else span


def overlaid(mentions: Sequence[Mention], given: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions with those that are given in place of all they touch, sorted by start, wider first."""
    ordered = sorted(given, key=lambda mention: mention.span)
    starts = [mention.span.start for mention in ordered]

    def touched(span: Span) -> bool:
        near = ordered[max(0, bisect_left(starts, span.start) - 2) : bisect_left(starts, span.end)]
        return any(mention.span.overlap(span) for mention in near)

    kept = [mention for mention in mentions if not touched(mention.span)]
    return tuple(sorted([*kept, *ordered], key=lambda mention: (mention.span.start, -mention.span.end)))
