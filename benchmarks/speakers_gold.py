"""Speakers by the papers' protocol: quotations, cast and where it is named are given, only the choice is ours.

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
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.answers import SCHEMA, answer_folder
from benchmarks.gold import (
    bearers_of,
    gold_characters,
    gold_quotes,
    overlaid,
    plain,
    read_document,
    surfaces_of,
    told_mentions,
)
from benchmarks.predict import people_and_quotes
from fabula import pipeline
from fabula.errors import InputError
from fabula.lexicon import words
from fabula.output import make_folder, write_whole
from fabula.people.cast.approval import approved
from fabula.people.cast.casting import Cast, cast_of, people_spots
from fabula.people.describing.nominals import find_nominals, speaking_nouns
from fabula.people.naming.gender import of_votes, pronoun_votes
from fabula.people.naming.names import NameSpot
from fabula.people.naming.narrator import Section, sections
from fabula.people.page import Page, read_page
from fabula.people.pointing.coreference import events, resolve
from fabula.people.pointing.presence import SceneStart
from fabula.spans import Span
from fabula.story import Character, Mention, Provenance, Telling

GIVEN = Provenance("gold", 1)
"""Who made a layer that is given."""
_BEGIN = tuple(stage for stage in pipeline.STAGES if stage.name in ("structure", "quotes"))
_READ = tuple(stage for stage in pipeline.STAGES if stage.name == "language")
_SPEECH = tuple(stage for stage in pipeline.STAGES if stage.name in ("voices", "speech"))
_TITLE = re.compile(r"(?:Mrs?|Ms|Dr|St|Capt|Col|Mme|Mlle|M)\.?|[A-Z]\.")
_THE = re.compile(r"\b[Tt]he\s+$")


class Names(NamedTuple):
    """Names that stand in a text, and whose they are.

    Attributes:
        spots: where, in order.
        owners: key of each to the id of its bearer.
    """

    spots: list[NameSpot]
    owners: dict[str, str]


def alias_spots(page: Page, document: Mapping[str, Any]) -> Names:
    """Find every place where an alias of the list stands, the longest first.

    Args:
        page: the text.
        document: with the list.
    """
    bearers = bearers_of(document)
    aliases = {name for name in surfaces_of(document) if plain(name) in bearers}
    if not aliases:
        return Names([], {})
    ranked = sorted(aliases, key=lambda alias: (-len(alias), alias))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(_form(alias) for alias in ranked)})(?!\w)")
    spots: list[NameSpot] = []
    owners: dict[str, str] = {}
    for span in page.paragraphs:
        for match in pattern.finditer(page.text, span.start, span.end):
            key = " ".join(match[0].replace(".", "").split())
            owners[key] = bearers[plain(match[0])]
            spots.append(_spot(page, Span(*match.span()), key))
    return Names(spots, owners)


def _form(alias: str) -> str:
    """Return a pattern for a name over any white space, with and without the dots of its titles."""
    parts = (re.escape(word.rstrip(".")) + (r"\.?" if _TITLE.fullmatch(word) else "") for word in alias.split())
    return r"\s+".join(parts)


def _spot(page: Page, span: Span, key: str) -> NameSpot:
    possessive = page.text[span.end : span.end + 2] in ("'s", "’s")
    definite = _THE.search(page.text, max(0, span.start - 6), span.start) is not None
    return NameSpot(span.start, span.end, key, page.is_quoted(span.start), possessive, definite)


def found_spots(page: Page, parts: Sequence[Section], document: Mapping[str, Any]) -> Names:
    """Find names by our own rules, and give them to the characters of the list.

    A name that is not on the list belongs to whom most names of our own character are; where none is, to nobody.

    Args:
        page: the text.
        parts: its sections.
        document: with the list.
    """
    bearers = bearers_of(document)
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
    page: Page, parts: Sequence[Section], names: Names, document: Mapping[str, Any]
) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Resolve pronouns and descriptions by our own rules, given the cast.

    Args:
        page: the text.
        parts: its sections.
        names: where the cast is named.
        document: with the list; nobody else is left in the end.
    """
    bearers = bearers_of(document)
    cast = _cast(page, parts, names, gold_characters(document), bearers)
    heads = words("person_nouns", "male", "female", "neutral", "plural") | speaking_nouns(page.text, page)
    nominals = find_nominals(page, [Span(spot.start, spot.end) for spot in names.spots], heads)
    genders = {who.id: who.gender for who in cast.characters.values()}
    found = events(page, names.spots, nominals)
    resolved = resolve(page, found, names.owners, genders, scenes=cast.scenes, ranks={})
    mentions, people = approved(page, cast, resolved)
    known = {mention.span: mention.character for mention in resolved.mentions if mention.character in cast.characters}
    listed = {who.id: _listed(who, bearers) for who in people if who.id not in cast.characters}

    def meant(mention: Mention) -> str | None:
        who = known.get(mention.span, mention.character)
        return who if who in cast.characters else listed.get(who or "")

    return tuple(replace(mention, character=meant(mention)) for mention in mentions), tuple(cast.characters.values())


def _listed(who: Character, bearers: Mapping[str, str]) -> str | None:
    """Return whom of the list a description means that is worded as there."""
    return next((bearers[plain(alias)] for alias in who.aliases if plain(alias) in bearers), None)


def _cast(
    page: Page,
    parts: Sequence[Section],
    names: Names,
    characters: Sequence[Character],
    bearers: Mapping[str, str],
) -> Cast:
    """Return the list as a cast; where it states no gender, pronouns tell."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for key, count in pronoun_votes(page.text, names.spots).items():
        votes[names.owners[key]].update(count)
    people = {
        who.id: who if who.gender != "unknown" else replace(who, gender=of_votes(votes[who.id])) for who in characters
    }
    teller = next((who.id for who in characters if who.narrator), None)
    scenes = tuple(
        SceneStart(part.span.start, bearers.get(plain(part.viewpoint or "")), teller if part.first else None)
        for part in parts
    )
    return Cast(people, names.owners, scenes, {})


def with_gold_quotes(document: Mapping[str, Any], telling: Telling) -> Telling:
    """Return a telling with the gold quotations in place of those found."""
    return telling.with_layer("quotes", gold_quotes(document, telling.layer("quotes")), GIVEN)


def with_gold_cast(document: Mapping[str, Any], telling: Telling, *, told: bool) -> Telling:
    """Return a telling with the gold list as its characters, and who speaks decided among them.

    Args:
        document: with the gold list.
        telling: with the layers up to those of `language`.
        told: whether the places where the list is named are given too, or found by our rules.
    """
    page = read_page(telling)
    parts = sections(telling, page)
    names = alias_spots(page, document) if told else found_spots(page, parts, document)
    mentions, people = resolved_people(page, parts, names, document)
    if told:
        mentions = overlaid(mentions, told_mentions(document))
    counts = Counter(mention.character for mention in mentions)
    people = tuple(replace(who, mentions=counts[who.id]) for who in people)
    telling = telling.with_layer("references", mentions, GIVEN).with_layer("characters", people, GIVEN)
    return pipeline.run(telling, stages=_SPEECH)


def by_protocol(document: Mapping[str, Any]) -> Telling:
    """Read a document with everything given that the papers' protocol gives."""
    begun = pipeline.run(Telling(document["doc_id"], document["text"]), stages=_BEGIN)
    quoted = pipeline.run(with_gold_quotes(document, begun), stages=_READ)
    return with_gold_cast(document, quoted, told=True)


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


if __name__ == "__main__":
    sys.exit(main())
