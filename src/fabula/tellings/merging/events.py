"""Which events of several tellings are one: from linked lines, the words in them, and who takes part."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.spans import Span
from fabula.story import EventKind, Side
from fabula.tellings.collation.lines import WORD, folded
from fabula.tellings.merging.joins import Join
from fabula.tellings.merging.occurrences import Key, Layout, Occurrence

_SAME_WORD, _OTHER_WORD, _SAME_LEMMA, _NEAR = 2.0, 1.0, 1.0, 0.1
_LINKED = 0.7
"""From this confidence on, a line that is told in other words counts as told by the other telling too."""
_SHARED = 0.3
"""Share of the words of an utterance that another one must have to be the same in other words."""


class Pair(NamedTuple):
    """Two occurrences that may be one event.

    Attributes:
        a: index of the one.
        b: index of the other.
        weight: how much speaks for it.
        worded: whether the same words tell both.
        passage: number of the moved passage that they are part of; None where they stand in order.
    """

    a: int
    b: int
    weight: float
    worded: bool
    passage: int | None


class Index(NamedTuple):
    """Where the occurrences of each side stand, for looking up.

    Attributes:
        starts: of the occurrences of each side, rising.
        numbers: index of each of them.
    """

    starts: Sequence[Sequence[int]]
    numbers: Sequence[Sequence[int]]

    def inside(self, side: int, spans: Sequence[Span]) -> list[int]:
        """Return the occurrences of a side that start inside some spans."""
        starts, numbers = self.starts[side], self.numbers[side]
        return [
            number
            for span in spans
            for number in numbers[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        ]


def index_of(told: Sequence[Occurrence], sides: int, *kinds: EventKind) -> Index:
    """Return where occurrences of some kinds stand, or all, by side."""
    rows: list[list[tuple[int, int]]] = [[] for _ in range(sides)]
    for number, each in enumerate(told):
        if not kinds or each.kind in kinds:
            rows[each.side].append((each.span.start, number))
    ordered = [sorted(row) for row in rows]
    return Index([[start for start, _ in row] for row in ordered], [[number for _, number in row] for row in ordered])


def implied(
    told: Sequence[Occurrence], joins: Sequence[Join], sides: Sequence[Side], layouts: Sequence[Layout]
) -> list[Occurrence]:
    """Return what a side tells in the very words in which a linked line of another side tells an event.

    So that an event which was seen on one side only is not taken for told by that side only.

    Args:
        told: what was seen.
        joins: the linked lines.
        sides: of the plot.
        layouts: of the tellings.
    """
    index = index_of(told, len(sides))
    places = {(each.side, each.span.start): each for each in told if each.kind == "happening"}
    found: dict[tuple[int, int], Occurrence] = {}
    for join in joins:
        for one, other, spans, words in (
            (join.a, join.b, join.link.a, join.words),
            (join.b, join.a, join.link.b, tuple((right, left) for left, right in join.words)),
        ):
            if not index.inside(one, spans):
                continue
            for here, there in words:
                seen = places.get((one, here.start))
                layout = layouts[sides[other].telling]
                if seen and (other, there.start) not in places and not layout.spoken(there.start):
                    scene = layout.scene(there.start)
                    line = layout.sentence(there)
                    bare = replace(seen, side=other, span=there, line=line, scene=scene, doers=(), others=())
                    found.setdefault((other, there.start), replace(bare, sure=False, implied=True))
    return list(found.values())


def find_pairs(
    told: Sequence[Occurrence], joins: Sequence[Join], sides: Sequence[Side], texts: Sequence[str]
) -> tuple[list[Pair], frozenset[int]]:
    """Return which occurrences may be one event, as far as linked lines tell, and which stand in linked lines.

    Args:
        told: all occurrences.
        joins: the linked lines.
        sides: of the plot.
        texts: of the tellings.
    """
    happenings, sayings = (index_of(told, len(sides), kind) for kind in ("happening", "saying"))
    pairs: list[Pair] = []
    linked: set[int] = set()
    for join in joins:
        both = ((join.a, join.link.a), (join.b, join.link.b))
        happen = [happenings.inside(side, spans) for side, spans in both]
        said = [_utterances(told, sayings, side, spans) for side, spans in both]
        if join.link.relation != "event" or join.link.confidence >= _LINKED:
            linked.update(*happen, *said)
        pairs += _happenings(told, join, happen[0], happen[1])
        if said[0] and said[1]:
            cut = [texts[sides[side].telling] for side in (join.a, join.b)]
            pairs += _sayings(told, join, said, cut)
    return pairs, frozenset(linked)


def _utterances(told: Sequence[Occurrence], index: Index, side: int, spans: Sequence[Span]) -> list[int]:
    """Return the utterances that some lines hold a part of."""
    found = index.inside(side, spans)
    starts, numbers = index.starts[side], index.numbers[side]
    at = bisect_left(starts, spans[0].start) - 1
    if at >= 0 and told[numbers[at]].line.end > spans[0].start:
        found.insert(0, numbers[at])
    return found


def _happenings(told: Sequence[Occurrence], join: Join, a: Sequence[int], b: Sequence[int]) -> Iterator[Pair]:
    """Yield events told by the same word, by words that stand for each other, or by words of one lemma."""
    at = {told[each].span.start: each for each in b}
    same = {here.start: there.start for here, there in join.words}
    sure = join.link.confidence
    for one in a:
        partner = at.get(same.get(told[one].span.start, -1))
        if partner is not None:
            yield Pair(one, partner, _SAME_WORD + sure, True, join.passage)
    for here, there in join.changed:
        left = [each for each in a if here.has(told[each].span.start)]
        right = [each for each in b if there.has(told[each].span.start)]
        if len(left) == 1 == len(right):
            yield Pair(left[0], right[0], _OTHER_WORD + sure, False, join.passage)
    by_lemma: dict[str, list[int]] = defaultdict(list)
    ranks = {each: rank / len(b) for rank, each in enumerate(b)}
    for each in b:
        by_lemma[told[each].lemma].append(each)
    for rank, one in enumerate(a):
        for other in by_lemma[told[one].lemma]:
            near = _NEAR * (1 - abs(rank / len(a) - ranks[other]))
            yield Pair(one, other, _SAME_LEMMA + sure + near, False, join.passage)


def _sayings(
    told: Sequence[Occurrence], join: Join, said: Sequence[Sequence[int]], texts: Sequence[str]
) -> Iterator[Pair]:
    """Yield utterances that share their words in linked lines; in lines told otherwise, those that share enough."""
    sure = join.link.confidence
    if join.link.relation != "event":
        shared = Counter(
            (one, other)
            for here, there in join.words
            for one in _around(told, said[0], here.start)
            for other in _around(told, said[1], there.start)
        )
        for (one, other), count in shared.items():
            yield Pair(one, other, _SAME_WORD + sure + count / (1 + len(join.words)), True, join.passage)
        return
    alone = len(said[0]) == 1 == len(said[1])
    for one in said[0]:
        mine = _content(told[one], texts[0])
        for other in said[1]:
            theirs = _content(told[other], texts[1])
            share = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
            if alone or share >= _SHARED:
                yield Pair(one, other, _OTHER_WORD + sure + share, False, join.passage)


def _around(told: Sequence[Occurrence], said: Sequence[int], offset: int) -> list[int]:
    return [each for each in said if told[each].line.has(offset)]


def _content(each: Occurrence, text: str) -> frozenset[str]:
    return frozenset(map(folded, WORD.findall(text, *each.line)))


def merge(
    told: Sequence[Occurrence],
    pairs: Sequence[Pair],
    sides: Sequence[Side],
    conflict: Callable[[Occurrence, Occurrence, bool], bool],
) -> list[list[int]]:
    """Gather occurrences into events, the surest pairs first; two of one side are never one event.

    Args:
        told: all occurrences.
        pairs: which may be one.
        sides: of the plot.
        conflict: whether two occurrences cannot be one, since others take part; told if the same words tell both.

    Returns:
        The indices of the occurrences of each event.
    """
    names = [side.name for side in sides]
    groups = [[number] for number in range(len(told))]
    home = list(range(len(told)))

    def first(number: int) -> tuple[str, int]:
        return names[told[number].side], told[number].span.start

    for pair in sorted(pairs, key=lambda pair: (-round(pair.weight, 6), sorted((first(pair.a), first(pair.b))))):
        one, other = home[pair.a], home[pair.b]
        if one == other or {told[each].side for each in groups[one]} & {told[each].side for each in groups[other]}:
            continue
        if conflict(told[pair.a], told[pair.b], pair.worded):
            continue
        for each in groups[other]:
            home[each] = one
        groups[one] += groups[other]
        groups[other] = []
    return [group for group in groups if group]


def conflicts(
    people: Mapping[Key, int], tellings: Mapping[int, frozenset[int]]
) -> Callable[[Occurrence, Occurrence, bool], bool]:
    """Return a test whether two occurrences cannot be one event, since somebody else does it.

    Somebody whom the other telling does not have at all may go by another name there, and is no conflict.

    Args:
        people: which person each character is.
        tellings: in which tellings each person is.
    """

    def conflict(a: Occurrence, b: Occurrence, worded: bool) -> bool:
        if worded and not (a.sure and b.sure):
            return False
        here, there = ({people[key] for key in each.doers if key in people} for each in (a, b))
        if not here or not there or here & there:
            return False
        known_there = any(b.doers[0][0] in tellings[each] for each in here)
        return known_there and any(a.doers[0][0] in tellings[each] for each in there)

    return conflict
