"""Which mentions point at one person, read from front to back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.lexicon.address import is_call
from fabula.people.describing.nominals import Nominal
from fabula.people.naming.gender import of_noun
from fabula.people.naming.names import NameSpot
from fabula.people.naming.sketches import taken_apart
from fabula.people.page import Page, Word
from fabula.people.pointing.presence import Reader, SceneStart
from fabula.spans import Span
from fabula.story import Gender, Mention

_ANNOUNCED = 4_000
"""Code points before the first name within which `the doctor` already means the only doctor of the text."""
_GENDERS: Mapping[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_FIRST = frozenset(["i", "me", "my", "mine", "myself"])
_OTHERS = frozenset(
    [
        "you",
        "your",
        "yours",
        "yourself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
    ]
)
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_TAGGING = re.compile(r"[\"”’»][\s,—–-]*(?:[a-z]+\s+)?$")
"""Before a pronoun: the end of a quotation, so that whoever is called in it is not meant."""
_VERB = re.compile(r"\s+[a-z]")


class Event(NamedTuple):
    """A place that points at somebody, before it is known at whom."""

    start: int
    end: int
    word: Word | None = None
    name: NameSpot | None = None
    nominal: Nominal | None = None


class Resolved(NamedTuple):
    """What reading gave.

    Attributes:
        mentions: in order; the ids of descriptions are still to be approved.
        described: id of each description to its nominals.
        genders: by id, descriptions included.
    """

    mentions: list[Mention]
    described: dict[str, list[Nominal]]
    genders: dict[str, Gender]


def events(page: Page, names: Sequence[NameSpot], nominals: Sequence[Nominal]) -> list[Event]:
    """Put names, descriptions and pronouns in one order."""
    found = [Event(spot.start, spot.end, name=spot) for spot in names]
    found += [Event(nominal.start, nominal.end, nominal=nominal) for nominal in nominals]
    known = _FIRST | _OTHERS | _GENDERS.keys()
    found += [Event(word.start, word.end, word=word) for word in page.words if word.form.lower() in known]
    found += [Event(word.start, word.start + 1, word=word) for word in page.words if word.form[:2] in ("I'", "I’")]
    return sorted(found, key=lambda event: (event.start, -event.end))


def resolve(
    page: Page,
    found: Sequence[Event],
    owners: Mapping[str, str],
    genders: Mapping[str, Gender],
    *,
    scenes: Sequence[SceneStart],
    ranks: Mapping[str, str],
) -> Resolved:
    """Read mentions from front to back and decide whom each means.

    Args:
        page: the text.
        found: names, descriptions and pronouns in order.
        owners: key of a name to the id of its bearer.
        genders: id to gender.
        scenes: in order; a generic description does not reach beyond one, and those present before count for little.
        ranks: noun for a rank to the id of its only bearer.
    """
    named = Counter(owners[event.name.key] for event in found if event.name is not None)
    described_as = (event.nominal for event in found if event.nominal is not None)
    named.update(f"~{nominal.head}" for nominal in described_as if not (nominal.generic or nominal.quoted))
    several = _several(event.nominal for event in found if event.nominal is not None)
    reader = Reader(dict(genders), dict(ranks), _introductions(found, owners), named, several)
    mentions: list[Mention] = []
    described: dict[str, list[Nominal]] = defaultdict(list)
    starts = [span.start for span in page.paragraphs]
    chapters = [scene.start for scene in scenes]
    paragraph, scene = -1, 0
    for event in found:
        while scene < len(scenes) and scenes[scene].start <= event.start:
            reader.enter(scenes[scene])
            scene += 1
        here = bisect_right(starts, event.start)
        if here != paragraph:
            paragraph = here
            reader.turn(event.start)
        if event.name is not None:
            mentions.append(_name(reader, event.name, owners, page))
        elif event.nominal is not None:
            mentions.append(_nominal(reader, event.nominal, described, chapters, mentions))
        elif event.word is not None:
            mentions.append(_pronoun(reader, event, page.text))
    return Resolved(mentions, described, reader.genders)


_CONTRASTS = (
    ("fat", "thin"),
    ("tall", "short"),
    ("old", "young"),
    ("big", "small"),
    ("big", "little"),
    ("fair", "dark"),
    ("older", "younger"),
    ("elder", "younger"),
    ("taller", "shorter"),
    ("bigger", "smaller"),
    ("larger", "smaller"),
    ("first", "second"),
    ("first", "other"),
)


def _several(nominals: Iterable[Nominal]) -> frozenset[str]:
    """Return nouns that the text has for several people, whom it tells apart: the fat guard and the thin guard."""
    found: dict[str, set[str]] = defaultdict(set)
    for nominal in nominals:
        if nominal.determiner == "the" and not nominal.quoted:
            found[nominal.head].update(nominal.modifiers)
    return frozenset(head for head, words_of in found.items() if any({*pair} <= words_of for pair in _CONTRASTS))


def _introductions(found: Sequence[Event], owners: Mapping[str, str]) -> dict[str, int]:
    """Return where each person who has more than a title is first named."""
    first: dict[str, int] = {}
    for event in found:
        if event.name is not None and taken_apart(event.name.key, 1).names:
            first.setdefault(owners[event.name.key], event.start)
    return first


def _name(reader: Reader, spot: NameSpot, owners: Mapping[str, str], page: Page) -> Mention:
    who = owners[spot.key]
    subject = _VERB.match(page.text, spot.end) is not None and not spot.possessive
    weight = 0.35 if spot.quoted else 1.6 if subject else 1.0
    reader.point(who, spot.start, weight)
    span = Span(spot.start, spot.end)
    quote = page.quote_at(spot.start) if spot.quoted else None
    if quote is not None and is_call(page.text, quote, span):
        reader.called.add(who)
    elif not spot.quoted:
        reader.here.add(who)
    return Mention(span, "name", who)


def _nominal(
    reader: Reader,
    nominal: Nominal,
    described: dict[str, list[Nominal]],
    chapters: Sequence[int],
    before: Sequence[Mention],
) -> Mention:
    who = _description_id(reader, nominal, chapters, before)
    span = Span(nominal.start, nominal.end)
    if who is None:
        return Mention(span, "nominal")
    if who[0] == "~":
        reader.genders.setdefault(who, of_noun(nominal.head))
    reader.point(who, nominal.start, 0.2 if nominal.quoted else 0.8)
    if who[0] == "~":
        described[who].append(nominal)
    return Mention(span, "nominal", who)


def _description_id(
    reader: Reader, nominal: Nominal, chapters: Sequence[int], before: Sequence[Mention]
) -> str | None:
    """Return an id for whoever is described: by owner, by scene, or for the whole text."""
    if nominal.determiner in ("no", "every", "each"):
        return None
    if of_noun(nominal.head) == "plural":
        definite = nominal.determiner in ("the", "all", "some") and not nominal.quoted
        return f"~{nominal.head} in {bisect_right(chapters, nominal.start)}" if definite else None
    if nominal.owned and (nominal.generic or nominal.head in words("person_nouns", "kin")):
        owner = _owner(reader, nominal, before)
        if nominal.head == "voice":
            return owner
        if owner is None and nominal.determiner in ("your", "their") and nominal.head in words("person_nouns", "kin"):
            return (
                None
                if nominal.quoted
                else f"~{nominal.head} of {nominal.determiner} {bisect_right(chapters, nominal.start)}"
            )
        return f"~{nominal.head} of {owner}" if owner else None
    ranked = reader.ranks.get(nominal.head) if nominal.determiner == "the" and not nominal.modifiers else None
    if ranked is not None and nominal.start > reader.introduced.get(ranked, 0) - _ANNOUNCED:
        return ranked
    if nominal.quoted:
        return None
    if nominal.generic or nominal.head in reader.several:
        return _generic_id(reader, nominal, bisect_right(chapters, nominal.start))
    return f"~{nominal.head}"


def _generic_id(reader: Reader, nominal: Nominal, scene: int) -> str:
    """Return the id of the last one in the scene whom `the woman` fits, else a new one made of the words."""
    telling = [word for word in nominal.modifiers if word != "same"]
    made = f"~{' '.join(telling)} {nominal.head} in {scene}"
    if made in reader.places or nominal.determiner not in ("the", "this", "that"):
        return made
    if telling == ["other"]:
        return _other_id(reader, nominal, scene) or made
    ending = f" {nominal.head} in {scene}"
    fitting = [
        who
        for who in reader.places
        if who[:1] == "~" and who.endswith(ending) and set(telling) <= set(who[1 : -len(ending)].split())
    ]
    return max(fitting, key=lambda who: reader.places[who]) if fitting else made


def _other_id(reader: Reader, nominal: Nominal, scene: int) -> str | None:
    """Return the id of whoever of the scene is not the last one whom the noun fits; None where there is no other."""
    ending = f" {nominal.head} in {scene}"
    fitting = sorted(
        (who for who in reader.places if who[:1] == "~" and who.endswith(ending)), key=lambda who: -reader.places[who]
    )
    return fitting[1] if len(fitting) > 1 else None


def _owner(reader: Reader, nominal: Nominal, before: Sequence[Mention]) -> str | None:
    if nominal.determiner == "'s":
        return before[-1].character if before and before[-1].span.start >= nominal.start - 30 else None
    if nominal.determiner in ("my", "our") and not nominal.quoted:
        return reader.narrator
    gender = _GENDERS.get(nominal.determiner)
    teller = frozenset([reader.narrator] if reader.narrator else [])
    return reader.best(gender, nominal.start, besides=teller) if gender and not nominal.quoted else None


def _pronoun(reader: Reader, event: Event, text: str) -> Mention:
    word = event.word
    assert word is not None  # noqa: S101 - every event without name and description is a word
    lower = word.form.lower()
    span = Span(event.start, event.end)
    if lower in _THEY and not word.quoted:
        return Mention(span, "pronoun", reader.one_called_they(event.start))
    if lower in _OTHERS:
        return Mention(span, "pronoun")
    if lower in _GENDERS:
        others = frozenset([reader.narrator] if reader.narrator and not word.quoted else [])
        tagging = not word.quoted and _TAGGING.search(text, max(0, event.start - 24), event.start) is not None
        who = reader.best(_GENDERS[lower], event.start, besides=others, tagging=tagging)
        if who is not None and not word.quoted:
            reader.point(who, event.start, 0.7 if lower in ("he", "she") else 0.4)
            reader.here.add(who)
        return Mention(span, "pronoun", who)
    if word.quoted or reader.narrator is None:
        return Mention(span, "pronoun")
    reader.point(reader.narrator, event.start, 0.5)
    return Mention(span, "pronoun", reader.narrator)


def counted(mentions: Sequence[Mention]) -> Counter[str]:
    """Count the mentions of every id."""
    return Counter(mention.character for mention in mentions if mention.character is not None)


def in_order(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions by start, wider first."""
    yield from sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))
