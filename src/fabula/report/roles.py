"""What both reports tell of deeds: what each character does, undergoes, has and is, and who does what to whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fabula.lexicon import words
from fabula.spans import Span
from fabula.story import Character, Role, RoleKind, Telling

WORDS = 5
"""How many words of each kind are kept, for a character or a pair."""

Counted = tuple[tuple[str, int], ...]
"""Words with how often they were found, most first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The words that say most often what a character does, undergoes, has and is.

    Attributes:
        character: who.
        does: verbs of which they are the agent.
        undergoes: verbs of which they are the patient.
        owns: nouns that are theirs.
        traits: adjectives and nouns said of them.
    """

    character: Character
    does: Counted
    undergoes: Counted
    owns: Counted
    traits: Counted


@dataclass(frozen=True, slots=True)
class Deeds:
    """What one character does to another.

    Attributes:
        agent: id of who does it.
        patient: id of whom it is done to.
        times: how often anything is.
        verbs: what, most often first.
    """

    agent: str
    patient: str
    times: int
    verbs: Counted


def profiles(telling: Telling) -> tuple[Profile, ...]:
    """Tell what characters do, undergo, have and are; words that say nothing of anybody are left out.

    Args:
        telling: with the layer `characters`; the layer `roles` may be missing, as in older story files.

    Returns:
        Those of whom anything is said, most mentions first.

    Raises:
        LayerMissingError: when the layer `characters` is missing.
    """
    found: dict[tuple[str, RoleKind], Counter[str]] = defaultdict(Counter)
    for role in _roles(telling):
        found[role.character, role.kind][role.lemma] += 1
    characters: tuple[Character, ...] = telling.layer("characters", wanted_by="report")
    told = (_profile(character, found) for character in sorted(characters, key=lambda each: -each.mentions))
    return tuple(each for each in told if each.does or each.undergoes or each.owns or each.traits)


def _profile(character: Character, found: dict[tuple[str, RoleKind], Counter[str]]) -> Profile:
    def top(kind: RoleKind) -> Counted:
        return tuple(found.get((character.id, kind), Counter()).most_common(WORDS))

    return Profile(character, top("agent"), top("patient"), top("possessive"), top("modifier"))


def deeds(telling: Telling) -> tuple[Deeds, ...]:
    """Tell who does what to whom: agent and patient of one verb. What people do to themselves is left out.

    Args:
        telling: the layer `roles` may be missing, as in older story files.

    Returns:
        Pairs, most deeds first.
    """
    undergone: dict[Span, list[str]] = defaultdict(list)
    roles = tuple(_roles(telling))
    for role in roles:
        if role.kind == "patient":
            undergone[role.span].append(role.character)
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for role in roles:
        for patient in undergone.get(role.span, ()) if role.kind == "agent" else ():
            if patient != role.character:
                found[role.character, patient][role.lemma] += 1
    told = (Deeds(*pair, verbs.total(), tuple(verbs.most_common(WORDS))) for pair, verbs in found.items())
    return tuple(sorted(told, key=lambda each: -each.times))


def _roles(telling: Telling) -> Iterator[Role]:
    """Yield the roles that say something of a character."""
    if "roles" not in telling.layers:
        return
    faint = {
        "agent": words("faint_words", "verbs"),
        "patient": words("faint_words", "verbs"),
        "possessive": words("faint_words", "nouns"),
        "modifier": words("faint_words", "nouns", "adjectives"),
    }
    for role in telling.layer("roles"):
        if role.lemma and role.lemma.lower() not in faint[role.kind]:
            yield role
