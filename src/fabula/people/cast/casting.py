"""Names gathered into characters, the narrators among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.lexicon import words
from fabula.people.cast import obey
from fabula.people.cast.characters import fullest, made_id, surfaces
from fabula.people.naming.apart import told_apart
from fabula.people.naming.clusters import group_names
from fabula.people.naming.gender import pronoun_votes
from fabula.people.naming.identities import identified
from fabula.people.naming.names import NameSpot, name_spots
from fabula.people.naming.narrator import Section, narrator_id
from fabula.people.naming.persons import person_keys
from fabula.people.naming.sketches import Sketch, joined, pet_form
from fabula.people.page import Page
from fabula.people.pointing.presence import SceneStart
from fabula.story import Character, Correction


class Cast(NamedTuple):
    """Named people.

    Attributes:
        characters: by id, in the order of frequency.
        owners: key of each name to the id of its bearer.
        scenes: where each starts, whose viewpoint is stated there, and who narrates.
        ranks: noun for a rank or an office to the id of the only one who bears it as a title.
    """

    characters: dict[str, Character]
    owners: dict[str, str]
    scenes: tuple[SceneStart, ...]
    ranks: dict[str, str]


_PET = 3
"""Letters that a pet form has at least in common with the name."""


def people_spots(page: Page, corrections: Sequence[Correction], stated: Sequence[str]) -> list[NameSpot]:
    """Return where names of people stand.

    Args:
        page: the text.
        corrections: the author's word.
        stated: names that headings state as viewpoints.
    """
    spots = name_spots(page)
    denied, claimed = obey.denied(corrections), obey.claimed(corrections) | {obey.plain(name) for name in stated}
    counts = Counter(spot.key for spot in spots)
    people = {key for key in person_keys(page, spots) if obey.plain(key) not in denied}
    people |= _variants(people, spots)
    plural = _families(spots) & people
    kept = {
        key
        for key in people - plural | {key for key in counts if obey.plain(key) in claimed}
        if obey.plain(key) not in denied
    }
    return [spot for spot in spots if spot.key in kept]


def _variants(people: set[str], spots: Sequence[NameSpot]) -> set[str]:
    """Return names that belong to people known: Bon-Bon to Bon Bon, Vicky to Victoria, Gerda Holm to Gerda."""
    whole = {joined(key.split()) for key in people}
    parts = {part for key in people for part in key.split() if " " in key}
    known = words("titles", "male", "female", "unknown") | words("not_names", "words", "never", "function")
    firsts: dict[str, set[str]] = defaultdict(set)
    for key in people:
        first = key.split()[0].lower()
        firsts[first[:_PET]].add(first)
    never = words("not_names", "never", "place_nouns")
    found: set[str] = set()
    for key in {spot.key for spot in spots} - people:
        if key.lower() in known:
            continue
        pet = " " not in key and any(pet_form(key.lower(), first) for first in firsts.get(key.lower()[:_PET], ()))
        longer = " " in key and key.split()[0] in people and key.split()[-1].lower() not in never
        if key in parts or pet or longer or joined(key.split()) in whole:
            found.add(key)
    return found


def _families(spots: Sequence[NameSpot]) -> set[str]:
    """Return names that are plurals of names: the Schlegels."""
    lasts = Counter(spot.key.split()[-1] for spot in spots)
    definite = Counter(spot.key for spot in spots if spot.definite)
    counts = Counter(spot.key for spot in spots)
    return {
        key
        for key, count in counts.items()
        if key.endswith("s")
        and lasts[key.split()[-1][:-1]]
        and (2 * definite[key] > count or lasts[key[:-1]] > count)
    }


def cast_of(
    page: Page,
    spots: Sequence[NameSpot],
    corrections: Sequence[Correction],
    parts: Sequence[Section],
) -> Cast:
    """Gather names into characters, the narrators among them.

    Args:
        page: the text.
        spots: where names of people stand.
        corrections: the author's word.
        parts: the sections.
    """
    counts = Counter(spot.key for spot in spots)
    known = {obey.plain(key) for key in counts}
    tellers = dict.fromkeys(part.viewpoint for part in parts if part.first and part.viewpoint)
    unnamed = {name.replace(".", ""): name for name in tellers if name and obey.plain(name) not in known}
    counts.update(unnamed.keys())
    grouped = group_names(counts, pronoun_votes(page.text, spots), told_apart(page, spots))
    sketches = obey.regrouped(identified(page, spots, grouped), corrections)
    written = unnamed | surfaces(page.text, [(spot.start, spot.end, spot.key, spot.definite) for spot in spots])
    characters: dict[str, Character] = {}
    owners: dict[str, str] = {}
    for sketch in sketches:
        names = fullest(sketch, written)
        wanted = obey.new_name(names, corrections)
        names = tuple(dict.fromkeys((wanted, *names))) if wanted else names
        who = made_id(names[0], characters)
        characters[who] = Character(who, names[0], names, sketch.gender)
        owners.update((form.key, who) for form in sketch.forms)
    return _with_narrators(page, spots, Cast(characters, owners, (), _ranks(sketches, owners)), parts)


_RANKS = {"dr": ("doctor", "physician"), "sergeant": ("sergeant",), "captain": ("captain", "skipper")}


def _ranks(sketches: Sequence[Sketch], owners: Mapping[str, str]) -> dict[str, str]:
    """Return nouns for a rank or an office with the only bearer of that title: the doctor is Dr. Imrie."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for sketch in sketches:
        for title in sketch.titles & (words("titles", "unknown") - words("titles", "fond") | {"dr"}):
            bearers[title].add(owners[sketch.forms[0].key])
    return {
        noun: next(iter(ids))
        for title, ids in bearers.items()
        if len(ids) == 1
        for noun in _RANKS.get(title, (title,))
    }


def _with_narrators(page: Page, spots: Sequence[NameSpot], cast: Cast, parts: Sequence[Section]) -> Cast:
    """Find who narrates each section: whose viewpoint is stated, else whom others name, else somebody unnamed."""
    named = {obey.plain(alias): who.id for who in cast.characters.values() for alias in who.aliases}
    viewpoints = tuple(named.get(obey.plain(part.viewpoint or "")) for part in parts)
    narrators = [view if part.first else None for view, part in zip(viewpoints, parts, strict=True)]
    characters = dict(cast.characters)
    if any(part.first and who is None for part, who in zip(parts, narrators, strict=True)):
        general = narrator_id(page, spots, cast.owners)
        if general is None:
            general = made_id("narrator", characters)
            characters[general] = Character(general, "the narrator", ("the narrator",), narrator=True, named=False)
        narrators = [who or (general if part.first else None) for part, who in zip(parts, narrators, strict=True)]
    for who in {who for who in narrators if who is not None}:
        characters[who] = replace(characters[who], narrator=True)
    scenes = (SceneStart(part.span.start, *ids) for part, *ids in zip(parts, viewpoints, narrators, strict=True))
    return Cast(characters, cast.owners, tuple(scenes), cast.ranks)
