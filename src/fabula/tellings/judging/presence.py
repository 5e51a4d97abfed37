"""Who speaks and who is there: another person in the same place, or somebody whom one viewpoint cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span
from fabula.story import Subject, Telling, Utterance, Verdict
from fabula.tellings.judging.persons import FIRST_PERSON, Partners, differs, same_person, swaps
from fabula.tellings.judging.roster import Name
from fabula.tellings.judging.slots import merged
from fabula.tellings.judging.survey import Linked, Survey
from fabula.tellings.judging.told import Told, touching

_SOMEBODY = frozenset({"someone", "somebody"})
_UNSEEN = frozenset("voice figure stranger shape shadow silhouette".split())
_APART = 2
"""Words at most between changes that belong together: `said a voice below`, `I said from below`."""
_PLACED = frozenset("in at near from towards toward outside leaving reached".split())
_PRONOUNS = frozenset("he she they it we you his her their".split())
_END = re.compile(r"[.!?\n]")
_TAG = 24
"""Characters at most between a quotation and the name in its tag."""
_KNOWN = 2
_PERSON, _SPEAKER, _UNSURE = 0.7, 0.8, 0.6


class Found(NamedTuple):
    """Somebody in one telling, and somebody else in his place in the other.

    Attributes:
        a: words of the first telling.
        b: words of the second telling.
        verdict: of the difference.
        subject: of the difference.
        confidence: 0 to 1.
    """

    a: Span
    b: Span
    verdict: Verdict
    subject: Subject
    confidence: float


def find_speakers(linked: Linked, found: Survey, partners: Partners) -> Iterator[Found]:
    """Yield utterances that another person says in the other telling, by the tags that name the two.

    Args:
        linked: a link with its utterances.
        found: what the tellings have in common.
        partners: who stands in whose place.
    """
    for one, other in linked.said:
        cues = _named_cue(one, found.tellings[0]), _named_cue(other, found.tellings[1])
        if cues[0] is None or cues[1] is None or not one.speaker or not other.speaker:
            continue
        if _are_two(one.speaker, other.speaker, found, partners):
            yield Found(cues[0], cues[1], "contradiction", "speaker", _SPEAKER)


def find_others(linked: Linked, found: Survey, partners: Partners) -> Iterator[Found]:
    """Yield names in one place of a line that name two people, or two places.

    Args:
        linked: a link with its names.
        found: what the tellings have in common.
        partners: who stands in whose place.
    """
    for one, other in swaps(linked):
        apart = frozenset((one.key, other.key)) in found.together
        if not apart or not _is_slot(linked, one, other) or _is_moved(linked, one, other):
            continue
        if _are_two(found.rosters[0].who(one), found.rosters[1].who(other), found, partners):
            a, b = linked.found.a, linked.found.b
            subject = _subject(a, one) if _subject(a, one) == _subject(b, other) else "presence"
            yield Found(a.hull(one.places), b.hull(other.places), "contradiction", subject, _PERSON)


def find_unseen(linked: Linked) -> Iterator[Found]:
    """Yield who is named in one telling and only a voice, a figure, somebody in the other.

    Args:
        linked: a link with its names.
    """
    sides = linked.found.sides
    for region in merged(linked.found.regions, apart=_APART):
        for side in (0, 1):
            unseen = [at for at in region[side] if _is_unseen(sides[side], at)]
            there = _someone(linked, 1 - side, region[1 - side])
            if len(unseen) != 1 or there is None or _someone(linked, side, region[side]) is not None:
                continue
            spans = [sides[side].hull(range(unseen[0], unseen[0] + 1)), sides[1 - side].hull(there)]
            a, b = spans if side == 0 else spans[::-1]
            speaks = any(_speaks(sides[1 - side], at) for at in range(there.start - 1, there.stop + 1))
            yield Found(a, b, "perception", "speaker" if speaks else "presence", _UNSURE)


def _is_unseen(told: Told, at: int) -> bool:
    """Whether a word stands for somebody who is not made out: `somebody`, `a voice`."""
    return told.key(at) in _SOMEBODY or (told.key(at) in _UNSEEN and told.key(at - 1) in ("a", "another", "some"))


def _named_cue(said: Utterance, telling: Telling) -> Span | None:
    """Return the name, or the `I`, of the tag that decided who speaks."""
    if said.evidence != "tag" or said.cue is None or said.kind != "speech":
        return None
    name = said.cue.of(telling.text)
    return said.cue if (name == "I" or _is_name(name)) and _is_tag(said.cue, said, telling.text) else None


def _is_tag(cue: Span, said: Utterance, text: str) -> bool:
    """Whether a plain verb of speech stands beside a name, and both beside the quotation."""
    piece = min(said.pieces, key=lambda each: max(cue.start - each.end, each.start - cue.end))
    between = text[min(piece.end, cue.end) : max(piece.start, cue.start)]
    verbs = {*between.split(), *text[cue.end : cue.end + _TAG].split()[:1]}
    return len(between) <= _TAG and not _END.search(between) and bool(verbs & words("verbs", "plain"))


def _is_name(cue: str) -> bool:
    return cue[:1].isupper() and cue.casefold() not in _PRONOUNS


def _are_two(one: str, other: str, found: Survey, partners: Partners) -> bool:
    """Whether two people of two tellings are certainly two: either is known in the other telling as another."""
    a, b = found.rosters
    if same_person(a, one, b, other) or partners.counts.get((one, other), 0) > 1:
        return False
    mine, theirs = partners.of_a.get(one), partners.of_b.get(other)
    if not mine or not theirs:
        return False
    (there, times), (here, others) = mine.most_common(1)[0], theirs.most_common(1)[0]
    return there != other and here != one and min(times, others) >= _KNOWN


def _is_slot(linked: Linked, one: Name, other: Name) -> bool:
    a, b = linked.found.a, linked.found.b
    before = a.key(one.places.start - 1) == b.key(other.places.start - 1)
    return before and a.key(one.places.stop) == b.key(other.places.stop)


def _is_moved(linked: Linked, one: Name, other: Name) -> bool:
    """Whether a name only stands elsewhere in the line: `Joss and Abel`, `Abel and I`."""
    wanted = (other.key, one.key)
    return any(
        name.key == wanted[side] and differs(linked.found, name, side)
        for side in (0, 1)
        for name in linked.names[side]
    )


def _subject(told: Told, name: Name) -> Subject:
    if _speaks(told, name.places.start - 1) or _speaks(told, name.places.stop):
        return "speaker"
    return "place" if told.key(name.places.start - 1) in _PLACED else "presence"


def _speaks(told: Told, at: int) -> bool:
    return told.key(at) in words("verbs", "plain")


def _someone(linked: Linked, side: int, places: range) -> range | None:
    """Return the name among some words, or the `I`."""
    names = touching(linked.names[side], places)
    if names:
        return names[0].places
    told = linked.found.sides[side]
    return next((range(at, at + 1) for at in places if told.key(at) in FIRST_PERSON), None)
