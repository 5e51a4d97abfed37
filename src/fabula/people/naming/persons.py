"""The evidence that names are people: acting, speaking, being addressed; and what speaks against it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from fabula.lexicon import words
from fabula.lexicon.given import is_given_name
from fabula.people.naming.names import NameSpot
from fabula.people.page import Page

_AFTER = re.compile(r",?\s+(?:\w+ly\s+|had\s+|then\s+|only\s+|just\s+)?([a-z]+?)(?:n['’]t)?\b")
_BEFORE = re.compile(r"([A-Za-z]+),?\s+$")
_VERB_FORM = re.compile(r"[a-z]{2,}(?:ed|s)")
_SEEN = 4
"""How often a name must stand in the text before its company tells that it names a thing."""
_STOPS = '.!?"”'
_INVERTED = re.compile(r"[\"”’»*_—–-]\s*(?:[a-z]+ly\s+)?[a-z]+\s+$")
_PLACE_OF = re.compile(r"\b([a-z]+)\s+of\s+$")
_COMPOUND = re.compile(r"(?:\b(?P<before>[A-Za-z]+)\s+)?\b(?P<word>[A-Z][a-z]+)\s+$")
_NOUN_AFTER = re.compile(r"\s+([a-z]+)\b")
_AFTER_DASH = re.compile(r"^[ \t]*[—–―-].{1,400}[,.?!…]\s(?:[a-z]+ly\s)?[a-z]+\s$", re.MULTILINE)


def person_keys(page: Page, spots: Sequence[NameSpot]) -> set[str]:
    """Decide which names are people.

    A title, a known given name, acting or speaking, and being addressed speak for it; standing after prepositions
    of place, ending in a noun of place, and italics after `the` (a ship, a title) speak against it.

    Args:
        page: the text.
        spots: where the names stand.

    Returns:
        Keys of the spots that name people.
    """
    gains: dict[str, float] = defaultdict(float)
    losses: Counter[str] = Counter()
    counts: Counter[str] = Counter(spot.key for spot in spots)
    speaking: Counter[str] = Counter()
    definite: Counter[str] = Counter(spot.key for spot in spots if spot.definite)
    for spot in spots:
        gains[spot.key] += _gain(page.text, spot)
        losses[spot.key] += _loss(page.text, spot)
        speaking[spot.key] += speaks(page.text, spot)
    spoke = {key for key, times in speaking.items() if times > (len(key) == 1)}
    things = _things(page, spots) - spoke
    heard = {part for key, times in speaking.items() if times > 1 for part in key.split()}
    things |= _compounds(page, spots)
    things |= {
        key
        for key, times in counts.items()
        if heard.isdisjoint(key.split()) and _is_thing(key, times, definite[key], losses[key])
    }
    found = {key for key in counts if _is_person(key, counts[key], gains[key], losses[key], key in spoke)}
    for one, other in pairwise(spots):
        if one.key in found and other.key not in found and page.text[one.end : other.start] == " and ":
            gains[other.key] += 1.0
    found = {key for key in counts if _is_person(key, counts[key], gains[key], losses[key], key in spoke)}
    return found - things


def _is_thing(key: str, count: int, definite: int, loss: int) -> bool:
    """Whether somebody who hardly speaks has a name with `the` (the Pequod), or stands where places do."""
    parts = key.lower().split()
    if count < _SEEN or parts[0] in words("titles", "male", "female", "unknown"):
        return False
    return 10 * definite >= 7 * count or (not is_given_name(parts[0]) and len(parts) == 1 and 4 * loss > count)


def _compounds(page: Page, spots: Sequence[NameSpot]) -> set[str]:
    """Return single words that are mostly the end of a longer name of a place: at White Gates."""
    whole: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    counts = Counter(spot.key for spot in spots)
    titles = words("titles", "male", "female", "unknown", "fond")
    for spot in spots:
        match = None if " " in spot.key else _COMPOUND.search(page.text, max(0, spot.start - 40), spot.start)
        if match is not None and page.lower[match["word"].lower()] and match["word"].lower() not in titles:
            whole[spot.key] += 1
            placed[spot.key] += (match["before"] or "").lower() in words("not_names", "place_prepositions") | {"of"}
    return {
        key for key, times in whole.items() if times > 2 and 10 * times > 7 * counts[key] and 3 * placed[key] > times
    }


def _things(page: Page, spots: Sequence[NameSpot]) -> set[str]:
    """Return names that stand in italics by themselves after `the` and hardly otherwise: ships, books."""
    apart: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for spot in spots:
        if spot.start in page.slanted and page.slanted[spot.start] <= spot.end + 1 and spot.definite:
            apart[spot.key] += 1
        elif not spot.quoted and not spot.definite:
            plain[spot.key] += 1
    return {key for key, count in apart.items() if count > plain[key]}


def _is_person(key: str, count: int, gain: float, loss: int, spoke: bool) -> bool:
    parts = key.lower().split()
    if parts[-1] in words("not_names", "never"):
        return False
    if len(parts) > 1 and parts[-1] in words("not_names", "place_nouns"):
        return False
    titled = parts[0] in words("titles", "male", "female", "unknown")
    given = is_given_name(parts[0])
    if len(parts[-1].rstrip(".")) == 1 and not titled and not given:
        return spoke and gain > loss
    if titled and (len(parts) > 1 or gain > loss):
        return True
    strict = any(part in words("not_names", "words") for part in parts)
    if strict:
        return gain >= 3 and gain > 2 * loss and gain > 0.1 * count
    if given:
        return loss <= max(1.0, 0.5 * count) or gain > loss
    if not loss and count >= 3 and gain >= 0.5:
        return gain >= 0.06 * count
    return gain >= 1 and gain > loss and gain >= 0.06 * count


def speaks(text: str, spot: NameSpot) -> bool:
    """Whether a plain verb of speech stands beside a name that may be its subject."""
    if spot.quoted or spot.possessive:
        return False
    after = _AFTER.match(text, spot.end, spot.end + 40)
    if after and after[1] in words("verbs", "plain") and not _placed(text, spot):
        return True
    before = _BEFORE.search(text, max(0, spot.start - 24), spot.start)
    return bool(before and before[1].lower() in words("verbs", "plain") and _inverted(text, spot.start))


def _inverted(text: str, at: int) -> bool:
    """Whether one word, with an adverb or not, stands between the end of speech and an offset: — Yes, said Ida."""
    if _INVERTED.search(text, max(0, at - 40), at):
        return True
    begin = text.rfind("\n", max(0, at - 450), at) + 1
    return _AFTER_DASH.match(text, begin, at) is not None


def _gain(text: str, spot: NameSpot) -> float:
    after = None if spot.possessive or _placed(text, spot) else _AFTER.match(text, spot.end, spot.end + 40)
    before = _BEFORE.search(text, max(0, spot.start - 24), spot.start)
    gain = 0.0
    if after:
        gain += 1.0 if after[1] in words("verbs", "speech") else 0.5 * (after[1] in words("verbs", "person"))
        gain += 1.0 * (after[1] == "who")
    if before and before[1].lower() in words("person_nouns", "male", "female", "neutral"):
        gain += 1.0
    elif before and before[1].lower() in words("verbs", "plain"):
        gain += 1.0 if spot.quoted or _inverted(text, spot.start) else 0.3
    opened = text[max(0, spot.start - 2) : spot.start].strip() in (",", '"', "“")
    closed = text[spot.end : spot.end + 1]
    if spot.quoted and closed and ((opened and closed in ",.!?;") or closed in '?!"”'):
        gain += 0.7
    if not spot.quoted and after and _subject(text, spot.start) and _VERB_FORM.fullmatch(after[1]):
        gain += 0.6
    return gain


def _placed(text: str, spot: NameSpot) -> bool:
    """Whether a preposition of place stands before a name, so that no verb after it is its own."""
    before = _BEFORE.search(text, max(0, spot.start - 24), spot.start)
    return before is not None and before[1].lower() in words("not_names", "place_prepositions")


def _subject(text: str, at: int) -> bool:
    """Whether a word stands first in its sentence."""
    before = text[max(0, at - 2) : at]
    return not before.strip() or before.strip()[-1] in _STOPS


def _loss(text: str, spot: NameSpot) -> int:
    if spot.possessive:
        return 0
    of = _PLACE_OF.search(text, max(0, spot.start - 24), spot.start)
    if of and of[1] in words("not_names", "place_nouns"):
        return 2
    after = _NOUN_AFTER.match(text, spot.end, spot.end + 20)
    if after and after[1] in words("not_names", "place_nouns"):
        return 1
    return int(_placed(text, spot))
