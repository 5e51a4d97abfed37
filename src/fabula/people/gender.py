"""Gender of names: titles, given names, and the pronouns that follow them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from fabula.lexicon import forms, words
from fabula.lexicon.given import is_given_name
from fabula.people.names import NameSpot
from fabula.story import Gender

_PRONOUN = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_REACH = 90
Votes = Mapping[str, Counter[str]]


def pronoun_votes(text: str, spots: Sequence[NameSpot]) -> Votes:
    """Count which pronouns follow each name in narration before any other name does.

    Args:
        text: of the telling.
        spots: names in order.

    Returns:
        For each key, votes for `female` and `male`.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for index, spot in enumerate(spots):
        if spot.quoted:
            continue
        limit = min(spot.end + _REACH, spots[index + 1].start if index + 1 < len(spots) else len(text))
        match = _PRONOUN.search(text, spot.end, limit)
        if match and not _crosses(text, spot.end, match.start()) and _about(text, spot, match[1].lower()):
            votes[spot.key]["female" if match[1].lower() in ("she", "her", "hers", "herself") else "male"] += 1
    return votes


def _about(text: str, spot: NameSpot, pronoun: str) -> bool:
    """Whether a pronoun is likely to mean the name before it: `he`, or `his` where the name opens the sentence."""
    if pronoun in ("he", "she", "himself", "herself"):
        return True
    before = text[max(0, spot.start - 3) : spot.start].strip()
    return not before or before[-1] in '.!?"”'


def _crosses(text: str, start: int, end: int) -> bool:
    """Whether a paragraph ends, or speech opens, between two offsets."""
    between = text[start:end]
    return "\n\n" in between or '"' in between or "“" in between


def of_title(titles: Sequence[str]) -> Gender:
    """Return the gender that titles (lower case, without dots) state."""
    if any(title in words("titles", "female") for title in titles):
        return "female"
    if any(title in words("titles", "male") for title in titles):
        return "male"
    return "unknown"


def of_given_name(name: str) -> Gender:
    """Return the gender that usually bears a given name, or all the names it may be short for."""
    known = (name.lower(),) if is_given_name(name, short=False) else forms("nicknames").get(name.lower(), ())
    female = any(full in words("given_names", "female") for full in known)
    male = any(full in words("given_names", "male") for full in known)
    if female == male:
        return "unknown"
    return "female" if female else "male"


def of_votes(votes: Counter[str], *, least: int = 2) -> Gender:
    """Return the gender for which pronouns speak clearly.

    Args:
        votes: for `female` and `male`.
        least: fewest votes that decide.
    """
    female, male = votes["female"], votes["male"]
    if female >= least and female >= 2 * male:
        return "female"
    if male >= least and male >= 2 * female:
        return "male"
    return "unknown"


def of_noun(noun: str) -> Gender:
    """Return the gender a noun for a person has."""
    if noun in words("person_nouns", "female"):
        return "female"
    if noun in words("person_nouns", "male"):
        return "male"
    return "plural" if noun in words("person_nouns", "plural") else "unknown"


def agree(one: Gender, other: Gender) -> bool:
    """Whether two genders may belong to one person."""
    return one == other or "unknown" in (one, other)
