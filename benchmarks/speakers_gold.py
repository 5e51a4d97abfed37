"""Speakers by the papers' protocol: the quotations, the cast and where it is named are given, only the choice is ours.

    python -m benchmarks.speakers_gold GOLD_DIR OUT_DIR

Published figures for PDNC are mostly not end to end: a system is told where every quotation stands, who is in the
novel, and where somebody of that list is mentioned, and chooses. This command does the same, so that readers can
compare. What is given here:

- quotations: their exact pieces, and which pieces are one quotation;
- characters: the list with all aliases, the gender where it is stated, and who narrates; nobody else can be chosen;
- mentions: every place where an alias stands in the text, and inside quotations the names and descriptions that PDNC
  annotates, with whom they mean.

What is not given, though PDNC has it: the referring expression of a quotation (it is the answer), and whom the
pronouns inside quotations mean (`I` is the speaker, `you` the hearer). PDNC annotates no mentions in narration:
pronouns and descriptions there are resolved by our own rules, as they are from raw text.

Source: Vishnubhotla, Rudzicz, Hirst and Hammond (2023), for the protocol.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.answers import SCHEMA, answer_folder
from benchmarks.predict import people_and_quotes
from fabula import pipeline
from fabula.errors import InputError
from fabula.output import make_folder, write_whole
from fabula.people.approval import approved
from fabula.people.casting import Cast, cast_of, people_spots
from fabula.people.coreference import SceneStart, events, resolve
from fabula.people.gender import of_votes, pronoun_votes
from fabula.people.names import NameSpot
from fabula.people.narrator import Section, sections
from fabula.people.nominals import find_nominals, speaking_nouns
from fabula.people.page import Page, read_page
from fabula.lexicon import words
from fabula.spans import Span
from fabula.story import Character, Gender, Mention, Provenance, Quote, Telling

GIVEN = Provenance("gold", 1)
"""Who made a layer that is given."""
_GENDERS: Mapping[str, Gender] = {"F": "female", "M": "male"}
_NARRATOR = "_narr"
_SPEECH = pipeline.RULE_STAGES[-1:]
_MARKS = "\"'“”‘’«»"
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:an?|one|his|her)\s", re.IGNORECASE)
_THE = re.compile(r"\b[Tt]he\s+$")
_PRONOUNS = words("not_names", "function") | {"i", "myself", "yourself", "himself", "herself", "ourselves", "mine"}


class Names(NamedTuple):
    """Names that stand in a text, and whose they are.

    Attributes:
        spots: where, in order.
        owners: key of each to the id of its bearer.
    """

    spots: list[NameSpot]
    owners: dict[str, str]


def gold_quotes(document: Mapping[str, Any], found: Sequence[Quote] = ()) -> tuple[Quote, ...]:
    """Return the gold quotations as a layer.

    Args:
        document: with gold quotations.
        found: quotations found; those that touch no gold one stay, as words between marks that nobody speaks.
    """
    text: str = document["text"]
    pieces = sorted(
        (Span(*span), number > 0) for quote in document["quotes"] for number, span in enumerate(sorted(quote["spans"]))
    )
    quotes: list[Quote] = []
    end = 0
    for span, continues in pieces:
        inner = _inner(text, span)
        opened, closed = inner.start > span.start, inner.end < span.end
        depth = int(span.start < end)
        quotes.append(Quote(span, inner, "straight", "speech", closed, opened, continues, depth))
        end = max(end, span.end)
    starts = [quote.span.start for quote in quotes]
    for quote in found:
        near = quotes[max(0, bisect_left(starts, quote.span.start) - 2) : bisect_left(starts, quote.span.end)]
        if not any(other.span.overlap(quote.span) for other in near[: len(near)]):
            quotes.append(replace(quote, kind="scare" if quote.kind == "speech" else quote.kind, continues=False))
    return tuple(sorted(quotes, key=lambda quote: (quote.span.start, -quote.span.end)))


def _inner(text: str, span: Span) -> Span:
    start = span.start + (text[span.start] in _MARKS)
    return Span(start, max(start, span.end - (text[span.end - 1] in _MARKS)))


def plain(name: str) -> str:
    """Return a name for comparison: one case, single blanks, no dots, no leading article."""
    told = " ".join(name.replace(".", " ").lower().split())
    return re.sub(r"^(?:the|an?)\s+(?=\S)", "", told)


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


def bearers_of(characters: Iterable[Character]) -> dict[str, str]:
    """Return each name (plain) with the id of its bearer; names of several are left out."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for who in characters:
        for name in who.aliases:
            bearers[plain(name)].add(who.id)
    return {name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1 and name}


def alias_spots(page: Page, characters: Sequence[Character]) -> Names:
    """Find every place where an alias of the list stands, the longest first.

    Descriptions with an indefinite article are left to the rules: `a man` is many.

    Args:
        page: the text.
        characters: the list.
    """
    bearers = bearers_of(characters)
    aliases = {
        _ARTICLE.sub("", alias, count=1) if _ARTICLE.match(alias) else alias
        for who in characters
        for alias in who.aliases
        if not _INDEFINITE.match(alias) and plain(alias) in bearers
    }
    if not aliases:
        return Names([], {})
    ranked = sorted(aliases, key=lambda alias: (-len(alias), alias))
    forms = (r"\s+".join(re.escape(word) for word in alias.split()) for alias in ranked)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
    spots: list[NameSpot] = []
    owners: dict[str, str] = {}
    for span in page.paragraphs:
        for match in pattern.finditer(page.text, span.start, span.end):
            key = " ".join(match[0].replace(".", "").split())
            owners[key] = bearers[plain(match[0])]
            spots.append(_spot(page, Span(*match.span()), key))
    return Names(spots, owners)


def _spot(page: Page, span: Span, key: str) -> NameSpot:
    possessive = page.text[span.end : span.end + 2] in ("'s", "’s")
    definite = _THE.search(page.text, max(0, span.start - 6), span.start) is not None
    return NameSpot(span.start, span.end, key, page.is_quoted(span.start), possessive, definite)


def found_spots(page: Page, parts: Sequence[Section], characters: Sequence[Character]) -> Names:
    """Find names by our own rules, and give them to the characters of the list.

    A name that is not on the list belongs to whom most names of our own character are; where none is, to nobody.

    Args:
        page: the text.
        parts: its sections.
        characters: the list.
    """
    bearers = bearers_of(characters)
    spots = people_spots(page, (), [part.viewpoint for part in parts if part.viewpoint])
    ours = cast_of(page, spots, (), parts).owners
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for spot in spots:
        if plain(spot.key) in bearers:
            votes[ours[spot.key]][bearers[plain(spot.key)]] += 1
    owners: dict[str, str] = {}
    for key, who in ours.items():
        if plain(key) in bearers:
            owners[key] = bearers[plain(key)]
        elif votes[who]:
            owners[key] = votes[who].most_common(1)[0][0]
    return Names([spot for spot in spots if spot.key in owners], owners)


def resolved_people(
    page: Page, parts: Sequence[Section], names: Names, characters: Sequence[Character]
) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Resolve pronouns and descriptions by our own rules, given the cast.

    Args:
        page: the text.
        parts: its sections.
        names: where the cast is named.
        characters: the cast; nobody else is left in the end.
    """
    cast = _cast(page, parts, names, characters)
    heads = words("person_nouns", "male", "female", "neutral", "plural") | speaking_nouns(page.text, page)
    nominals = find_nominals(page, [Span(spot.start, spot.end) for spot in names.spots], heads)
    genders = {who.id: who.gender for who in cast.characters.values()}
    found = events(page, names.spots, nominals)
    resolved = resolve(page, found, names.owners, genders, scenes=cast.scenes, ranks={})
    mentions, people = approved(page, cast, resolved)
    known = {mention.span: mention.character for mention in resolved.mentions if mention.character in cast.characters}
    bearers = bearers_of(characters)
    listed = {who.id: _listed(who, bearers) for who in people if who.id not in cast.characters}

    def meant(mention: Mention) -> str | None:
        who = known.get(mention.span, mention.character)
        return who if who in cast.characters else listed.get(who or "")

    return tuple(replace(mention, character=meant(mention)) for mention in mentions), tuple(cast.characters.values())


def _listed(who: Character, bearers: Mapping[str, str]) -> str | None:
    """Return whom of the list a description means that is worded as there."""
    return next((bearers[plain(alias)] for alias in who.aliases if plain(alias) in bearers), None)


def _cast(page: Page, parts: Sequence[Section], names: Names, characters: Sequence[Character]) -> Cast:
    """Return the list as a cast; where it states no gender, pronouns tell."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for key, count in pronoun_votes(page.text, names.spots).items():
        votes[names.owners[key]].update(count)
    people = {
        who.id: who if who.gender != "unknown" else replace(who, gender=of_votes(votes[who.id])) for who in characters
    }
    teller = next((who.id for who in characters if who.narrator), None)
    bearers = bearers_of(characters)
    scenes = tuple(
        SceneStart(part.span.start, bearers.get(plain(part.viewpoint or "")), teller if part.first else None)
        for part in parts
    )
    return Cast(people, names.owners, scenes, {})


def told_mentions(document: Mapping[str, Any]) -> list[Mention]:
    """Return names and descriptions of one person that PDNC annotates inside quotations; pronouns are left out."""
    text: str = document["text"]
    special = {who["id"] for who in document["characters"] if who.get("special")}
    found = []
    for mention in document.get("mentions") or ():
        who = mention.get("characters") or ()
        form = text[mention["start"] : mention["end"]].rstrip()
        if len(who) != 1 or who[0] in special or all(word in _PRONOUNS for word in form.lower().split()):
            continue
        named = any(word[0].isupper() for word in form.split()[-1:])
        span = Span(mention["start"], mention["start"] + len(form))
        found.append(Mention(span, "name" if named else "nominal", who[0]))
    return found


def overlaid(mentions: Sequence[Mention], given: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return mentions with those that are given in place of all they touch, sorted by start, wider first."""
    ordered = sorted(given, key=lambda mention: mention.span)
    starts = [mention.span.start for mention in ordered]

    def touched(span: Span) -> bool:
        near = ordered[max(0, bisect_left(starts, span.start) - 2) : bisect_left(starts, span.end)]
        return any(mention.span.overlap(span) for mention in near)

    kept = [mention for mention in mentions if not touched(mention.span)]
    return tuple(sorted([*kept, *ordered], key=lambda mention: (mention.span.start, -mention.span.end)))


def with_gold_quotes(document: Mapping[str, Any], telling: Telling) -> Telling:
    """Return a telling with the gold quotations in place of those found."""
    return telling.with_layer("quotes", gold_quotes(document, telling.layer("quotes")), GIVEN)


def with_gold_cast(document: Mapping[str, Any], telling: Telling, *, told: bool) -> Telling:
    """Return a telling with the gold list as its characters, and who speaks decided among them.

    Args:
        document: with the gold list.
        telling: with the layers up to `quotes`.
        told: whether the places where the list is named are given too, or found by our rules.
    """
    page = read_page(telling)
    parts = sections(telling, page)
    characters = gold_characters(document)
    names = alias_spots(page, characters) if told else found_spots(page, parts, characters)
    mentions, people = resolved_people(page, parts, names, characters)
    if told:
        mentions = overlaid(mentions, told_mentions(document))
    counts = Counter(mention.character for mention in mentions)
    people = tuple(replace(who, mentions=counts[who.id]) for who in people)
    telling = telling.with_layer("references", mentions, GIVEN).with_layer("characters", people, GIVEN)
    return pipeline.run(telling, stages=_SPEECH)


def by_protocol(document: Mapping[str, Any]) -> Telling:
    """Read a document with everything given that the papers' protocol gives."""
    begun = pipeline.run(Telling(document["doc_id"], document["text"]), stages=pipeline.RULE_STAGES[:2])
    return with_gold_cast(document, with_gold_quotes(document, begun), told=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return answer_folder(__doc__, _answer_all, arguments)


def _answer_all(gold: Path, out: Path) -> int:
    files = sorted(gold.rglob("*.json"))
    if not files:
        raise InputError("no *.json there", where=str(gold), advice="Name the folder of the gold documents")
    make_folder(out)
    for file in files:
        document = read_document(file)
        whole = {"schema": SCHEMA, "doc_id": document["doc_id"], **people_and_quotes(by_protocol(document))}
        write_whole(out / file.name, json.dumps(whole, ensure_ascii=False).encode("utf-8"))
    return len(files)


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


if __name__ == "__main__":
    sys.exit(main())
