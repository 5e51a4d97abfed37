"""The story behind its tellings: all steps in order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from fabula.story import Plot, Side, Story, StoryEvent, Witness
from fabula.tellings.collation.alignment import align_parts
from fabula.tellings.merging.events import Pair, conflicts, find_pairs, implied, merge
from fabula.tellings.merging.joins import Join, find_joins, told_sides
from fabula.tellings.merging.occurrences import LAYERS_READ, Key, Layout, Occurrence, find_occurrences, lay_out
from fabula.tellings.merging.order import Order, Place, order_events
from fabula.tellings.merging.people import match_people, to_persons
from fabula.tellings.merging.reports import find_reports
from fabula.tellings.parts import find_parts

_HAD = re.compile(r"\b[Hh]ad\b|\b\w+['’]d\b")


class Found(NamedTuple):
    """What all tellings tell, and what of it may be one.

    Attributes:
        sides: what tells.
        told: the occurrences.
        pairs: which of them may be one event.
        linked: indices of those whose line is linked.
        joins: the linked lines.
    """

    sides: tuple[Side, ...]
    told: list[Occurrence]
    pairs: list[Pair]
    linked: frozenset[int]
    joins: tuple[Join, ...]


def lined_up(story: Story) -> Story:
    """Return a story with alignments: its own, else of every two tellings, or of the parts of the only one.

    Args:
        story: with the layers `paragraphs`, `scenes`, `quotes` and `sentences`.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    if story.alignments:
        return story
    sides = tuple(Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(story.tellings))
    if len(sides) == 1:
        sides = find_parts(story.tellings, 0)
    return replace(story, alignments=tuple(align_parts(story.tellings, a, b) for a, b in combinations(sides, 2)))


def plot(story: Story) -> Plot:
    """Merge what the tellings of a story tell: its events, their order, who tells them, who takes part.

    Args:
        story: with the layers of all stages. Tellings that are not aligned yet are, every two.

    Returns:
        Every event and utterance of every telling in one event of the plot; made anew each time.

    Raises:
        LayerMissingError: when a layer is missing: read the texts whole.
    """
    for telling in story.tellings:
        for layer in LAYERS_READ:
            telling.layer(layer, wanted_by="story")
    story = lined_up(story)
    found = _find(story)
    groups = match_people(story.tellings, found.told, found.pairs)
    person = {key: number for number, group in enumerate(groups) for key in group}
    at_home = {number: frozenset(key[0] for key in group) for number, group in enumerate(groups)}
    merged = merge(found.told, found.pairs, found.sides, conflicts(person, at_home))
    order = _ordered(story, found, merged)
    counts = Counter(key for each in found.told for key in (*each.doers, *each.others))
    people = to_persons(groups, story.tellings, counts)
    ids = {key: one.id for one in people for key in one.characters}
    events = tuple(_events(found, merged, order, ids))
    home = {member: number for number, at in enumerate(order.sequence) for member in merged[at]}
    return Plot(found.sides, tuple(people), events, tuple(find_reports(found.told, home, events, ids)))


def _find(story: Story) -> Found:
    layouts = [lay_out(telling) for telling in story.tellings]
    sides, told = _told(story, layouts)
    joins = find_joins(story, sides)
    told += implied(told, joins, sides, layouts)
    pairs, linked = find_pairs(told, joins, sides, [telling.text for telling in story.tellings])
    return Found(sides, told, pairs, linked, joins)


def _told(story: Story, layouts: Sequence[Layout]) -> tuple[tuple[Side, ...], list[Occurrence]]:
    """Return what tells the story, and what it tells; the rest of a telling in parts only if it tells any."""
    sides: list[Side] = []
    told: list[Occurrence] = []
    aligned = {side for alignment in story.alignments for side in (alignment.a, alignment.b)}
    for side in told_sides(story):
        telling = story.tellings[side.telling]
        found = find_occurrences(telling, len(sides), side, layouts[side.telling])
        if found or side in aligned or side.parts == (telling.whole,):
            sides.append(side)
            told += found
    return tuple(sides), told


def _ordered(story: Story, found: Found, merged: Sequence[Sequence[int]]) -> Order:
    """Bring the merged events into an order."""
    home = {member: number for number, group in enumerate(merged) for member in group}
    strands: list[list[tuple[int, int]]] = [[] for _ in found.sides]
    for member, number in home.items():
        strands[found.told[member].side].append((found.told[member].span.start, number))
    moved, partners = _moved(story, found, home)
    names = [side.name for side in found.sides]
    starts = {(found.told[member].side, number): found.told[member].span.start for member, number in home.items()}
    sure = _sureness(found.pairs, home)

    def weakness(place: Place) -> tuple[object, ...]:
        return partners[place], -sure[place[1]], names[place[0]], starts[place]

    return order_events([[number for _, number in sorted(strand)] for strand in strands], moved, weakness, names)


def _sureness(pairs: Sequence[Pair], home: Mapping[int, int]) -> Mapping[int, float]:
    """Return how much speaks for each event's being one."""
    sure: dict[int, float] = defaultdict(float)
    for pair in pairs:
        if home[pair.a] == home[pair.b]:
            sure[home[pair.a]] = max(sure[home[pair.a]], round(pair.weight, 6))
    return sure


def _moved(story: Story, found: Found, home: Mapping[int, int]) -> tuple[dict[Place, int], Mapping[Place, int]]:
    """Return which places of moved passages may be out of order, and with how many tellings each place disagrees.

    Of two tellings that place a passage differently, that one is taken to be out of order which disagrees with more
    tellings, or else tells it rather in the past perfect. Where neither decides, the name does.
    """
    shared = [pair for pair in found.pairs if pair.passage is not None and home[pair.a] == home[pair.b]]
    apart: dict[Place, set[int]] = defaultdict(set)
    for pair in shared:
        a, b = found.told[pair.a].side, found.told[pair.b].side
        apart[a, home[pair.a]].add(b)
        apart[b, home[pair.b]].add(a)
    partners: Mapping[Place, int] = defaultdict(int, {place: len(others) for place, others in apart.items()})
    passages: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for pair in shared:
        a, b = sorted((found.told[pair.a].side, found.told[pair.b].side))
        passages[pair.passage or 0, a, b].add(home[pair.a])
    past = _past(story, found)
    moved: dict[Place, int] = {}
    for (passage, *both), events in passages.items():
        side = max(
            both,
            key=lambda side: (
                sum(partners[side, event] for event in events),
                past.get((passage, side), 0.0),
                found.sides[side].name,
            ),
        )
        for event in events:
            moved[side, event] = passage
    return moved, partners


def _past(story: Story, found: Found) -> Mapping[tuple[int, int], float]:
    """Return how often the past perfect may stand in each moved passage, a word, by the side that tells it."""
    had: Counter[tuple[int, int]] = Counter()
    length: Counter[tuple[int, int]] = Counter()
    for join in found.joins:
        if join.passage is not None:
            for side, spans in ((join.a, join.link.a), (join.b, join.link.b)):
                text = " ".join(span.of(story.tellings[found.sides[side].telling].text) for span in spans)
                had[join.passage, side] += len(_HAD.findall(text))
                length[join.passage, side] += 1 + len(text.split())
    return {key: had[key] / length[key] for key in length}


def _events(
    found: Found, merged: Sequence[Sequence[int]], order: Order, ids: Mapping[Key, str]
) -> Iterator[StoryEvent]:
    """Yield the events of the plot, in its order."""
    numbers = {at: number for number, at in enumerate(order.sequence)}
    for number, at in enumerate(order.sequence):
        members = sorted((found.told[each] for each in merged[at]), key=lambda each: each.side)
        seen = [each for each in members if not each.implied]
        lemma = min(Counter(each.lemma for each in seen).items(), key=lambda each: (-each[1], each[0]))[0]
        yield StoryEvent(
            number,
            members[0].kind,
            lemma,
            _agreed([(each.doers, each.sure) for each in seen], ids),
            _agreed([(each.others, each.sure) for each in seen], ids),
            tuple(
                Witness(each.side, each.span, each.line, each.scene, (each.side, at) in order.displaced)
                for each in members
            ),
            tuple(sorted(numbers[before] for before in order.after.get(at, ()))),
            any(each in found.linked for each in merged[at]),
            next((each.channel for each in members if each.channel), None),
            max((each.confidence for each in seen if each.confidence is not None), default=None),
        )


def _agreed(named: Sequence[tuple[Sequence[Key], bool]], ids: Mapping[Key, str]) -> tuple[str, ...]:
    """Return the people whom most tellings have in a part, those counting twice that leave no doubt."""
    votes: Counter[str] = Counter()
    for keys, sure in named:
        for one in dict.fromkeys(ids[key] for key in keys if key in ids):
            votes[one] += 2 if sure else 1
    most = max(votes.values(), default=0)
    return tuple(one for one, count in votes.items() if count == most)
