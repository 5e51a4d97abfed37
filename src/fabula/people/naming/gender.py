"""Gender of names: titles, given names, and the pronouns that follow them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from fabula.lexicon import forms, words
from fabula.lexicon.given import is_given_name
from fabula.people.naming.names import NameSpot
from fabula.story import Gender

_PRONOUN = re.compile(
    r"\b(he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themsel(?:f|ves))\b", re.IGNORECASE
)
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_MALE = frozenset(("he", "him", "his", "himself"))
_SEVERAL = re.compile(r"\b(?:and|both|all|two|three|with|together|others?|people|everyone|\w+(?:men|ies|ers|ents))\b")
_OBJECT = re.compile(
    r"\s*(?:[.,;:!?—)\"”]|(?:in|on|at|to|with|from|as|and|but|by|for|into|over|up|down|out|off|away|back|about|that|an?|the"
    r"|again|then|through|while|when|where|what|how|if|so|too|go|come|do)\b)"
)
"""What follows `her` where it is nobody's possessive: `looked at her.`"""
_WORD = re.compile(r"[a-z]+")
_REACH = 90
_NEUTRAL = 3
"""How often `they` must follow a name that neither `he` nor `she` follows."""
Votes = Mapping[str, Counter[str]]


def pronoun_votes(text: str, spots: Sequence[NameSpot]) -> Votes:
    """Count which pronouns follow each name in narration before any other name does.

    Args:
        text: of the telling.
        spots: names in order.

    Returns:
        For each key, votes for `female`, `male` and `neutral` (they, of one person).
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for index, spot in enumerate(spots):
        if spot.quoted:
            continue
        limit = min(spot.end + _REACH, spots[index + 1].start if index + 1 < len(spots) else len(text))
        match = _PRONOUN.search(text, spot.end, limit)
        if match and not _crosses(text, spot.end, match.start()) and _about(text, spot, match):
            word = match[1].lower()
            if word in _FEMALE or word in _MALE:
                votes[spot.key]["female" if word in _FEMALE else "male"] += 1
            elif _alone(text, spot, match.start()):
                votes[spot.key]["neutral"] += 2 if word == "themself" else 1
    return votes


def _alone(text: str, spot: NameSpot, at: int) -> bool:
    """Whether nobody else is named before `they`, so that one person is meant."""
    before = text[max(0, spot.start - 6) : spot.start]
    return not before.endswith("and ") and _SEVERAL.search(text, spot.end, at) is None


def _about(text: str, spot: NameSpot, match: re.Match[str]) -> bool:
    """Whether a pronoun is likely to mean the name before it: `he`, or `his` where the name opens the sentence.

    It is not where a noun of that gender stands between (`Ann saw the man and he`), nor as what is done to another.
    """
    pronoun = match[1].lower()
    if pronoun == "him" or (pronoun == "her" and _OBJECT.match(text, match.end())):
        return False
    nouns = words("person_nouns", "female" if pronoun in _FEMALE else "male")
    if pronoun in _FEMALE | _MALE and not nouns.isdisjoint(_WORD.findall(text, spot.end, match.start())):
        return False
    if pronoun in ("he", "she", "they", "himself", "herself", "themself"):
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


def of_votes(votes: Counter[str], *, least: int = 2, times: int = 2) -> Gender:
    """Return the gender for which pronouns speak clearly.

    Args:
        votes: for `female` and `male`.
        least: fewest votes that decide.
        times: how many times the votes of the other gender they must be.
    """
    female, male = votes["female"], votes["male"]
    if female >= least and female >= times * male:
        return "female"
    if male >= least and male >= times * female:
        return "male"
    return "neutral" if votes["neutral"] >= _NEUTRAL and not female + male else "unknown"


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
