"""Whether a story out of a file makes sense.

Anybody may open a story file in a database browser and change it. What the tables themselves allow, but no reading
gives, is damage as well: it is told when the file is opened, not by a failure in the midst of an export.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np

from fabula.errors import IntegrityError, LayerMissingError
from fabula.spans import Span
from fabula.store.rows import OFFSETS, fields_of
from fabula.story import LAYERS, Side, Story, Telling, Tokens, verify


def check_sound(telling: Telling) -> None:
    """Make sure that records point into the text and at people and tokens there are, and the script holds every word.

    Args:
        telling: with any layers.

    Raises:
        ValueError: at the first record that does not; says what is wrong.
    """
    _check_anchors(telling)
    for mark in telling.marks:
        _check_span("marks", Span(mark.start, mark.end), telling.whole)
    for name, layer in telling.layers.items():
        for span in _spans(LAYERS[name], layer.records):
            _check_span(name, span, telling.whole)
    for tokens in _records(telling, "tokens"):
        _check_tokens(tokens)
    _check_people(telling)
    try:
        verify(telling)
    except LayerMissingError:
        pass  # read only in part
    except IntegrityError as error:
        raise ValueError(str(error)) from error


def check_alignments(story: Story) -> None:
    """Make sure that alignments are of tellings of the story and point into their texts.

    Args:
        story: with any alignments.

    Raises:
        ValueError: at the first that is not, or does not; says what is wrong.
    """
    for alignment in story.alignments:
        if not all(link.a and link.b for link in alignment.links):
            raise ValueError("alignments: a link has nothing on one side")
        pairs = [change for link in alignment.links for change in link.changes]
        spans_a = chain(alignment.only_a, *(link.a for link in alignment.links), (pair.a for pair in pairs))
        spans_b = chain(alignment.only_b, *(link.b for link in alignment.links), (pair.b for pair in pairs))
        _check_side(story, alignment.a, chain(spans_a, (one.a for one in alignment.differences)))
        _check_side(story, alignment.b, chain(spans_b, (one.b for one in alignment.differences)))


def _check_side(story: Story, side: Side, spans: Iterable[Span | None]) -> None:
    if not 0 <= side.telling < len(story.tellings):
        raise ValueError(f"alignments: there is no telling {side.telling}")
    for span in chain(side.parts, spans):
        if span is not None:
            _check_span("alignments", span, story.tellings[side.telling].whole)


def _check_anchors(telling: Telling) -> None:
    offsets = [anchor.offset for anchor in telling.source.anchors]
    if not offsets or offsets[0] < 0 or offsets != sorted(offsets):
        raise ValueError(f"the places in the source of {telling.name!r} are missing or out of order")


def _check_span(layer: str, span: Span, whole: Span) -> None:
    if not whole.start <= span.start <= span.end <= whole.end:
        raise ValueError(f"{layer}: {span.start} to {span.end} is no stretch of the text")


def _spans(kind: type, records: Iterable[Any]) -> Iterator[Span]:
    """Yield every span in some records of one type; for NumPy columns of offsets, one that holds them all."""
    fields = [field for field in fields_of(kind) if field.kind in ("span", "spans", "array")]
    for record in records:
        for field in fields:
            value = getattr(record, field.name)
            if field.kind == "span" and value is not None:
                yield value
            elif field.kind == "spans":
                yield from value
            elif field.name in OFFSETS and len(value):
                yield Span(int(value.min()), int(value.max()))


def _check_tokens(tokens: Tokens) -> None:
    if (tokens.starts > tokens.ends).any() or (np.diff(tokens.starts) < 0).any():
        raise ValueError("tokens: they are out of order")
    if ((tokens.head < -1) | (tokens.head >= len(tokens))).any():
        raise ValueError("tokens: a head is no token")


def _check_people(telling: Telling) -> None:
    """Make sure that whoever speaks, hears, acts or is meant is among the characters."""
    known = {who.id for who in _records(telling, "characters")}
    mentions = _records(telling, "mentions")
    if any(mention.cluster is not None and mention.cluster < 0 for mention in mentions):
        raise ValueError("mentions: a cluster has a number below 0")
    meant = {record.character for record in (*mentions, *_records(telling, "roles"))}
    for said in _records(telling, "utterances"):
        if not said.pieces:
            raise ValueError("an utterance has no words")
        if not math.isfinite(said.confidence):
            raise ValueError("a confidence is no number")
        meant |= {said.speaker, *said.addressees}
    strangers = meant - known - {None}
    if strangers:
        raise ValueError(f"there is no character {min(strangers)!r}")


def _records(telling: Telling, layer: str) -> tuple[Any, ...]:
    return telling.layers[layer].records if layer in telling.layers else ()
