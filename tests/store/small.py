"""One small story with every layer, by hand."""

from __future__ import annotations

import numpy as np

from fabula.spans import Span
from fabula.story import (
    Alignment,
    Chapter,
    Character,
    Correction,
    Difference,
    EntityMention,
    Event,
    Link,
    Mark,
    Matter,
    Mention,
    Metadata,
    Paragraph,
    Provenance,
    Quote,
    Role,
    Scene,
    Sentence,
    Side,
    Story,
    Telling,
    Tokens,
    Utterance,
    Voice,
    WordChange,
)

TEXT = "Lamps\n\n“Is it – late?” asked Nell. “I heard the bell 🔔.”\n\n“No,” said Tom.\n"


def at(words: str) -> Span:
    """Return the span of some words of the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def small_tokens() -> Tokens:
    """Return some tokens of the text, the last of a sentence that was not read."""
    spans = [at("asked"), at("Nell"), at("said")]
    return Tokens(
        np.array([span.start for span in spans], dtype=np.int32),
        np.array([span.end for span in spans], dtype=np.int32),
        np.array(["ask", "Nell", ""], dtype=object),
        np.array(["VERB", "PROPN", ""], dtype=object),
        np.array(["VBD", "NNP", ""], dtype=object),
        np.array(["Tense=Past|VerbForm=Fin", "Number=Sing", ""], dtype=object),
        np.array(["root", "nsubj", ""], dtype=object),
        np.array([0, 0, -1], dtype=np.int32),
    )


def small_story() -> Story:
    """Return a story of one telling, with every layer."""
    by_hand = Provenance("by hand", 3, "abc")
    first, second, third = at("“Is it – late?”"), at("“I heard the bell 🔔.”"), at("“No,”")
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
        "tokens": [small_tokens()],
        "sentences": [Sentence(at("Lamps"))],
        "entities": [EntityMention(at("Nell"), "PER"), EntityMention(at("the bell"), "FAC")],
        "events": [Event(at("asked"), "ask"), Event(at("heard"), "hear")],
        "mentions": [
            Mention(at("Nell"), "name", "nell", cluster=0),
            Mention(at("Tom"), "name", "tom", confidence=0.25),
        ],
        "characters": [
            Character("nell", "Nell", ("Nell", "Nelly"), "female", 1),
            Character("tom", "Tom", ("Tom",), "male", 1),
        ],
        "voices": [Voice(first, at("Nell"), 0.75), Voice(second, at("Tom"), 0.5)],
        "utterances": [
            Utterance((first, second), "nell", ("tom",), evidence="tag", cue=at("Nell"), confidence=0.9),
            Utterance((third,), None, reason="two could speak"),
        ],
        "roles": [Role("nell", "agent", at("asked"), "ask", at("Nell"))],
    }
    telling = Telling(
        "lamps", TEXT, (Mark(0, 5, "heading", "1"),), Metadata("Lamps", more=(("series", "Bells"), ("series", "")))
    )
    for name, layer in records.items():
        telling = telling.with_layer(name, layer, by_hand)
    return Story((telling,), (small_alignment(),))


def small_alignment() -> Alignment:
    """Return what joins two parts of the text, with a record of every type."""
    asked, said = at("asked Nell"), at("said Tom")
    link = Link(
        (asked,), (said,), "wording", moved=True, confidence=0.5, changes=(WordChange(asked, said, "wording"),)
    )
    plain = Link((at("“I heard the bell 🔔.”"),), (at("“No,”"),), "event")
    differ = Difference(at("Nell"), at("Tom"), "contradiction", "speaker", "Nell here, Tom there.", 0.75)
    parts = at("“Is it – late?” asked Nell. “I heard the bell 🔔.”"), at("“No,” said Tom.")
    sides = Side(0, "lamps: 1", parts[:1]), Side(0, "lamps: 2", parts[1:])
    return Alignment(*sides, (link, plain), parts[:1], (), (differ,))
