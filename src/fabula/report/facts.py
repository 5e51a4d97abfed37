"""What both reports tell of a telling: counts, pairs, scenes, doubts. Nothing here knows how it will look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from fabula.spans import Span, index_at
from fabula.story import (
    Chapter,
    Character,
    Event,
    Matter,
    Paragraph,
    Quote,
    Scene,
    Telling,
    Utterance,
    joined,
    words_in,
)
from fabula.story.text import QuoteStyle

SURE = 0.8
"""From this confidence on, a speaker is shown without any sign of doubt."""

DOUBTFUL = 0.5
"""Below this confidence, a speaker is listed among what was doubtful."""

Sureness = Literal["sure", "likely", "doubtful", "unknown"]
Style = QuoteStyle | Literal["unmarked"]
DoubtKind = Literal["unknown speaker", "doubtful speaker", "quotation"]


@dataclass(frozen=True, slots=True)
class Counts:
    """A telling in numbers.

    Attributes:
        words: of the body, without licence, notes and front matter.
        chapters: of level `chapter` that have a heading; 1 where none has.
        scenes: in all chapters.
        quotations: outermost quotations of speech.
        people: characters found.
        speakers: those of them who say something.
    """

    words: int
    chapters: int
    scenes: int
    quotations: int
    people: int
    speakers: int


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """One scene and who speaks in it.

    Attributes:
        number: from 1, over the whole telling.
        chapter: title of its chapter; empty where it has none.
        chapter_number: from 1; among the chapters of level `chapter`.
        viewpoint: as stated; empty where it is not.
        opening: its first words after headings and breaks, on one line, cut at `FIRST_WORDS` code points.
        words: number of words.
        voices: speaker ids (None where unknown) with the number of their utterances, most first.
        events: how many words tell that something happens; None where the layer `events` is missing.
    """

    number: int
    chapter: str
    chapter_number: int
    viewpoint: str
    opening: str
    words: int
    voices: tuple[tuple[str | None, int], ...]
    events: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a reader should look at.

    Attributes:
        kind: what sort.
        reason: why, as a phrase; doubts with one kind and one reason belong together.
        words: the words concerned, on one line, uncut.
        place: in the source file.
        offset: code point of the text.
        utterance: index into the layer `utterances`; None where no utterance is meant.
    """

    kind: DoubtKind
    reason: str
    words: str
    place: str
    offset: int
    utterance: int | None = None


@dataclass(frozen=True, slots=True)
class MarksShare:
    """How many utterances in one style of quotation marks have no speaker.

    Attributes:
        style: of the marks that the utterance begins with; `unmarked` where it has none.
        unknown: utterances without a speaker.
        utterances: all of that style.
    """

    style: Style
    unknown: int
    utterances: int


FIRST_WORDS = 120
"""How much of a scene's opening is kept, in code points."""


def counts(telling: Telling) -> Counts:
    """Count what a title line tells.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    matter: tuple[Matter, ...] = telling.layer("matter", wanted_by="report")
    chapters: tuple[Chapter, ...] = telling.layer("chapters", wanted_by="report")
    quotes: tuple[Quote, ...] = telling.layer("quotes", wanted_by="report")
    said: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="report")
    body = tuple(part.span for part in matter if part.kind == "body")
    headed = [chapter for chapter in chapters if chapter.level == "chapter" and chapter.heading]
    return Counts(
        words=_words(telling, *body),
        chapters=len(headed) or 1,
        scenes=len(telling.layer("scenes", wanted_by="report")),
        quotations=sum(quote.depth == 0 and quote.kind == "speech" for quote in quotes),
        people=len(telling.layer("characters", wanted_by="report")),
        speakers=len({utterance.speaker for utterance in said} - {None}),
    )


def names(telling: Telling) -> dict[str, str]:
    """Return the main name of each character, by id."""
    characters: tuple[Character, ...] = telling.layer("characters", wanted_by="report")
    return {character.id: character.name for character in characters}


def pairs(telling: Telling) -> tuple[tuple[str, str, int], ...]:
    """Count who speaks to whom.

    Returns:
        Speaker, hearer, number of utterances; most first. People who speak to themselves are left out.
    """
    said: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="report")
    found = Counter(
        (utterance.speaker, hearer)
        for utterance in said
        if utterance.speaker is not None
        for hearer in utterance.addressees
        if hearer != utterance.speaker
    )
    return tuple((speaker, hearer, lines) for (speaker, hearer), lines in found.most_common())


def sureness(utterance: Utterance) -> Sureness:
    """Return how sure its speaker is."""
    if utterance.speaker is None:
        return "unknown"
    if utterance.confidence >= SURE:
        return "sure"
    return "likely" if utterance.confidence >= DOUBTFUL else "doubtful"


def scenes(telling: Telling) -> tuple[SceneFacts, ...]:
    """Tell each scene's chapter, viewpoint, opening and voices, in order.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    found: tuple[Scene, ...] = telling.layer("scenes", wanted_by="report")
    chapters = [c for c in telling.layer("chapters", wanted_by="report") if c.level == "chapter"]
    starts = [scene.span.start for scene in found]
    voices: list[Counter[str | None]] = [Counter() for _ in found]
    for utterance in telling.layer("utterances", wanted_by="report"):
        at = index_at(starts, utterance.start)
        if at >= 0:
            voices[at][utterance.speaker] += 1
    openings = _openings(telling, found)
    happens = Counter(index_at(starts, event.span.start) for event in _events(telling))
    return tuple(
        SceneFacts(
            number=at + 1,
            chapter=chapters[scene.chapter].title if scene.chapter < len(chapters) else "",
            chapter_number=scene.chapter + 1,
            viewpoint=scene.viewpoint or "",
            opening=openings[at],
            words=_words(telling, scene.span),
            voices=tuple(voices[at].most_common()),
            events=happens[at] if "events" in telling.layers else None,
        )
        for at, scene in enumerate(found)
    )


def unknown_by_marks(telling: Telling) -> tuple[MarksShare, ...]:
    """Count the utterances without a speaker, by style of quotation marks.

    Returns:
        The commonest style first.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    quotes: tuple[Quote, ...] = telling.layer("quotes", wanted_by="report")
    styles: dict[int, Style] = {quote.span.start: quote.style for quote in reversed(quotes)}
    found: Counter[Style] = Counter()
    unknown: Counter[Style] = Counter()
    for utterance in telling.layer("utterances", wanted_by="report"):
        style = styles.get(utterance.start, "unmarked")
        found[style] += 1
        unknown[style] += utterance.speaker is None
    return tuple(MarksShare(style, unknown[style], count) for style, count in found.most_common())


def doubts(telling: Telling) -> tuple[tuple[Doubt, ...], ...]:
    """List what a reader should look at, those of one kind and one reason together.

    Returns:
        Groups by kind (unknown speakers, doubtful ones, quotations), the largest first; each in the text's order.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    groups: dict[tuple[DoubtKind, str], list[Doubt]] = {}
    for doubt in (*_speaker_doubts(telling), *_quote_doubts(telling)):
        groups.setdefault((doubt.kind, doubt.reason), []).append(doubt)
    kinds = get_args(DoubtKind)
    ordered = sorted(groups.values(), key=lambda group: (kinds.index(group[0].kind), -len(group)))
    return tuple(map(tuple, ordered))


def _words(telling: Telling, *spans: Span) -> int:
    return words_in(telling.text, spans)


def _events(telling: Telling) -> tuple[Event, ...]:
    return telling.layer("events") if "events" in telling.layers else ()


def _openings(telling: Telling, found: tuple[Scene, ...]) -> list[str]:
    """Return the first words of each scene that are neither heading nor break nor notes."""
    paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="report")
    told = [p for p in paragraphs if p.kind not in ("heading", "break", "matter")]
    starts = [paragraph.span.start for paragraph in told]
    openings = []
    for scene in found:
        at = index_at(starts, scene.span.start - 1) + 1
        inside = at < len(told) and told[at].span.start < scene.span.end
        openings.append(joined(telling.text, told[at].span)[:FIRST_WORDS] if inside else "")
    return openings


def _speaker_doubts(telling: Telling) -> Iterator[Doubt]:
    said: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="report")
    called = names(telling)
    for at, utterance in enumerate(said):
        sure = sureness(utterance)
        if sure not in ("unknown", "doubtful"):
            continue
        words = " … ".join(joined(telling.text, piece) for piece in utterance.pieces)
        reason = utterance.reason or ("nothing names the speaker" if sure == "unknown" else "weak evidence")
        if utterance.speaker is not None:
            words = f"{called.get(utterance.speaker, utterance.speaker)}? {words}"
        kind: DoubtKind = "unknown speaker" if sure == "unknown" else "doubtful speaker"
        yield Doubt(kind, reason, words, telling.source.place(utterance.start).brief, utterance.start, at)


def _quote_doubts(telling: Telling) -> Iterator[Doubt]:
    quotes: tuple[Quote, ...] = telling.layer("quotes", wanted_by="report")
    for quote in quotes:
        if quote.closed and quote.opened and not quote.doubt:
            continue
        fault = "never closed" if not quote.closed else "never opened" if not quote.opened else "limits uncertain"
        reason = f"{fault}: {quote.doubt}" if quote.doubt and quote.doubt != fault else fault
        start = quote.span.start
        yield Doubt("quotation", reason, joined(telling.text, quote.span), telling.source.place(start).brief, start)
