"""Verdicts: where two tellings cannot both be true, and where one only could not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fabula.spans import Span
from fabula.story import Alignment, Difference, Subject, Telling
from fabula.tellings.judging.negation import clause_around, find_denied
from fabula.tellings.judging.persons import Partners, find_partners, match_people
from fabula.tellings.judging.presence import Found, find_others, find_speakers, find_unseen
from fabula.tellings.judging.slots import Slot, find_loose, find_slots
from fabula.tellings.judging.survey import Linked, Survey, survey
from fabula.tellings.judging.told import Told

_HEDGES = frozenset(
    "perhaps maybe possibly probably apparently seemed seems seemingly fancied guessed guess supposed imagined "
    "thought might dimly".split()
)
_DENIED, _DIM = 0.8, 0.6
_NEAR = 6
_OFTEN = 4


def judge(tellings: Sequence[Telling], alignment: Alignment) -> Alignment:
    """Say of two aligned tellings who is who in them, and where they tell one thing in two ways.

    Args:
        tellings: of the story; with the layers `characters` and `utterances` people and speakers are compared too.
        alignment: of two of them, or of parts of one.

    Returns:
        The alignment with its people and differences.
    """
    found = survey(tellings, alignment)
    partners = find_partners(found)
    every = {each for linked in found.links for each in _once(list(_differences(linked, found, partners)))}
    ordered = sorted(every, key=lambda each: (each.a, each.b))
    return replace(alignment, differences=_seldom(ordered, found), people=match_people(found, partners))


def _differences(linked: Linked, found: Survey, partners: Partners) -> Iterator[Difference]:
    for each in find_speakers(linked, found, partners):
        yield _of_person(each)
    if linked.link.relation == "event":
        for slot in find_loose(linked.found):
            yield _of_values(linked, slot)
    if linked.link.relation != "wording":
        return
    for slot in find_slots(linked.found):
        yield _of_values(linked, slot)
    for left, right in find_denied(linked.found):
        a, b = linked.found.a.hull(left), linked.found.b.hull(right)
        yield Difference(a, b, "contradiction", "outcome", "One telling says it, the other denies it.", _DENIED)
    for each in (*find_others(linked, found, partners), *find_unseen(linked)):
        yield _of_person(each)


def _of_values(linked: Linked, slot: Slot) -> Difference:
    told = linked.found.sides
    a, b = (side.hull(value.places) for side, value in zip(told, (slot.a, slot.b), strict=True))
    confidence = round(slot.sure * linked.link.confidence, 3)
    if _hedged(told[0], slot.a.places) != _hedged(told[1], slot.b.places):
        reason = f"The {slot.a.what} is another, but one telling is not sure of it."
        return Difference(a, b, "perception", slot.a.subject, reason, min(confidence, _DIM))
    reason = f"The {slot.a.what} cannot be both."
    return Difference(a, b, "contradiction", slot.a.subject, reason, confidence)


def _hedged(told: Told, places: range) -> bool:
    """Whether a word like `perhaps` stands near some words, in the same clause."""
    clause = clause_around(told, places)
    return any(told.key(at) in _HEDGES for at in clause if abs(at - places.start) <= _NEAR)


_REASONS: dict[tuple[str, Subject], str] = {
    ("contradiction", "speaker"): "Another person says it.",
    ("contradiction", "place"): "It is another place.",
    ("contradiction", "presence"): "It is another person.",
    ("perception", "speaker"): "One telling does not know who speaks.",
    ("perception", "presence"): "One telling does not know who it is.",
}


def _of_person(found: Found) -> Difference:
    reason = _REASONS[found.verdict, found.subject]
    return Difference(found.a, found.b, found.verdict, found.subject, reason, found.confidence)


def _once(every: Sequence[Difference]) -> list[Difference]:
    """Return the differences of a link; of those that touch on both sides only the surest."""
    kept: list[Difference] = []
    for each in sorted(every, key=lambda difference: (-difference.confidence, difference.a, difference.b)):
        if not any(_touch(each.a, other.a) and _touch(each.b, other.b) for other in kept):
            kept.append(each)
    return kept


def _seldom(every: Sequence[Difference], found: Survey) -> tuple[Difference, ...]:
    """Return differences without those that say the same again and again, but for the first.

    A fox that is a wolf in the other telling is one thing told in two ways, not twenty.
    """
    a, b = (telling.text for telling in found.tellings)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in every:
        if each.subject == "attribute":
            places[_words(each, a, b)].append(each.a.start + each.b.start)
    often = {words: min(starts) for words, starts in places.items() if len(starts) >= _OFTEN}
    return tuple(
        each
        for each in every
        if each.subject != "attribute"
        or each.a.start + each.b.start == often.get(_words(each, a, b), each.a.start + each.b.start)
    )


def _words(difference: Difference, a: str, b: str) -> tuple[str, str]:
    return difference.a.of(a).casefold(), difference.b.of(b).casefold()


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
