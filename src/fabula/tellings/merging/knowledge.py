"""What somebody may know at a place of the story: where they took part, were there, or were told.

All of it is evidence, none of it proof; see `fabula.story.Knowledge`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fabula.spans import Span
from fabula.story import Channel, Character, Grounds, Knowledge, Known, Person, Plot, Scene, Story, StoryEvent
from fabula.tellings.merging.asked import find_person, find_places
from fabula.tellings.merging.plots import plot as find_plot

_AT_ONCE: frozenset[Channel] = frozenset(("face", "phone", "radio", "loudspeaker", "song", "text"))
"""Channels by which words reach those whom they are said to while they are said."""
_ALOUD: frozenset[Channel] = frozenset(("face", "loudspeaker", "song"))
"""Channels by which words are heard by all who are there."""

_Scene = tuple[int, int]


class Presence(NamedTuple):
    """Where somebody is seen.

    Attributes:
        acts: scene (index of the side, index there) to the stretch between their first and their last act in it.
        seen_by: the scenes that are told through their eyes.
    """

    acts: Mapping[_Scene, Span]
    seen_by: frozenset[_Scene]

    def at(self, scene: _Scene, offset: int) -> bool:
        """Whether they are there at a place of a scene."""
        return scene in self.seen_by or (scene in self.acts and self.acts[scene].has(offset))


def knows(story: Story, name: str, at: str | None = None, *, plot: Plot | None = None) -> Knowledge:
    """Find what somebody witnessed, was told, or cannot know at a place of a story.

    Args:
        story: with the layers of all stages.
        name: one of their names.
        at: number or title of a chapter, or words of the text: what stands before it counts. `NAME:` before it says
            of which telling. None for the end.
        plot: of the story, where it has been made already.

    Raises:
        ConfigError: nobody of that name, or several; no such place, or several.
        LayerMissingError: when a layer is missing.
    """
    made = plot or find_plot(story)
    person = find_person(made, name)
    return find_knowledge(story, made, person, None if at is None else find_places(story, made, at))


def find_knowledge(story: Story, plot: Plot, person: Person, places: Mapping[int, int] | None = None) -> Knowledge:
    """Find what somebody may know at a place of the story.

    Args:
        story: with the layers of all stages.
        plot: of the story.
        person: one of its people.
        places: the place as sides tell it: index of each side to a code point of its text; what stands before it
            counts. None for the end.

    Returns:
        What speaks for their knowing of every event before that place.
    """
    presence = find_presence(story, plot, person)
    before, unordered = _reached(plot, places)
    grounds: dict[int, Known] = {}
    for number in before:
        event = plot.events[number]
        direct = _directly(event, person, presence)
        if direct:
            grounds[number] = Known(number, direct, None, event.confidence)
    for number, how, saying in _by_words(plot, before, person, presence):
        grounds.setdefault(number, Known(number, how, saying, plot.events[saying].confidence))
    known = (grounds.get(number, Known(number, "no sign")) for number in before)
    return Knowledge(person.id, tuple(known), tuple(unordered))


def find_presence(story: Story, plot: Plot, person: Person) -> Presence:
    """Find the scenes in which somebody is, as far as they act in them.

    Who only speaks from afar (phone, letter) is not there. Who tells the scene, or gives it its viewpoint, is there
    from its beginning to its end.

    Args:
        story: with the layers `scenes` and `characters`.
        plot: of the story.
        person: one of its people.
    """
    ends: dict[_Scene, list[int]] = defaultdict(list)
    for event in plot.events:
        acts = event.channel is None or event.channel in _ALOUD
        taking = event.people if acts else ()
        if person.id in taking:
            for each in event.witnesses:
                if each.scene is not None and not each.displaced:
                    ends[each.side, each.scene] += [each.line.start, each.line.end]
    acts_in = {scene: Span(min(offsets), max(offsets)) for scene, offsets in ends.items()}
    return Presence(acts_in, frozenset(_viewpoints(story, plot, person, acts_in)))


def _viewpoints(story: Story, plot: Plot, person: Person, acts: Mapping[_Scene, Span]) -> Iterator[_Scene]:
    """Yield the scenes that somebody tells, or sees by what a heading says."""
    ids = dict(person.characters)
    for number, side in enumerate(plot.sides):
        telling = story.tellings[side.telling]
        held: Character | None = next((c for c in telling.layer("characters") if c.id == ids.get(side.telling)), None)
        if held is None:
            continue
        names = {name.casefold() for name in (held.name, *held.aliases)}
        scenes: Sequence[Scene] = telling.layer("scenes")
        for at, scene in enumerate(scenes):
            eyes = scene.viewpoint is not None and scene.viewpoint.casefold() in names
            if eyes or (held.narrator and (number, at) in acts):
                yield number, at


def _directly(event: StoryEvent, person: Person, presence: Presence) -> Grounds | None:
    """Return on what grounds somebody knows of an event who need not be told."""
    if person.id in event.doers:
        return "took part"
    if person.id in event.others and (event.channel is None or event.channel in _AT_ONCE):
        return "took part"
    heard = event.channel is None or event.channel in _ALOUD
    there = any(
        each.scene is not None and not each.displaced and presence.at((each.side, each.scene), each.span.start)
        for each in event.witnesses
    )
    return "was there" if heard and there else None


def _by_words(
    plot: Plot, before: Sequence[int], person: Person, presence: Presence
) -> Iterator[tuple[int, Grounds, int]]:
    """Yield the events that somebody speaks of or hears spoken of, with the saying."""
    reached = frozenset(before)
    for saying, event in plot.reports:
        if saying in reached and event in reached:
            said = plot.events[saying]
            if person.id in said.doers:
                yield event, "speaks of it", saying
            elif _directly(said, person, presence):
                yield event, "was told", saying


def _reached(plot: Plot, places: Mapping[int, int] | None) -> tuple[list[int], list[int]]:
    """Return the events that surely come before a place, and those of which it is not known."""
    if places is None:
        return list(range(len(plot.events))), []
    last: dict[int, int] = {}
    later: dict[int, int] = {}
    for event in plot.events:
        for each in event.witnesses:
            if each.side in places and not each.displaced:
                into = last if each.span.start < places[each.side] else later
                if into is last or each.side not in later:
                    into[each.side] = event.id
    before = plot.before(last.values())
    after = _following(plot, later.values())
    return sorted(before), [each.id for each in plot.events if each.id not in before and each.id not in after]


def _following(plot: Plot, events: Iterable[int]) -> frozenset[int]:
    """Return the ids of some events and of all that surely come after one of them."""
    found = set(events)
    for event in plot.events:
        if any(each in found for each in event.after):
            found.add(event.id)
    return frozenset(found)
