"""The order of events: what the text order of each telling says, without what cannot all be true.

Every telling says that what it tells later comes later. Where two tellings say the opposite, one of them remembers,
or tells it elsewhere: there the place of the events in that telling does not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from fabula.tellings.collation.chains import best_chain

_BATCH = 8
"""Of so many places of a tangle one is given up at once, where no two tellings alone make it."""
Place = tuple[int, int]
"""A telling of an event: index of the side, and of the event."""


class Order(NamedTuple):
    """Events in an order that fits all that counts.

    Attributes:
        sequence: the events, none before what it comes after.
        after: what each event comes directly after.
        displaced: places that do not count for the order.
    """

    sequence: Sequence[int]
    after: Mapping[int, frozenset[int]]
    displaced: frozenset[Place]


def order_events(
    strands: Sequence[Sequence[int]],
    moved: Mapping[Place, int],
    weakness: Callable[[Place], tuple[object, ...]],
    names: Sequence[str],
) -> Order:
    """Bring events into one order.

    Constraints are dropped only where events are before and after each other at once: first the places that stand
    in moved passages; then as few places as two tellings have crosswise; then the weakest.

    Args:
        strands: the events that each side tells, in the order of its text; each event once a side at most.
        moved: the passage of each place that stands in a moved passage and may be out of order.
        weakness: a key of each place; what sorts last is dropped first.
        names: of the sides, all different: so that their order does not matter.
    """
    owners = sorted(range(len(strands)), key=names.__getitem__)
    lanes = [list(strands[owner]) for owner in owners]
    displaced: set[Place] = set()
    waiting = dict(moved)
    while tangles := _tangles(lanes):
        tangled = {event for tangle in tangles for event in tangle}
        passages = {(place[0], waiting[place]) for place in waiting if place[1] in tangled}
        if passages:
            taken = [place for place in waiting if (place[0], waiting[place]) in passages]
            lanes, owners = _passages_out(lanes, owners, {place: waiting.pop(place) for place in taken})
        else:
            taken = _given_up(tangles, lanes, owners, weakness)
            _places_out(lanes, owners, set(taken))
        displaced.update(taken)
    after = _after(lanes)
    return Order(_sequence(strands, after), after, frozenset(displaced))


def _after(lanes: Iterable[Sequence[int]]) -> dict[int, frozenset[int]]:
    """Return what each event comes directly after in some lane."""
    found: dict[int, set[int]] = defaultdict(set)
    for lane in lanes:
        for one, other in pairwise(lane):
            found[other].add(one)
    return {event: frozenset(before) for event, before in found.items()}


def _passages_out(
    lanes: Sequence[Sequence[int]], owners: Sequence[int], taken: Mapping[Place, int]
) -> tuple[list[list[int]], list[int]]:
    """Give moved passages lanes of their own, with what only their side tells between their events."""
    shared = Counter(event for lane in lanes for event in lane)
    kept: list[list[int]] = []
    apart: dict[Place, list[int]] = defaultdict(list)
    for lane, owner in zip(lanes, owners, strict=True):
        numbers = [taken.get((owner, event)) for event in lane]
        last = {number: at for at, number in enumerate(numbers) if number is not None}
        stays: list[int] = []
        inside: int | None = None
        for at, (event, number) in enumerate(zip(lane, numbers, strict=True)):
            if number is not None:
                inside = number
                apart[owner, number].append(event)
            elif inside is not None and at < last[inside] and shared[event] == 1:
                apart[owner, inside].append(event)
            else:
                stays.append(event)
        kept.append(stays)
    return [*kept, *apart.values()], [*owners, *(owner for owner, _ in apart)]


def _given_up(
    tangles: Sequence[Sequence[int]],
    lanes: Sequence[Sequence[int]],
    owners: Sequence[int],
    weakness: Callable[[Place], tuple[object, ...]],
) -> list[Place]:
    """Return places to give up, so that each tangle is less of one: what two lanes have crosswise, or the weakest."""
    places = [{event: at for at, event in enumerate(lane)} for lane in lanes]
    held: dict[int, list[int]] = defaultdict(list)
    for number, lane in enumerate(lanes):
        for event in lane if len(lane) > 1 else ():
            held[event].append(number)
    found: list[Place] = []
    for tangle in tangles:
        crossing = _crossing(tangle, held, places)
        loose = crossing or {event: held[event] for event in tangle if len(held[event]) > 1}
        weakest = [max(((owners[lane], event) for lane in both), key=weakness) for event, both in loose.items()]
        if not crossing:
            weakest = sorted(weakest, key=weakness, reverse=True)[: max(1, len(weakest) // _BATCH)]
        found += weakest
    return found


def _crossing(
    tangle: Sequence[int], held: Mapping[int, Sequence[int]], places: Sequence[Mapping[int, int]]
) -> dict[int, Sequence[int]]:
    """Return the fewest events of a tangle without which two lanes have all others in one order, with these lanes.

    The two that share most events and have some crosswise; none where no two have.
    """
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for event in tangle:
        for both in pairwise(held[event]):
            shared[both].append(event)
    for (one, other), events in sorted(shared.items(), key=lambda each: (-len(each[1]), each[0])):
        events.sort(key=places[one].__getitem__)
        there = np.array([places[other][event] for event in events])
        kept = set(best_chain(np.arange(len(events)), there, np.ones(len(events))))
        if len(kept) < len(events):
            return {event: (one, other) for at, event in enumerate(events) if at not in kept}
    return {}


def _places_out(lanes: list[list[int]], owners: Sequence[int], taken: set[Place]) -> None:
    """Take single places out of their lanes."""
    for at, (lane, owner) in enumerate(zip(lanes, owners, strict=True)):
        lanes[at] = [event for event in lane if (owner, event) not in taken]


def _sequence(strands: Sequence[Sequence[int]], after: Mapping[int, frozenset[int]]) -> list[int]:
    """Return the events in an order that goes on in one telling until another one has to catch up."""
    following: dict[int, list[int]] = defaultdict(list)
    waits: dict[int, int] = {}
    every = list(dict.fromkeys(event for strand in strands for event in strand))
    for event in every:
        waits[event] = len(after.get(event, ()))
        for before in after.get(event, ()):
            following[before].append(event)
    ready = [event for event in reversed(every) if not waits[event]]
    found = []
    while ready:
        event = ready.pop()
        found.append(event)
        for later in reversed(following[event]):
            waits[later] -= 1
            if not waits[later]:
                ready.append(later)
    return found


def _tangles(lanes: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the groups of events that come before and after each other at once: strongly connected components.

    Source: Kosaraju's algorithm (Sharir 1981), without recursion.
    """
    following: dict[int, list[int]] = defaultdict(list)
    before: dict[int, list[int]] = defaultdict(list)
    for lane in lanes:
        for one, other in pairwise(lane):
            following[one].append(other)
            before[other].append(one)
    taken: set[int] = set()
    found = []
    for root in reversed(_finished(following)):
        if root in taken:
            continue
        taken.add(root)
        group = [root]
        for event in group:
            fresh = [each for each in dict.fromkeys(before.get(event, ())) if each not in taken]
            taken.update(fresh)
            group += fresh
        if len(group) > 1:
            found.append(group)
    return found


def _finished(following: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the events in the order in which a search in depth has done with them."""
    seen: set[int] = set()
    found = []
    for root in following:
        path = [] if root in seen else [(root, iter(following[root]))]
        seen.add(root)
        while path:
            event, rest = path[-1]
            child = next((each for each in rest if each not in seen), None)
            if child is None:
                path.pop()
                found.append(event)
            else:
                seen.add(child)
                path.append((child, iter(following.get(child, ()))))
    return found
