"""Who speaks of what: sayings that tell an earlier event again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from fabula.story import StoryEvent
from fabula.tellings.merging.occurrences import Deed, Key, Occurrence

_Part = tuple[str, str, bool]
"""A lemma, a person, and whether they do it rather than undergo it."""


def find_reports(
    told: Sequence[Occurrence], home: Mapping[int, int], events: Sequence[StoryEvent], ids: Mapping[Key, str]
) -> Iterator[tuple[int, int]]:
    """Find the sayings that speak of an earlier event.

    A saying does where it says, as a fact, that the same person did the same, and there is exactly one such event
    before it in a telling of both. Where there are several, none is meant for sure.

    Args:
        told: all occurrences.
        home: index of each occurrence to the id of its event.
        events: of the plot.
        ids: the person of each character.

    Yields:
        Ids of the saying and of the event, each two once, in the order of the sayings.
    """
    places = {
        (event.id, each.side): each.span.start for event in events for each in event.witnesses if not each.displaced
    }
    done: dict[_Part, list[int]] = defaultdict(list)
    for event in events:
        if event.kind == "happening":
            for part in _parts(event.lemma, event.doers, event.others):
                done[part].append(event.id)
    found = set()
    for number, each in enumerate(told):
        at = places.get((home[number], each.side))
        for deed in each.tells if at is not None else ():
            for part in _said_parts(deed, ids):
                before = _earlier(done.get(part, ()), each.side, at or 0, places)
                if len(before) == 1:
                    found.add((home[number], before[0]))
    yield from sorted(found)


def _parts(lemma: str, doers: Sequence[str], others: Sequence[str]) -> Iterator[_Part]:
    """Yield what can be looked up of an event: by who does it, or by whom it is done to where nobody is known to."""
    yield from ((lemma, person, True) for person in doers)
    if not doers:
        yield from ((lemma, person, False) for person in others)


def _said_parts(deed: Deed, ids: Mapping[Key, str]) -> Iterator[_Part]:
    doers, others = ([ids[key] for key in keys if key in ids] for keys in (deed.doers, deed.others))
    yield from _parts(deed.lemma, doers, others)


def _earlier(events: Sequence[int], side: int, at: int, places: Mapping[tuple[int, int], int]) -> list[int]:
    """Return the first two of some events that a side tells before a place."""
    found: list[int] = []
    for event in events:
        place = places.get((event, side))
        if place is not None and place < at:
            found.append(event)
            if len(found) == 2:
                break
    return found
