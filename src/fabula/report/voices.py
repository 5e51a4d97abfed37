"""Voices: which colour and which short name each speaker has, the same in all tellings of a story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fabula.story import Character, Story, Telling, Utterance

PAPER = ("#fbfaf6", "#15171b")
"""Background of the page, light and dark."""

PALETTE = (
    ("#14369f", "#4b8fe6"),  # blue
    ("#a3160b", "#dc665d"),  # red
    ("#2f7480", "#48d7fe"),  # teal, sky
    ("#8955c5", "#957eac"),  # purple
    ("#8f610c", "#da950b"),  # ochre
    ("#1a533e", "#7bd77f"),  # green
    ("#620156", "#ee8dbd"),  # plum, pink
    ("#524980", "#a39ef9"),  # dusk
)
"""Colour of each voice, light and dark: readable as text on the paper (WCAG AA), and apart from one another and
from the ink also for the colour-blind (least distance in OKLab over normal, protan and deutan sight)."""

LABEL = 17
"""Code points that a short name may have, so that it stands beside a picture or in the margin."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a character is shown.

    Attributes:
        number: from 1, most lines first; stable over the tellings of a story.
        name: main name.
        label: a short name that nobody else in the cast goes by; the main name where there is none.
        colour: index into `PALETTE`; None where the palette is used up by those who say more.
    """

    number: int
    name: str
    label: str
    colour: int | None


def voices(story: Story) -> dict[str, Voice]:
    """Give each character of a story a voice, by id.

    Args:
        story: with the layers `characters` and `utterances` in every telling.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    lines: Counter[str] = Counter()
    people: dict[str, Character] = {}
    for telling in story.tellings:
        for character in telling.layer("characters", wanted_by="report"):
            people.setdefault(character.id, character)
        lines.update(_spoken(telling))
    order = sorted(people, key=lambda id: (-lines[id], -people[id].mentions))
    labels = _labels(people)
    return {
        id: Voice(number, people[id].name, labels[id], _colour(number - 1, lines[id]))
        for number, id in enumerate(order, 1)
    }


def _spoken(telling: Telling) -> Iterable[str]:
    said: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="report")
    return (utterance.speaker for utterance in said if utterance.speaker is not None)


def _colour(rank: int, lines: int) -> int | None:
    return rank if lines and rank < len(PALETTE) else None


def _labels(people: Mapping[str, Character]) -> dict[str, str]:
    """Return a short name for each id: the main name, or the longest alias that is short and nobody else's."""
    bearers = Counter(alias for person in people.values() for alias in {person.name, *person.aliases})
    labels = {}
    for id, person in people.items():
        short = [alias for alias in person.aliases if len(alias) <= LABEL and bearers[alias] == 1]
        fits = len(person.name) <= LABEL or not short
        labels[id] = person.name if fits else max(short, key=len)
    return labels


def css_colour(voice: Voice | None) -> str:
    """Return the CSS class of a voice's colour: `c0` and on, `cx` for the many others, `cq` for nobody known."""
    if voice is None:
        return "cq"
    return "cx" if voice.colour is None else f"c{voice.colour}"
