"""Descriptions that stand for somebody named who is about: `the girl` is Ada, `her aunt` is Mrs. Hale.

Narrators vary names with descriptions, mostly where somebody speaks. Whether `the girl` is one of those about, and
which, is decided place by place: by who spoke before and after, who was called, who is most present, and by what
speaks for somebody new. Whose aunt is who is decided once for the text: she is about wherever `her aunt` is.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.lexicon.address import is_call
from fabula.people.naming.gender import agree
from fabula.people.page import Page
from fabula.story import Character, Mention

_HALF_LIFE = 220
_FORGOTTEN = 3000
_MOST = 8
"""Most people taken for present."""
_NEW = 8000
"""Code points after `a girl` within which `the girl` may be her."""
_ESTABLISHED = 12
"""How often the text must tell of the General for him to be somebody without a name."""
_INDEFINITE = frozenset(("a", "an", "another", "one", "some", "every", "each", "no"))
_CLEARLY = 2.0
"""How many times more than the next one somebody must be about to be `her aunt`."""
_APART = 0.2
"""In what share of the places of `her aunt` she may stand beside somebody who is her all the same."""
_AFAR = 0.3
"""What it counts to be about only from further away than so many code points:"""
_FAR = 1500

_FOR: Mapping[str, float] = {
    "presence": 0.25,
    "known gender": 0.5,
    "spoke before": -2.3,
    "speaks after": -2.3,
    "spoke two before": 1.3,
    "speaks two after": 1.3,
    "called before": 2.3,
    "called after": 1.5,
    "spoken of": -1.9,
    "a lady": 1.5,
    "old and titled": 1.2,
    "old and a Miss": -1.4,
    "young and married": -0.9,
}
_BESIDE, _OFTEN_BESIDE = -1.5, 2
"""What it counts against somebody to be told of in one sentence with the one described, and how often at most."""
_ITSELF = 1.6
_ITSELF_NEW = 1.3
_ITSELF_OFTEN = -0.4
"""Fitted to PDNC's train part as a conditional logistic model: who, of those about, a description beside a verb of
speech means, or that it is nobody else."""

_BLOOD = frozenset(("father", "mother", "son", "daughter", "brother", "sister", "husband", "wife"))
_PATERNAL = frozenset(("father", "son", "brother", "husband", "wife"))
_SAME_NAME, _OTHER_NAME, _SAME_KIN, _NOT_MARRIED, _FITTING = 5.0, 0.2, 4.0, 0.05, 1.5


class Turns(NamedTuple):
    """Who speaks, is called and is named in speech, by paragraph."""

    speaking: defaultdict[int, set[str]]
    called: defaultdict[int, set[str]]
    spoken: defaultdict[int, set[str]]


class Place(NamedTuple):
    """A description in the narration.

    Attributes:
        number: of the mention, from 0.
        company: ids of named people about and how present each is, 1 for the most present, and how far away.
    """

    number: int
    company: Sequence[tuple[str, float, int]]


def kin_people(
    places: Sequence[Place],
    mentions: Sequence[Mention],
    characters: Mapping[str, Character],
    kin: Mapping[str, tuple[str, str]],
    *,
    apart: Mapping[tuple[str, str], int],
) -> dict[str, str]:
    """Decide whose aunt is who.

    Args:
        places: of descriptions, see `places_of`.
        mentions: all, in order.
        characters: by id.
        kin: id of a description to its noun and the id of its owner: `her aunt`.
        apart: ids of a description and of somebody named to how often the text tells them apart.

    Returns:
        Id of a description to the id of the named character it is, where one is clearly meant.
    """
    about: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    often = Counter(mentions[place.number].character for place in places)
    for place in places:
        described = str(mentions[place.number].character)
        if described not in kin:
            continue
        noun, owner = kin[described]
        most = _APART * often[described]
        company = [
            (who, share, far)
            for who, share, far in place.company
            if who != owner and (not apart.get((described, who)) or apart[described, who] < most)
        ]
        top = max((share for _, share, _ in company), default=1.0)
        for who, share, far in company:
            fit = _kinship(noun, characters.get(owner), characters[who])
            about[described][who] += share / top * (_AFAR if far > _FAR else 1.0) * fit
    found: dict[str, str] = {}
    for described, count in about.items():
        ranked = sorted(count, key=lambda who: (-count[who], who))[:2]
        if len(ranked) == 1 or (ranked and count[ranked[0]] >= _CLEARLY * count[ranked[1]]):
            found[described] = ranked[0]
    return found


def _kinship(noun: str, owner: Character | None, who: Character) -> float:
    """Return how well somebody's names fit an owner's relation."""
    titles, fit = _titles(who), 1.0
    if owner is not None and noun in _BLOOD:
        ours, theirs = _surnames(owner), _surnames(who)
        if ours & theirs:
            fit *= _SAME_NAME
        elif ours and theirs and noun in _PATERNAL:
            fit *= _OTHER_NAME
    fit *= _SAME_KIN if noun in titles else 1.0
    if noun in ("wife", "mother") and "miss" in titles and not titles & _MARRIED:
        fit *= _NOT_MARRIED
    if noun in ("wife", "mother", "aunt"):
        fit *= _FITTING if titles & _MARRIED else 1.0
    if noun in ("husband", "father", "uncle"):
        fit *= _FITTING if titles & {"mr", "sir"} else 1.0
    return fit * (1.0 if who.gender != "unknown" else 0.5)


_MARRIED = frozenset(("mrs", "lady", "madame"))


def _titles(who: Character) -> set[str]:
    return {word.rstrip(".").lower() for alias in who.aliases for word in alias.split()[:-1]}


def _surnames(who: Character) -> set[str]:
    parts = [alias.lower().split() for alias in who.aliases]
    return {part[-1] for part in parts if len(part) > 1 and part[0] not in words("titles", "kin")}


def stand_ins(
    page: Page,
    mentions: Sequence[Mention],
    characters: Mapping[str, Character],
    *,
    speaks: Callable[[Mention], bool],
    places: Sequence[Place],
    apart: Mapping[tuple[str, str], int],
) -> dict[int, str]:
    """Decide where a description beside a verb of speech stands for somebody named who is about.

    Args:
        page: the text.
        mentions: all, in order, wider first.
        characters: by id.
        speaks: whether a mention stands beside a verb of speech.
        places: of descriptions, see `places_of`.
        apart: ids of a description and of somebody named to how often the text tells them apart.

    Returns:
        Index of a mention to the id of whoever is meant.
    """
    turns = _turns(page, mentions, characters, speaks)
    starts = [span.start for span in page.paragraphs]
    often = Counter(mention.character for mention in mentions)
    new: dict[str, int] = {}
    found: dict[int, str] = {}
    for place in places:
        mention = mentions[place.number]
        wording = mention.span.of(page.text).lower().split()
        if wording[0] in _INDEFINITE:
            new[wording[-1]] = mention.span.start
            continue
        if not speaks(mention) or wording[-1] == "voice" or page.is_quoted(mention.span.start):
            continue
        if often[mention.character] >= _ESTABLISHED and wording[-1] not in words("person_nouns", "generic"):
            continue
        at = bisect_right(starts, mention.span.start) - 1
        brought = mention.span.start - new.get(wording[-1], -_NEW) < _NEW
        itself = _ITSELF + _ITSELF_NEW * brought + _ITSELF_OFTEN * math.log1p(often[mention.character])
        owner = _owner(mentions, place.number)
        scores = {
            who: _score(turns, at, who, share, characters[who])
            + _manner(wording, characters[who])
            + _BESIDE * min(apart.get((str(mention.character), who), 0), _OFTEN_BESIDE)
            for who, share, _ in place.company
            if who != owner
        }
        best = max(scores, key=lambda who: (scores[who], who), default=None)
        if best is not None and scores[best] > itself:
            found[place.number] = best
    return found


def _owner(mentions: Sequence[Mention], index: int) -> str | None:
    """Return whom the pronoun means with which a description begins."""
    after = mentions[index + 1] if index + 1 < len(mentions) else None
    return after.character if after is not None and after.span.start == mentions[index].span.start else None


def _score(turns: Turns, at: int, who: str, share: float, person: Character) -> float:
    told = {
        "presence": math.log(share + 0.001),
        "known gender": person.gender != "unknown",
        "spoke before": who in turns.speaking.get(at - 1, ()),
        "speaks after": who in turns.speaking.get(at + 1, ()),
        "spoke two before": who in turns.speaking.get(at - 2, ()),
        "speaks two after": who in turns.speaking.get(at + 2, ()),
        "called before": who in turns.called.get(at - 1, ()),
        "called after": who in turns.called.get(at + 1, ()),
        "spoken of": who in turns.spoken.get(at, ()),
    }
    return sum(_FOR[name] * value for name, value in told.items())


def _manner(wording: Sequence[str], person: Character) -> float:
    """Return how well the words of a description fit somebody's titles."""
    titles = _titles(person)
    told = {
        "a lady": wording[-1] == "lady" and bool(titles & {"mrs", "lady", "miss"}),
        "old and titled": "old" in wording and bool(titles & {"mrs", "mr", "sir"}),
        "old and a Miss": "old" in wording and bool(titles & {"miss", "master"}),
        "young and married": "young" in wording and bool(titles & {"mrs", "sir"}),
    }
    return sum(_FOR[name] * value for name, value in told.items())


def _turns(
    page: Page, mentions: Sequence[Mention], characters: Mapping[str, Character], speaks: Callable[[Mention], bool]
) -> Turns:
    found = Turns(defaultdict(set), defaultdict(set), defaultdict(set))
    starts = [span.start for span in page.paragraphs]
    for mention in mentions:
        who = mention.character
        if mention.form != "name" or who is None or who not in characters:
            continue
        at = bisect_right(starts, mention.span.start) - 1
        quote = page.quote_at(mention.span.start)
        if quote is not None:
            found.spoken[at].add(who)
            if is_call(page.text, quote, mention.span):
                found.called[at].add(who)
        elif speaks(mention):
            found.speaking[at].add(who)
    return found


def places_of(page: Page, mentions: Sequence[Mention], characters: Mapping[str, Character]) -> Iterator[Place]:
    """Yield every place in the narration where somebody without a name is described, and who of the others is about.

    Args:
        page: the text.
        mentions: all, in order, wider first.
        characters: by id.
    """
    weights: dict[str, float] = {}
    last: dict[str, int] = {}
    for index, mention in enumerate(mentions):
        person = characters.get(mention.character or "")
        if person is None:
            continue
        at = mention.span.start
        if not person.named and not person.narrator:
            if mention.form == "nominal" and not page.is_quoted(at):
                yield Place(index, _company(weights, last, at, person, characters))
            continue
        fresh = weights.get(person.id, 0.0) * math.exp2((last.get(person.id, at) - at) / _HALF_LIFE)
        weight = 1.0 if mention.form == "name" else 0.5
        weights[person.id], last[person.id] = fresh + (0.35 * weight if page.is_quoted(at) else weight), at


def _company(
    weights: dict[str, float],
    last: dict[str, int],
    at: int,
    person: Character,
    characters: Mapping[str, Character],
) -> Sequence[tuple[str, float, int]]:
    for who in [who for who, place in last.items() if at - place >= _FORGOTTEN]:
        del last[who], weights[who]
    strong = {
        who: weights[who] * math.exp2((place - at) / _HALF_LIFE)
        for who, place in last.items()
        if agree(characters[who].gender, person.gender)
    }
    ranked = sorted(strong, key=lambda who: (-strong[who], who))[:_MOST]
    return [(who, strong[who] / strong[ranked[0]], at - last[who]) for who in ranked]
