"""What each telling tells: its events and utterances one by one, before it is known which are the same."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span, index_at
from fabula.story import Channel, Event, EventKind, Mention, Role, Side, Telling, Utterance

Key = tuple[int, str]
"""A character: index of the telling, and id there."""

SURE = 0.8
"""From this confidence on a speaker is taken for certain."""
LAYERS_READ = ("matter", "scenes", "sentences", "events", "characters", "utterances", "mentions", "roles")
"""What is read of a telling to find what it tells."""
_TAG = 40
"""Most code points between an utterance and the verb that says it is said."""
_ENDS = re.compile(r"[.!?;:]")


class Deed(NamedTuple):
    """A verb and who takes part in it.

    Attributes:
        lemma: dictionary form, in small letters.
        doers: who does it.
        others: whom it is done to.
        named: whether each doer is named there, so that no pronoun had to be understood.
    """

    lemma: str
    doers: tuple[Key, ...]
    others: tuple[Key, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where something is told.

    Attributes:
        side: index of the side.
        kind: of event.
        lemma: as in `StoryEvent`.
        span: the word, or the first piece of what is said.
        line: the sentence, or all that is said.
        scene: index of the scene; None outside all scenes.
        doers: who does it, or speaks.
        others: whom it is done, or said to.
        sure: whether the doers are beyond doubt: named there, or speakers with strong evidence.
        channel: how words reach the hearer; None for a happening.
        tells: what the words say that happened.
        confidence: of the speaker, 0 to 1; None for a happening.
        implied: True where another telling has the event in these words, and this one was not seen to.
    """

    side: int
    kind: EventKind
    lemma: str
    span: Span
    line: Span
    scene: int | None = None
    doers: tuple[Key, ...] = ()
    others: tuple[Key, ...] = ()
    sure: bool = False
    channel: Channel | None = None
    tells: tuple[Deed, ...] = ()
    confidence: float | None = None
    implied: bool = False


class Layout(NamedTuple):
    """Where things stand in a telling, for looking up.

    Attributes:
        sentences: where each stands.
        starts: of each sentence.
        scenes: where each stands.
        openings: starts of the scenes.
        pieces: all pieces of utterances, in order.
        edges: starts of the pieces.
    """

    sentences: Sequence[Span]
    starts: Sequence[int]
    scenes: Sequence[Span]
    openings: Sequence[int]
    pieces: Sequence[Span]
    edges: Sequence[int]

    def sentence(self, span: Span) -> Span:
        """Return the sentence that holds a word; the word itself where none does."""
        at = index_at(self.starts, span.start)
        return self.sentences[at] if at >= 0 and self.sentences[at].has(span.start) else span

    def scene(self, offset: int) -> int | None:
        """Return the index of the scene at a place."""
        at = index_at(self.openings, offset)
        return at if at >= 0 and self.scenes[at].has(offset) else None

    def spoken(self, offset: int) -> bool:
        """Whether a place lies inside an utterance."""
        at = index_at(self.edges, offset)
        return at >= 0 and self.pieces[at].has(offset)


def lay_out(telling: Telling) -> Layout:
    """Return where the sentences, scenes and utterances of a telling stand."""
    sentences = [sentence.span for sentence in telling.layer("sentences")]
    scenes = [scene.span for scene in telling.layer("scenes")]
    pieces = sorted(piece for utterance in telling.layer("utterances") for piece in utterance.pieces)
    return Layout(
        sentences,
        [span.start for span in sentences],
        scenes,
        [span.start for span in scenes],
        pieces,
        [piece.start for piece in pieces],
    )


def find_occurrences(telling: Telling, number: int, side: Side, layout: Layout) -> list[Occurrence]:
    """Return what a side tells, in the order of its text.

    Events inside what is said are no events of the story here and now: they belong to the utterance that tells of
    them. A verb that only says that something is said is no event beside the utterance.

    Args:
        telling: with all layers.
        number: index of the side.
        side: the side.
        layout: of the telling.
    """
    deeds = _deeds(telling, side.telling)
    events: tuple[Event, ...] = telling.layer("events")
    starts = [event.span.start for event in events]
    body = [part.span for part in telling.layer("matter") if part.kind == "body"]

    def told(offset: int) -> bool:
        return _inside(body, offset) and _inside(side.parts, offset)

    narrated = (event for event in events if told(event.span.start) and not layout.spoken(event.span.start))
    found = [
        Occurrence(
            number,
            "happening",
            deed.lemma,
            event.span,
            layout.sentence(event.span),
            layout.scene(event.span.start),
            deed.doers,
            deed.others,
            deed.named,
        )
        for event in narrated
        if not _is_tag(telling.text, event, layout)
        for deed in (deeds[event.span],)
    ]
    for utterance in telling.layer("utterances"):
        if told(utterance.start):
            inside = [
                deeds[event.span]
                for piece in utterance.pieces
                for event in events[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
            ]
            found.append(_said(utterance, number, side.telling, layout, inside))
    return sorted(found, key=lambda each: each.span)


def _inside(spans: Sequence[Span], offset: int) -> bool:
    """Whether a place lies inside one of some spans, which are in order."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].has(offset)


def _deeds(telling: Telling, number: int) -> Mapping[Span, Deed]:
    """Return who takes part in each event, by the word that tells it."""
    roles: dict[Span, list[Role]] = defaultdict(list)
    for role in telling.layer("roles"):
        if role.kind in ("agent", "patient"):
            roles[role.span].append(role)
    mentions: tuple[Mention, ...] = telling.layer("mentions")
    names = {mention.span for mention in mentions if mention.form == "name"}
    found = {}
    for event in telling.layer("events"):
        doing = [role for role in roles[event.span] if role.kind == "agent"]
        found[event.span] = Deed(
            event.lemma.casefold(),
            tuple((number, role.character) for role in doing),
            tuple((number, role.character) for role in roles[event.span] if role.kind == "patient"),
            bool(doing) and all(role.mention in names for role in doing),
        )
    return found


def _said(utterance: Utterance, side: int, telling: int, layout: Layout, inside: Sequence[Deed]) -> Occurrence:
    speaker = () if utterance.speaker is None else ((telling, utterance.speaker),)
    return Occurrence(
        side,
        "saying",
        utterance.kind,
        utterance.pieces[0],
        Span(utterance.start, utterance.end),
        layout.scene(utterance.start),
        speaker,
        tuple((telling, hearer) for hearer in utterance.addressees),
        bool(speaker) and utterance.confidence >= SURE,
        utterance.channel,
        tuple(inside),
        utterance.confidence,
    )


def _is_tag(text: str, event: Event, layout: Layout) -> bool:
    """Whether a word is a verb of speech in the same breath as an utterance: said she."""
    if event.span.of(text).casefold() not in words("verbs", "plain", "thought", "sung", "texted"):
        return False
    return any(not _ENDS.search(gap.rstrip(",")) and len(gap) <= _TAG for gap in _gaps(text, event.span, layout))


def _gaps(text: str, word: Span, layout: Layout) -> Iterator[str]:
    """Yield what stands between a word and the utterance before it, and the one after it."""
    at = index_at(layout.edges, word.start)
    if at >= 0:
        yield text[layout.pieces[at].end : word.start]
    if at + 1 < len(layout.pieces):
        yield text[word.end : layout.pieces[at + 1].start].rstrip(":")
