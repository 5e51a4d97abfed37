"""One small story with every layer, by hand."""

from __future__ import annotations

import numpy as np

from fabula.spans import Span
from fabula.story import (
    Chapter,
    Character,
    Correction,
    Mark,
    Matter,
    Mention,
    Metadata,
    Paragraph,
    Provenance,
    Quote,
    Scene,
    Sentence,
    Story,
    Telling,
    Tokens,
    Utterance,
)

TEXT = "Lamps\n\n“Is it – late?” asked Nell. “I heard the bell 🔔.”\n\n“No,” said Tom.\n"


def at(words: str) -> Span:
    """Return the span of some words of the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def small_story() -> Story:
    """Return a story of one telling, with every layer."""
    by_hand = Provenance("by hand", 3, "abc")
    first, second, third = at("“Is it – late?”"), at("“I heard the bell 🔔.”"), at("“No,”")
    starts = np.array([0, 7, 8], dtype=np.int32)
    records = {
        "corrections": [Correction("same", names=("Nell", "Nelly"), where="corrections.toml:1")],
        "paragraphs": [
            Paragraph(at("Lamps"), "heading"),
            Paragraph(at("“Is it – late?” asked Nell. “I heard the bell 🔔.”")),
            Paragraph(at("“No,” said Tom.")),
        ],
        "matter": [Matter(Span(0, len(TEXT)), "body")],
        "chapters": [Chapter(Span(0, len(TEXT)), "Lamps", at("Lamps"))],
        "scenes": [Scene(Span(0, len(TEXT)), 0, viewpoint="Nell")],
        "quotes": [Quote(span, Span(span.start + 1, span.end - 1), "curly") for span in (first, second, third)],
        "tokens": [Tokens(starts, starts + 1)],
        "sentences": [Sentence(at("Lamps"))],
        "mentions": [Mention(at("Nell"), "name", "nell"), Mention(at("Tom"), "name", "tom", confidence=0.25)],
        "characters": [
            Character("nell", "Nell", ("Nell", "Nelly"), "female", 1),
            Character("tom", "Tom", ("Tom",), "male", 1),
        ],
        "utterances": [
            Utterance((first, second), "nell", ("tom",), evidence="tag", cue=at("Nell"), confidence=0.9),
            Utterance((third,), None, reason="two could speak"),
        ],
    }
    telling = Telling(
        "lamps", TEXT, (Mark(0, 5, "heading", "1"),), Metadata("Lamps", more=(("series", "Bells"), ("series", "")))
    )
    for name, layer in records.items():
        telling = telling.with_layer(name, layer, by_hand)
    return Story((telling,))
