"""The people chapter from end to end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.lexicon import words
from fabula.people import obey
from fabula.people.characters import description, fullest, made_id, surfaces
from fabula.people.clusters import group_names
from fabula.people.coreference import Resolved, counted, events, in_order, resolve
from fabula.people.epithets import same_people
from fabula.people.gender import pronoun_votes
from fabula.people.names import NameSpot, name_spots, person_keys
from fabula.people.narrator import first_person, narrator_key
from fabula.people.nominals import Nominal, find_nominals, speaking_nouns
from fabula.people.page import Page, read_page
from fabula.people.sketches import joined, pet_form
from fabula.spans import Span
from fabula.story import Character, Correction, Gender, Mention, Telling

_SPEAKING_AFTER = re.compile(r"[,\s]*(?:[\w-]+ly\s+|had\s+|then\s+)?([a-z]+)")
_SPEAKING_BEFORE = re.compile(r"([a-z]+)(?:\s+[a-z]+ly)?\s*$")


class Cast(NamedTuple):
    """Named people.

    Attributes:
        characters: by id, in the order of frequency.
        owners: key of each name to the id of its bearer.
        narrator: id of the first person of narration; None where there is none.
    """

    characters: dict[str, Character]
    owners: dict[str, str]
    narrator: str | None


def find_people(telling: Telling) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Find mentions and the characters behind them.

    Args:
        telling: with the layers `paragraphs`, `quotes` and `corrections`; `scenes` are used where present.

    Returns:
        Mentions sorted by start, wider first; characters, the most often mentioned first.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    corrections: tuple[Correction, ...] = telling.layer("corrections", wanted_by="people")
    page = read_page(telling)
    spots = _people_spots(page, corrections)
    cast = _cast(page, spots, corrections)
    heads = words("person_nouns", "male", "female", "neutral", "plural") | speaking_nouns(page.text, page)
    nominals = find_nominals(page, [Span(spot.start, spot.end) for spot in spots], heads - _denied_heads(corrections))
    genders: dict[str, Gender] = {who.id: who.gender for who in cast.characters.values()}
    scenes = _scenes(telling, cast)
    resolved = resolve(
        page, events(page, spots, nominals), cast.owners, genders, narrator=cast.narrator, scenes=scenes
    )
    return _approved(page, cast, resolved)


def _scenes(telling: Telling, cast: Cast) -> list[tuple[int, str | None]]:
    """Return where scenes start, and whose viewpoint a heading states."""
    if "scenes" not in telling.layers:
        return []
    named = {obey.plain(alias): who.id for who in cast.characters.values() for alias in who.aliases}
    return [(scene.span.start, named.get(obey.plain(scene.viewpoint or ""))) for scene in telling.layer("scenes")]


def _denied_heads(corrections: Sequence[Correction]) -> frozenset[str]:
    return frozenset(name.split()[-1] for name in obey.denied(corrections) if name)


def _people_spots(page: Page, corrections: Sequence[Correction]) -> list[NameSpot]:
    spots = name_spots(page)
    people = person_keys(page, spots)
    denied, claimed = obey.denied(corrections), obey.claimed(corrections)
    counts = Counter(spot.key for spot in spots)
    people |= _variants(people, spots)
    plural = _families(spots) & people
    kept = {
        key
        for key in people - plural | {key for key in counts if obey.plain(key) in claimed}
        if obey.plain(key) not in denied
    }
    return [spot for spot in spots if spot.key in kept]


def _variants(people: set[str], spots: Sequence[NameSpot]) -> set[str]:
    """Return names that belong to people already known: Bon-Bon to Bon Bon, Vicky to Victoria."""
    whole = {joined(key.split()) for key in people}
    parts = {part for key in people for part in key.split() if " " in key}
    known = words("titles", "male", "female", "unknown") | words("not_names", "words", "never", "function")
    firsts = {key.split()[0].lower() for key in people}
    found: set[str] = set()
    for key in {spot.key for spot in spots} - people:
        if key.lower() in known:
            continue
        pet = " " not in key and any(pet_form(key.lower(), first) for first in firsts)
        if key in parts or pet or joined(key.split()) in whole:
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


def _cast(page: Page, spots: Sequence[NameSpot], corrections: Sequence[Correction]) -> Cast:
    """Gather names into characters, the narrator among them."""
    counts = Counter(spot.key for spot in spots)
    sketches = obey.regrouped(group_names(counts, pronoun_votes(page.text, spots)), corrections)
    known = {obey.plain(form.key) for sketch in sketches for form in sketch.forms}
    sketches += [obey.sketch_of(name) for name in obey.speakers(corrections) if obey.plain(name) not in known]
    written = surfaces(page.text, [(spot.start, spot.end, spot.key, spot.definite) for spot in spots])
    characters: dict[str, Character] = {}
    owners: dict[str, str] = {}
    for sketch in sketches:
        names = fullest(sketch, written)
        wanted = obey.new_name(names, corrections)
        names = tuple(dict.fromkeys((wanted, *names))) if wanted else names
        who = made_id(names[0], characters)
        characters[who] = Character(who, names[0], names, sketch.gender)
        owners.update((form.key, who) for form in sketch.forms)
    return _with_narrator(page, spots, Cast(characters, owners, None))


def _with_narrator(page: Page, spots: Sequence[NameSpot], cast: Cast) -> Cast:
    if not first_person(page):
        return cast
    key = narrator_key(page, spots)
    if key is None:
        who = made_id("narrator", cast.characters)
        unnamed = Character(who, "the narrator", ("the narrator",), narrator=True, named=False)
        return Cast({**cast.characters, who: unnamed}, cast.owners, who)
    who = cast.owners[key]
    characters = {**cast.characters, who: replace(cast.characters[who], narrator=True)}
    return Cast(characters, cast.owners, who)


def _approved(page: Page, cast: Cast, resolved: Resolved) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Make characters of the descriptions that act or speak, and forget the others."""
    characters = dict(cast.characters)
    renamed: dict[str, str] = {}
    for provisional, nominals in resolved.described.items():
        if not _acts(page, nominals):
            continue
        kin = _kin(provisional, characters, len(nominals))
        if kin is not None:
            renamed[provisional] = kin
            continue
        names = description(page.text, nominals)
        who = made_id(names[0], characters)
        renamed[provisional] = who
        characters[who] = Character(who, names[0], names, resolved.genders.get(provisional, "unknown"), named=False)
    mentions = [_settled(mention, characters, renamed) for mention in resolved.mentions]
    one = same_people(
        page,
        mentions,
        characters,
        speaks=lambda mention: _speaks(page.text, mention.span),
        wordings={who: provisional.partition(" in ")[0] for provisional, who in renamed.items()},
    )
    mentions = [
        replace(mention, character=one.get(mention.character or "", mention.character)) for mention in mentions
    ]
    for described, who in one.items():
        aliases = dict.fromkeys((*characters[who].aliases, *_lasting(characters.pop(described).aliases)))
        characters[who] = replace(characters[who], aliases=tuple(aliases))
    counts = counted(mentions)
    people = [replace(who, mentions=counts[who.id]) for who in characters.values()]
    people.sort(key=lambda who: -who.mentions)
    return tuple(in_order(mentions)), tuple(people)


def _lasting(aliases: Sequence[str]) -> list[str]:
    """Return the descriptions that somebody goes by: with `the`, without further words first."""
    return [alias for alias in aliases if alias.startswith("the ")][:2]


_KIN_TITLES = {"father": ("mr", "sir"), "husband": ("mr", "sir"), "mother": ("mrs",), "wife": ("mrs",)}


def _kin(provisional: str, characters: Mapping[str, Character], count: int) -> str | None:
    """Return who is meant by `her father` where the owner's surname tells: Miss Dale's father is Mr. Dale."""
    noun, _, owner = provisional.removeprefix("~").partition(" of ")
    person = characters.get(owner)
    if noun not in _KIN_TITLES or person is None or count < 2:
        return None
    surnames = {alias.split()[-1] for alias in person.aliases if len(alias.split()) > 1}
    wanted = {f"{title} {surname}".lower() for title in _KIN_TITLES[noun] for surname in surnames}
    found = [who.id for who in characters.values() if any(obey.plain(alias) in wanted for alias in who.aliases)]
    return found[0] if len(found) == 1 and found[0] != owner else None


def _settled(mention: Mention, characters: Mapping[str, Character], renamed: Mapping[str, str]) -> Mention:
    who = mention.character
    if who is None or who in characters:
        return mention
    return replace(mention, character=renamed.get(who))


def _acts(page: Page, nominals: Sequence[Nominal]) -> bool:
    """Whether somebody described speaks, or is told of often enough to matter."""
    narrated = [nominal for nominal in nominals if not nominal.quoted]
    if any(_speaks(page.text, Span(nominal.start, nominal.end)) for nominal in narrated):
        return True
    return len(narrated) >= 3 or any(_beside_speech(page.text, nominal) for nominal in narrated)


def _beside_speech(text: str, nominal: Nominal) -> bool:
    """Whether a sentence about somebody follows a quotation at once."""
    return nominal.initial and text[max(0, nominal.start - 3) : nominal.start].rstrip()[-1:] in ('"', "”", "’")


def _speaks(text: str, span: Span) -> bool:
    """Whether a verb of speech stands beside a mention."""
    after = _SPEAKING_AFTER.match(text, span.end, span.end + 30)
    if after and after[1] in words("verbs", "plain"):
        return True
    before = _SPEAKING_BEFORE.search(text, max(0, span.start - 30), span.start)
    return before is not None and before[1] in words("verbs", "plain")
