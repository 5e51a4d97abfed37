"""Names in a passage, with or without a cast."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from fabula.lexicon import words
from fabula.story import Character, Telling
from fabula.tellings.collation.lines import folded
from fabula.tellings.judging.told import Told
from fabula.tellings.judging.values import calendar_words

_INSIDE = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]+(?:[-'’][A-Za-z]+)*)")
_SMALL = re.compile(r"\b[a-z][a-z'’-]*")
_TITLES = ("male", "female", "unknown", "abbreviated")
_ALIKE = 0.6
"""How alike two spellings of one name are at least."""


class Name(NamedTuple):
    """A name in a passage.

    Attributes:
        places: of its words, its title with them.
        key: the words that name, in small letters: `harriet smith`.
        title: `mrs`, `uncle`; empty where there is none.
    """

    places: range
    key: str
    title: str

    @property
    def full(self) -> str:
        """The name with its title."""
        return f"{self.title} {self.key}".strip()


@dataclass(frozen=True, slots=True)
class Roster:
    """What is known of the names of a telling.

    Attributes:
        names: words that name somebody or something, in small letters.
        characters: of the telling, by id; empty where people have not been read.
        ids: names, with their titles and without, to the character who alone bears them.
    """

    names: frozenset[str]
    characters: Mapping[str, Character]
    ids: Mapping[str, str]

    def who(self, name: Name) -> str:
        """Return the character who bears a name; the name itself where none is known."""
        return self.ids.get(name.full) or self.ids.get(name.key) or name.full

    def shown(self, who: str) -> str:
        """Return what to call whom `who` returned."""
        return self.characters[who].name if who in self.characters else who.title()


def find_roster(telling: Telling) -> Roster:
    """Find the names of a telling.

    Words count that stand with a capital inside a sentence and never without one; and the names of its characters,
    if they have been read.

    Args:
        telling: with the layer `characters`, or without.
    """
    small = set(_SMALL.findall(telling.text))
    names = {folded(word).removesuffix("'s") for word in _INSIDE.findall(telling.text) if word.lower() not in small}
    people = telling.layer("characters") if "characters" in telling.layers else ()
    ids: dict[str, str] = {}
    for who in people:
        for alias in who.aliases if who.named else ():
            key = " ".join(part.strip(".") for part in folded(alias).split())
            names.update(part for part in key.split() if part not in small and part[0].isalpha())
            ids[key] = "" if ids.get(key, who.id) != who.id else who.id
    names -= words("titles", *_TITLES) | words("not_names", "never") | calendar_words() | {"i"}
    return Roster(frozenset(names), {who.id: who for who in people}, ids)


def find_names(told: Told, roster: Roster) -> list[Name]:
    """Return the names in a passage, in order.

    Args:
        told: the passage.
        roster: of its telling.
    """
    found = []
    at = 0
    while at < len(told.words):
        end = at
        while end < len(told.words) and _is_part(told, end, roster) and (end == at or told.gap(end - 1).isspace()):
            end += 1
        if end > at:
            before = told.key(at - 1) if at else ""
            titled = before in words("titles", *_TITLES) and told.words[at - 1].exact[0].isupper()
            key = " ".join(told.key(here).removesuffix("'s") for here in range(at, end))
            found.append(Name(range(at - titled, end), key, before if titled else ""))
        at = max(end, at + 1)
    return found


def _is_part(told: Told, at: int, roster: Roster) -> bool:
    return told.words[at].exact[0].isupper() and told.key(at).removesuffix("'s") in roster.names


def may_be_one(one: Name, other: Name) -> bool:
    """Whether two names may be ways to write or to shorten one.

    Args:
        one: a name.
        other: another.
    """
    sexes = _sexes(one), _sexes(other)
    if all(sexes) and not sexes[0] & sexes[1]:
        return False
    if set(one.key.split()) & set(other.key.split()):
        return True
    return SequenceMatcher(None, one.key, other.key, autojunk=False).ratio() >= _ALIKE


def _sexes(name: Name) -> set[str]:
    return {sex for sex in ("male", "female") if name.title and name.title in words("titles", sex)}
