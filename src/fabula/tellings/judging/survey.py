"""All that verdicts look at, gathered once: linked passages, their names, and who speaks in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from fabula.spans import Span
from fabula.story import Alignment, Link, Telling, Utterance
from fabula.tellings.judging.roster import Name, Roster, find_names, find_roster
from fabula.tellings.judging.slots import Passages, passages

SELF = "I"
"""Who tells a telling, where no character is known to."""
_NEAR = 6


class Linked(NamedTuple):
    """A link with what its passages hold.

    Attributes:
        link: of lines of two tellings.
        found: their words; only those of the first passage where both have the same.
        names: in either passage, in order.
        said: utterances that begin in either passage, side by side; empty where they are not as many.
    """

    link: Link
    found: Passages
    names: tuple[list[Name], list[Name]]
    said: tuple[tuple[Utterance, Utterance], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What two tellings have in common, for verdicts.

    Attributes:
        tellings: the two.
        rosters: of their names.
        links: all of them, in the order of the first telling.
        together: pairs of names that stand close together in one sentence of either telling, so are two people.
    """

    tellings: tuple[Telling, Telling]
    rosters: tuple[Roster, Roster]
    links: tuple[Linked, ...]
    together: frozenset[frozenset[str]]


def survey(tellings: Sequence[Telling], alignment: Alignment) -> Survey:
    """Gather what verdicts look at.

    Args:
        tellings: of the story.
        alignment: of two of them, or of parts.
    """
    a, b = tellings[alignment.a.telling], tellings[alignment.b.telling]
    rosters = find_roster(a), find_roster(b)
    utterances = _utterances(a), _utterances(b)
    links = []
    for link in alignment.links:
        found = passages(link, a.text, b.text)
        names = find_names(found.a, rosters[0])
        others = names if link.relation == "same" else find_names(found.b, rosters[1])
        links.append(Linked(link, found, (names, others), _said(link, *utterances)))
    return Survey((a, b), rosters, tuple(links), frozenset(pair for linked in links for pair in _together(linked)))


def _together(linked: Linked) -> Iterator[frozenset[str]]:
    """Yield the names that stand close together in one sentence of either passage, with words between."""
    for told, names in zip(linked.found.sides, linked.names, strict=True):
        for one, other in pairwise(names if told.words else ()):
            between = range(one.places.stop, other.places.start)
            if 0 < len(between) <= _NEAR and not any(told.words[at].opens for at in between):
                yield frozenset((one.key, other.key))


def _utterances(telling: Telling) -> tuple[list[int], Sequence[Utterance]]:
    held: Sequence[Utterance] = telling.layer("utterances") if "utterances" in telling.layers else ()
    ordered = sorted(held, key=lambda said: said.start)
    return [said.start for said in ordered], ordered


def _said(
    link: Link, a: tuple[list[int], Sequence[Utterance]], b: tuple[list[int], Sequence[Utterance]]
) -> tuple[tuple[Utterance, Utterance], ...]:
    mine, theirs = list(_inside(link.a, *a)), list(_inside(link.b, *b))
    return tuple(zip(mine, theirs, strict=True)) if len(mine) == len(theirs) else ()


def _inside(spans: Sequence[Span], starts: Sequence[int], held: Sequence[Utterance]) -> Iterator[Utterance]:
    for span in spans:
        yield from held[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
