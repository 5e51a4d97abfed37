"""What the forms of address tell about who is who: `Maggie`, said to my sister, is my sister.

A name that is only ever called out, never narrated, belongs to somebody whom the narration calls otherwise. Whom it
is, the neighbouring turns tell: who has just spoken is who is called next.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.lexicon.address import is_call, names_self, opens_as_name
from fabula.people.naming.gender import agree
from fabula.people.naming.sketches import taken_apart
from fabula.people.page import Page
from fabula.spans import Span, index_at
from fabula.story import Character, Mention

_NEAR = 2
"""Paragraphs between a turn and its answer."""
_SURE = 3.0
_ENOUGH = 2.0
Pairs = defaultdict[tuple[str, str], float]
Speaks = Callable[[Mention], bool]


class Said(NamedTuple):
    """A paragraph in which somebody speaks.

    Attributes:
        paragraph: its index.
        section: index of its scene.
        speakers: ids that stand beside a verb of speech.
        called: ids called by name.
        naming: ids that the speaker gives as their own name.
    """

    paragraph: int
    section: int
    speakers: tuple[str, ...]
    called: tuple[str, ...]
    naming: tuple[str, ...]


def paragraphs_said(page: Page, mentions: Sequence[Mention], starts: Sequence[int], speaks: Speaks) -> list[Said]:
    """Describe every paragraph that holds speech.

    Args:
        page: the text.
        mentions: all, in order.
        starts: where sections start.
        speaks: whether a mention stands beside a verb of speech.
    """
    found: list[Said] = []
    at = [mention.span.start for mention in mentions]
    quote_starts = [quote.start for quote in page.quotes]
    for index, span in enumerate(page.paragraphs):
        quotes = page.quotes[bisect_left(quote_starts, span.start) : bisect_left(quote_starts, span.end)]
        if not quotes:
            continue
        inside = mentions[bisect_left(at, span.start) : bisect_left(at, span.end)]
        said = _said(page, quotes, inside, speaks)
        found.append(said._replace(paragraph=index, section=bisect_right(starts, span.start)))
    return found


def _said(page: Page, quotes: Sequence[Span], inside: Sequence[Mention], speaks: Speaks) -> Said:
    starts = [quote.start for quote in quotes]
    tagged: list[str] = []
    acting: list[str] = []
    called: list[str] = []
    naming: list[str] = []
    for mention in inside:
        if mention.character is None:
            continue
        at = index_at(starts, mention.span.start)
        quote = quotes[at] if at >= 0 and quotes[at].holds(mention.span) else None
        if quote is None:
            (tagged if speaks(mention) else acting).append(mention.character)
        elif mention.form == "name" and _is_naming(page.text, quote, mention.span):
            naming.append(mention.character)
        elif mention.form == "name" and is_call(page.text, quote, mention.span):
            called.append(mention.character)
    speakers = tagged or (acting[:1] if naming else [])
    return Said(0, 0, *(tuple(dict.fromkeys(ids)) for ids in (speakers, called, naming)))


def _is_naming(text: str, quote: Span, name: Span) -> bool:
    """Whether a speaker gives their own name: says so, or opens with a full name that is a sentence."""
    return opens_as_name(text, quote, name) or names_self(text, quote, name)


class Evidence(NamedTuple):
    """How strongly the forms of address say that two ids are one person, or two."""

    same: Pairs
    other: Pairs


def weigh(said: Sequence[Said], open_ids: frozenset[str], characters: Mapping[str, Character]) -> Evidence:
    """Count what the forms of address say.

    Args:
        said: paragraphs with speech, in order.
        open_ids: of those without a name of their own.
        characters: by id.
    """
    found = Evidence(defaultdict(float), defaultdict(float))
    seen: set[str] = set()
    for one in said:
        for who in one.speakers:
            for name in one.called:
                found.other[who, name] += _ENOUGH
            for name in one.naming:
                found.same[who, name] += _SURE * (who in open_ids)
    for one, two in pairwise(said):
        if two.paragraph - one.paragraph > _NEAR or one.section != two.section:
            continue
        for name in two.called:
            weight = _SURE if name not in seen and len(one.speakers) == 1 else 1.0
            _answer(found.same, [who for who in one.speakers if who in open_ids], two.speakers, name, weight)
        for name in one.called:
            _answer(found.same, [who for who in two.speakers if who in open_ids], one.speakers, name, 1.0)
        seen.update(one.called, one.speakers)
    _only_one(said, open_ids, characters, found)
    return found


def _answer(same: Pairs, speakers: Sequence[str], others: Sequence[str], name: str, weight: float) -> None:
    for who in speakers:
        if who not in others and who != name:
            same[who, name] += weight


def _only_one(
    said: Sequence[Said], open_ids: frozenset[str], characters: Mapping[str, Character], found: Evidence
) -> None:
    """Where only one speaker of a scene is without a name, a name called there may be theirs."""
    sections: dict[int, tuple[set[str], set[str]]] = {}
    for one in said:
        speakers, called = sections.setdefault(one.section, (set(), set()))
        speakers.update(who for who in one.speakers if who in open_ids)
        called.update(one.called)
    for speakers, called in sections.values():
        for name in called:
            fitting = [who for who in speakers if who != name and _may_be(who, name, characters, found.other)]
            if len(fitting) == 1:
                found.same[fitting[0], name] += 1.0


def _may_be(who: str, name: str, characters: Mapping[str, Character], other: Pairs) -> bool:
    return name in characters and agree(characters[who].gender, characters[name].gender) and (who, name) not in other


def called_people(
    page: Page,
    mentions: Sequence[Mention],
    characters: Mapping[str, Character],
    *,
    starts: Sequence[int],
    speaks: Speaks,
) -> dict[str, str]:
    """Decide which of those without a name of their own are somebody who is called by name.

    Args:
        page: the text.
        mentions: all, in order, with ids approved.
        characters: by id.
        starts: where sections start.
        speaks: whether a mention stands beside a verb of speech.

    Returns:
        Id of somebody described, or known by a title alone, to the id of the name.
    """
    open_ids = frozenset(who.id for who in characters.values() if _is_open(who))
    if not open_ids:
        return {}
    said = paragraphs_said(page, mentions, starts, speaks)
    evidence = weigh(said, open_ids, characters)
    narrated = Counter(
        mention.character for mention in mentions if mention.form == "name" and not page.is_quoted(mention.span.start)
    )
    found: dict[str, str] = {}
    for who, name in sorted(evidence.same, key=lambda pair: (-evidence.same[pair], pair)):
        least = _ENOUGH if not narrated[name] else _SURE
        score = evidence.same[who, name] - evidence.other.get((who, name), 0.0)
        if who in found or name in found.values() or name in open_ids or score < least:
            continue
        if _may_be(who, name, characters, evidence.other) and not _rivalled(who, name, score, evidence):
            found[who] = name
    return found


def _is_open(who: Character) -> bool:
    """Whether somebody is without a name of their own: a description, or a title alone."""
    return not who.narrator and (not who.named or not any(taken_apart(alias, 1).names for alias in _bare(who)))


def _bare(who: Character) -> list[str]:
    return [alias.removeprefix("the ") for alias in who.aliases]


def _rivalled(who: str, name: str, score: float, evidence: Evidence) -> bool:
    """Whether another name or another person fits nearly as well."""
    rivals = [
        evidence.same[pair] - evidence.other.get(pair, 0.0)
        for pair in evidence.same
        if pair != (who, name) and (pair[0] == who or pair[1] == name)
    ]
    return any(2 * rival > score for rival in rivals)
