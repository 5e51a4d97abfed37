"""Records of the story behind its tellings: what happens in which order, who tells it, and who knows of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fabula.spans import Span
from fabula.story.links import Side
from fabula.story.speech import Channel

EventKind = Literal["happening", "saying"]
Grounds = Literal["took part", "was there", "speaks of it", "was told", "no sign"]


class Person(NamedTuple):
    """Somebody of the story, whom several tellings may have among their characters.

    Attributes:
        id: stable in its plot, made from the name.
        name: the fullest name that a telling gives.
        aliases: all names that the tellings give, each once.
        characters: who it is in each telling: index of the telling in its story, and id of the character there.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    characters: tuple[tuple[int, str], ...]


class Witness(NamedTuple):
    """A place where one telling tells an event.

    Attributes:
        side: index into `Plot.sides`.
        span: the word that tells it; the first piece of what is said.
        line: the sentence; all of what is said.
        scene: index into the layer `scenes` of the telling; None outside all scenes.
        displaced: True where its place contradicts the order of other tellings, and does not count for the order:
            told as a memory, or told elsewhere.
    """

    side: int
    span: Span
    line: Span
    scene: int | None = None
    displaced: bool = False


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """Something that happens in the story, whoever tells it.

    Attributes:
        id: its place in `Plot.events`, which holds nothing before what it comes after.
        kind: `happening` (narrated), `saying` (an utterance, of whatever kind).
        lemma: dictionary form of the word that tells it; for a saying its kind (`speech`, `thought`, `song`, …).
        doers: ids of the people who do it, or who speak.
        others: ids of the people whom it is done or said to.
        witnesses: where it is told, in the order of the sides; at least one, and at most one a side.
        after: ids of the events that come directly before it in a telling whose order counts there.
        linked: True where its line is linked with one of another telling, whether or not the event is found there.
        channel: how words reach the hearer; None for a happening.
        confidence: 0 to 1 that the speaker is right, of the surest telling; None for a happening.
    """

    id: int
    kind: EventKind
    lemma: str
    doers: tuple[str, ...]
    others: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    after: tuple[int, ...] = ()
    linked: bool = False
    channel: Channel | None = None
    confidence: float | None = None

    @property
    def sides(self) -> tuple[int, ...]:
        """Who tells it: indices into `Plot.sides`."""
        return tuple(witness.side for witness in self.witnesses)

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of all who take part, doers first."""
        return tuple(dict.fromkeys((*self.doers, *self.others)))


@dataclass(frozen=True, slots=True)
class Plot:
    """The story behind one or more tellings.

    Attributes:
        sides: what tells it: whole tellings, or parts of one.
        people: who is in it, most events first.
        events: in one order that fits all that is known of it; see `StoryEvent.after` for what is known.
        reports: sayings that speak of an earlier event: ids of the saying and of the event.
    """

    sides: tuple[Side, ...]
    people: tuple[Person, ...]
    events: tuple[StoryEvent, ...]
    reports: tuple[tuple[int, int], ...] = ()

    def alone(self, side: int) -> tuple[StoryEvent, ...]:
        """Return what only one side tells: its own events, in lines that are linked with no other telling."""
        return tuple(event for event in self.events if event.sides == (side,) and not event.linked)

    def before(self, events: Iterable[int]) -> frozenset[int]:
        """Return the ids of some events and of all that surely come before one of them."""
        found: set[int] = set()
        waiting = list(events)
        while waiting:
            event = waiting.pop()
            if event not in found:
                found.add(event)
                waiting.extend(self.events[event].after)
        return frozenset(found)


class Known(NamedTuple):
    """What speaks for somebody's knowing of an event, or that nothing does.

    Attributes:
        event: id of the event.
        grounds: `took part` (does it, undergoes it, speaks or is spoken to), `was there` (acts before and after it in
            the same scene, or sees the scene), `speaks of it`, `was told` (hears somebody speak of it), `no sign`.
        saying: id of the event in which it is spoken of; None where none is.
        confidence: of the speaker, 0 to 1, where it rests on who says something; None where it rests on rules alone.
    """

    event: int
    grounds: Grounds
    saying: int | None = None
    confidence: float | None = None


class Knowledge(NamedTuple):
    """What somebody may know at a place of the story.

    Being there is evidence of knowing, no proof; so is being told. Without a sign somebody cannot know, as far as
    the tellings tell: they may have been there unmentioned, or have heard of it between the lines.

    Attributes:
        person: id of the person.
        known: every event that surely happens before that place.
        unordered: ids of events of which no telling says whether they come before that place.
    """

    person: str
    known: tuple[Known, ...]
    unordered: tuple[int, ...]
