"""Tellings small enough to read at a glance, with the layers before people made by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fabula.people import find_people
from fabula.spans import Span, stripped
from fabula.story import Character, Correction, Mark, Paragraph, Provenance, Quote, Scene, Telling

_HAND = Provenance("hand", 1)


def told(
    text: str,
    *,
    corrections: Sequence[Correction] = (),
    scenes: Sequence[Scene] = (),
    marks: Sequence[Mark] = (),
    continues: Sequence[int] = (),
) -> Telling:
    """A telling with paragraphs at blank lines and straight quotes; `continues` numbers quotes from 0."""
    edges = [0, *(match.end() for match in re.finditer(r"\n\s*\n", text)), len(text)]
    spans = [stripped(text, Span(a, b)) for a, b in pairwise(edges)]
    found = [match.span() for match in re.finditer(r'"[^"\n]*(?:"|(?=\n))', text)]
    quotes = [
        Quote(Span(a, b), Span(a + 1, b - 1), "straight", continues=number in continues)
        for number, (a, b) in enumerate(found)
    ]
    layers = {
        "corrections": tuple(corrections),
        "paragraphs": tuple(Paragraph(span) for span in spans if span.length),
        "scenes": tuple(scenes) or (Scene(Span(0, len(text)), 0),),
        "quotes": tuple(quotes),
        "sentences": (),
    }
    telling = Telling("small", text, tuple(marks))
    for name, records in layers.items():
        telling = telling.with_layer(name, records, _HAND)
    return telling


def with_people(telling: Telling) -> Telling:
    """The telling with mentions and characters."""
    mentions, characters = find_people(telling)
    return telling.with_layer("references", mentions, _HAND).with_layer("characters", characters, _HAND)


def people_of(text: str, **more: object) -> dict[str, Character]:
    """Characters of a text by their names."""
    _, characters = find_people(told(text, **more))  # type: ignore[arg-type]
    return {who.name: who for who in characters}
