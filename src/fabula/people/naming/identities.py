"""Names that share no word and are one person's.

What others call somebody and what the narration does may differ: `Miss Hale`, said to somebody whom the narration
calls Ada, is Ada. Whoever is called in one turn has spoken in the one before or speaks in the next, over and over. Or
the text says it outright: `Noah, alias Morris`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.lexicon import words
from fabula.lexicon.address import is_call
from fabula.people.naming.gender import agree, of_given_name
from fabula.people.naming.names import NameSpot
from fabula.people.naming.persons import speaks
from fabula.people.naming.sketches import NameForm, Sketch, same_given, surname_only
from fabula.people.page import Page
from fabula.spans import Span

_STATED = re.compile(
    r"[\s,(—–-]+(?:alias|otherwise|n[eé]e|formerly|(?:better |also |now )?known as"
    r"|or,? (?:rather,? )?as [\w ]{1,30}? (?:him|her|them))[\s,(—–-]+"
)
_OFTEN = 3
"""How often somebody must answer to a name to bear it."""
_SHARE = 0.35
"""Least share of the answers to a name that its bearer must give."""
_AGAINST = 0.25
"""How much of the evidence for one person may be against it."""
_TITLES = {"mother": "mrs", "father": "mr"}
_CALLS = 2
"""How often children must call a parent for their surname to tell who that is."""
_NEAR = 2
"""Paragraphs between a call and the answer."""


class Turn(NamedTuple):
    """A paragraph in which somebody speaks.

    Attributes:
        paragraph: its index.
        speaker: number of the one person named beside a verb of speech; None where there is none, or several.
        called: numbers of those called by name.
        spoken: numbers of those named in quotations.
    """

    paragraph: int
    speaker: int | None
    called: frozenset[int]
    spoken: frozenset[int]


class Tally(NamedTuple):
    """What answers tell.

    Attributes:
        same: (who answers, who is called) to how often.
        answered: who is called to how often anybody answers.
        other: (one, other) to how much tells that they are two.
        speaks: how often somebody is named beside a verb of speech.
    """

    same: Counter[tuple[int, int]]
    answered: Counter[int]
    other: Counter[frozenset[int]]
    speaks: Counter[int]


def identified(page: Page, spots: Sequence[NameSpot], sketches: Sequence[Sketch]) -> list[Sketch]:
    """Join people who share no name, where the text says so, or one of them is called and the other answers.

    Args:
        page: the text.
        spots: names of people, in order.
        sketches: people as their names tell.

    Returns:
        People, in the same order.
    """
    numbers = {form.key: number for number, sketch in enumerate(sketches) for form in sketch.forms}
    turns = _turns(page, spots, numbers)
    tally = _tally(turns)
    bearer = _stated(page, spots, numbers, sketches)
    for (who, name), times in sorted(tally.same.items(), key=lambda pair: (-pair[1], pair[0])):
        taken = {who, name} & {*bearer, *bearer.values()}
        if times < _least(sketches[who], sketches[name]) or taken or not _are_one(who, name, tally):
            continue
        if _may_be_one(sketches[who], sketches[name]):
            bearer[name] = who
    bearer.update(_parents(turns, sketches, {*bearer, *bearer.values()}))
    return _joined(sketches, bearer)


def _parents(turns: Sequence[Turn], sketches: Sequence[Sketch], taken: set[int]) -> dict[int, int]:
    """Return those who are only called Mother or Papa with who that is: Mrs. Dale, where the callers are Dales."""
    callers: dict[int, Counter[str]] = defaultdict(Counter)
    for turn in turns:
        if turn.speaker is None:
            continue
        surnames = _surnames(sketches[turn.speaker])
        for name in turn.called:
            if not any(form.names for form in sketches[name].forms):
                callers[name].update(surnames)
    found: dict[int, int] = {}
    for name, count in callers.items():
        surname, times = count.most_common(1)[0] if count else ("", 0)
        title = next((_TITLES[word] for form in sketches[name].forms for word in form.titles if word in _TITLES), "")
        who = [
            number
            for number, sketch in enumerate(sketches)
            if any(form.titles == (title,) and form.names == (surname,) for form in sketch.forms)
        ]
        if name not in taken and len(who) == 1 and times >= _CALLS and 10 * times >= 6 * count.total():
            found[name] = who[0]
    return found


def _least(who: Sketch, name: Sketch) -> int:
    """Return how often somebody must answer to a name: less often to `Aunt Celia` where they are `Mrs. Hale`."""
    kin = all(words("titles", "kin") & {*form.titles} for form in name.forms if form.titles) and any(
        form.titles for form in name.forms
    )
    return _OFTEN - 1 if kin and all(surname_only(form) for form in who.forms) else _OFTEN


def _stated(
    page: Page, spots: Sequence[NameSpot], numbers: dict[str, int], sketches: Sequence[Sketch]
) -> dict[int, int]:
    """Return those whom the text says to be somebody else too, with who that is: the more often named of the two."""
    found: dict[int, int] = {}
    for one, other in pairwise(spots):
        pair = {numbers[one.key], numbers[other.key]}
        if len(pair) < 2 or one.possessive or not _STATED.fullmatch(page.text, one.end, other.start):
            continue
        name, who = sorted(pair, key=lambda number: (sketches[number].count, -number))
        if agree(sketches[name].gender, sketches[who].gender) and not pair & {*found, *found.values()}:
            found[name] = who
    return found


def _turns(page: Page, spots: Sequence[NameSpot], numbers: dict[str, int]) -> list[Turn]:
    starts = [span.start for span in page.paragraphs]
    tagged: dict[int, set[int]] = defaultdict(set)
    called: dict[int, set[int]] = defaultdict(set)
    spoken: dict[int, set[int]] = defaultdict(set)
    for spot in spots:
        at, who = bisect_right(starts, spot.start) - 1, numbers[spot.key]
        quote = page.quote_at(spot.start) if spot.quoted else None
        if quote is not None:
            spoken[at].add(who)
            if is_call(page.text, quote, Span(spot.start, spot.end)):
                called[at].add(who)
        elif speaks(page.text, spot):
            tagged[at].add(who)
    speaker = {at: next(iter(ids)) for at, ids in tagged.items() if len(ids) == 1}
    return [
        Turn(at, speaker.get(at), frozenset(called[at]), frozenset(spoken[at])) for at in sorted({*tagged, *spoken})
    ]


def _tally(turns: Sequence[Turn]) -> Tally:
    found = Tally(Counter(), Counter(), Counter(), Counter())
    for turn in turns:
        if turn.speaker is not None:
            found.speaks[turn.speaker] += 1
            found.other.update(frozenset((turn.speaker, who)) for who in turn.spoken)
    for one, two in pairwise(turns):
        if two.paragraph - one.paragraph > _NEAR:
            continue
        if None not in (one.speaker, two.speaker) and one.speaker != two.speaker:
            found.other[frozenset((one.speaker, two.speaker))] += 1  # type: ignore[arg-type]
        _note(found, one, two.speaker)
        _note(found, two, one.speaker)
    return found


def _note(found: Tally, calling: Turn, answerer: int | None) -> None:
    if answerer is None or answerer == calling.speaker:
        return
    for name in calling.called:
        found.same[answerer, name] += 1
        found.answered[name] += 1


def _are_one(who: int, name: int, tally: Tally) -> bool:
    """Whether somebody answers to a name often, in most places where anybody does, and nothing tells against it."""
    times = tally.same[who, name]
    against = tally.other[frozenset((who, name))] + tally.same[name, who]
    return (
        who != name
        and times >= _SHARE * tally.answered[name]
        and against <= _AGAINST * times
        and tally.same[name, name] + tally.speaks[name] <= _AGAINST * max(times, tally.speaks[who])
    )


def _may_be_one(one: Sketch, other: Sketch) -> bool:
    """Whether two people have no names that tell them apart: other given names, other surnames, another gender."""
    if not agree(one.gender, other.gender) or not all(any(form.names for form in who.forms) for who in (one, other)):
        return False
    if _marries(one.forms) and any(form.unmarried for form in other.forms):
        return False
    lasts = _surnames(one), _surnames(other)
    if all(lasts) and lasts[0].isdisjoint(lasts[1]):
        return False
    firsts = _given(one), _given(other)
    return not all(firsts) or any(same_given(a, b) for a in firsts[0] for b in firsts[1])


def _marries(forms: Sequence[NameForm]) -> bool:
    return any(form.married for form in forms)


def _surnames(who: Sketch) -> set[str]:
    return {form.names[-1] for form in who.forms if len(form.names) > 1 or surname_only(form)}


def _given(who: Sketch) -> set[str]:
    """Return given names that are surely such: before a surname, or well known."""
    alone = {form.names[0] for form in who.forms if len(form.names) == 1 and not surname_only(form)}
    return {form.names[0] for form in who.full} | {name for name in alone if of_given_name(name) != "unknown"}


def _joined(sketches: Sequence[Sketch], bearer: dict[int, int]) -> list[Sketch]:
    found = {number: sketch for number, sketch in enumerate(sketches) if number not in bearer}
    for name, who in bearer.items():
        votes = found[who].votes + sketches[name].votes
        found[who] = Sketch([*found[who].forms, *sketches[name].forms], votes)
    return list(found.values())
