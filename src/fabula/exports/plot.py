"""The story behind its tellings, for programs: events, their order, their witnesses, and who may know of them."""

from __future__ import annotations

import json
from typing import TextIO, TypedDict

from fabula.story import Knowledge, Known, Plot, Story, StoryEvent, Witness

SCHEMA = "fabula-plot/1"


class SideEntry(TypedDict):
    """What tells the story.

    Attributes:
        name: of the telling, or of the part.
        telling: name of the telling.
        parts: the stretches of its text that are meant, `[start, end)` in code points.
        alone: ids of the events that only it tells, in lines that are linked with no other telling.
    """

    name: str
    telling: str
    parts: list[list[int]]
    alone: list[int]


class PersonEntry(TypedDict):
    """Somebody of the story.

    Attributes:
        id: stable in this document.
        name: the fullest name that a telling gives.
        aliases: all names, in all tellings.
        characters: name of each telling to the id of the character there.
    """

    id: str
    name: str
    aliases: list[str]
    characters: dict[str, str]


class WitnessEntry(TypedDict):
    """A place where an event is told.

    Attributes:
        side: index into `sides`.
        text: the sentence, or all of what is said.
        place: where it starts in the source file.
        span: where the word that tells it stands, or the first piece of what is said, `[start, end)` in code points
            of the text.
        line: where the sentence stands, or all of what is said.
        scene: its scene, from 1; None outside all scenes.
        displaced: whether its place contradicts other tellings and does not count for the order.
    """

    side: int
    text: str
    place: str
    span: list[int]
    line: list[int]
    scene: int | None
    displaced: bool


class EventEntry(TypedDict):
    """Something that happens.

    Attributes:
        id: its place in the order.
        kind: `happening` or `saying`.
        lemma: of the word that tells it; for a saying its kind.
        doers: ids of who does it, or speaks.
        others: ids of those whom it is done or said to.
        channel: how words reach the hearer; None for a happening.
        after: ids of the events that it comes directly after.
        linked: whether its line is linked with another telling.
        confidence: that the speaker is right, 0 to 1; None for a happening.
        witnesses: where it is told.
    """

    id: int
    kind: str
    lemma: str
    doers: list[str]
    others: list[str]
    channel: str | None
    after: list[int]
    linked: bool
    confidence: float | None
    witnesses: list[WitnessEntry]


class KnownEntry(TypedDict):
    """What speaks for somebody's knowing of an event.

    Attributes:
        event: id of the event.
        grounds: `took part`, `was there`, `speaks of it`, `was told`, `no sign`.
        saying: id of the event in which it is spoken of; None where none is.
        confidence: of the speaker, 0 to 1; None where no speaker matters.
    """

    event: int
    grounds: str
    saying: int | None
    confidence: float | None


def write_json(story: Story, plot: Plot, out: TextIO, *, knowledge: Knowledge | None = None) -> None:
    """Write a plot as one JSON document.

    Args:
        story: with the layers of all stages.
        plot: of the story.
        out: an open text file.
        knowledge: what somebody may know, to be told as well.
    """
    document: dict[str, object] = {
        "schema": SCHEMA,
        "title": story.title,
        "sides": [_side(story, plot, number) for number in range(len(plot.sides))],
        "people": [
            PersonEntry(
                id=person.id,
                name=person.name,
                aliases=list(person.aliases),
                characters={story.tellings[number].name: character for number, character in person.characters},
            )
            for person in plot.people
        ],
        "events": [_event(story, plot, event) for event in plot.events],
        "reports": [list(report) for report in plot.reports],
    }
    if knowledge is not None:
        document["knows"] = {
            "person": knowledge.person,
            "known": list(map(_known, knowledge.known)),
            "unordered": list(knowledge.unordered),
        }
    out.write(json.dumps(document, ensure_ascii=False, indent=1))
    out.write("\n")


def _side(story: Story, plot: Plot, number: int) -> SideEntry:
    side = plot.sides[number]
    return {
        "name": side.name,
        "telling": story.tellings[side.telling].name,
        "parts": [list(part) for part in side.parts],
        "alone": [event.id for event in plot.alone(number)],
    }


def _event(story: Story, plot: Plot, event: StoryEvent) -> EventEntry:
    return {
        "id": event.id,
        "kind": event.kind,
        "lemma": event.lemma,
        "doers": list(event.doers),
        "others": list(event.others),
        "channel": event.channel,
        "after": list(event.after),
        "linked": event.linked,
        "confidence": event.confidence,
        "witnesses": [_witness(story, plot, each) for each in event.witnesses],
    }


def _witness(story: Story, plot: Plot, witness: Witness) -> WitnessEntry:
    telling = story.tellings[plot.sides[witness.side].telling]
    return {
        "side": witness.side,
        "text": witness.line.of(telling.text),
        "place": telling.source.place(witness.line.start).brief,
        "span": list(witness.span),
        "line": list(witness.line),
        "scene": None if witness.scene is None else witness.scene + 1,
        "displaced": witness.displaced,
    }


def _known(known: Known) -> KnownEntry:
    return {
        "event": known.event,
        "grounds": known.grounds,
        "saying": known.saying,
        "confidence": known.confidence,
    }
