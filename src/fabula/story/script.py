"""The script: a telling cut into lines of one voice each, every word once and in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fabula.errors import IntegrityError
from fabula.spans import Span, gaps, index_at, stripped
from fabula.story.speech import Utterance
from fabula.story.telling import Telling
from fabula.story.text import Paragraph, ParagraphKind


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A stretch of one paragraph in one voice.

    Attributes:
        span: without white space at its edges.
        paragraph: index into the layer `paragraphs`.
        scene: index into the layer `scenes`; None outside the body.
        chapter: index into the chapters of level `chapter`; None outside the body.
        kind: kind of the paragraph it stands in.
        utterance: index into the layer `utterances`; None for narration.
    """

    span: Span
    paragraph: int
    scene: int | None
    chapter: int | None
    kind: ParagraphKind
    utterance: int | None = None


def script(telling: Telling) -> tuple[ScriptLine, ...]:
    """Cut a telling into lines of one voice.

    Args:
        telling: with the layers `paragraphs`, `scenes` and `utterances`.

    Returns:
        Lines in the order of the text. Together they hold every word once.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="script")
    scenes = telling.layer("scenes", wanted_by="script")
    scene_starts = [scene.span.start for scene in scenes]
    pieces = _pieces(telling.layer("utterances", wanted_by="script"))
    lines: list[ScriptLine] = []
    at = 0
    for index, paragraph in enumerate(paragraphs):
        inside: list[tuple[Span, int]] = []
        while at < len(pieces) and pieces[at][0].start < paragraph.span.end:
            inside.append(pieces[at])
            at += 1
        scene = index_at(scene_starts, paragraph.span.start)
        held = scene >= 0 and scenes[scene].span.has(paragraph.span.start)
        for span, utterance in _cut(telling.text, paragraph.span, inside):
            lines.append(
                ScriptLine(
                    span,
                    index,
                    scene if held else None,
                    scenes[scene].chapter if held else None,
                    paragraph.kind,
                    utterance,
                )
            )
    return tuple(lines)


def _pieces(utterances: tuple[Utterance, ...]) -> list[tuple[Span, int]]:
    """Return the outermost pieces of all utterances, sorted, none overlapping the one before."""
    found = sorted(
        ((piece, index) for index, said in enumerate(utterances) for piece in said.pieces),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    outer: list[tuple[Span, int]] = []
    for piece, index in found:
        if not outer or piece.start >= outer[-1][0].end:
            outer.append((piece, index))
    return outer


def _cut(text: str, whole: Span, pieces: list[tuple[Span, int]]) -> Iterator[tuple[Span, int | None]]:
    """Yield speech and the narration around it, in order, leaving out what is only white space."""
    voices: list[tuple[Span, int | None]] = list(pieces)
    voices += [(gap, None) for gap in gaps([piece for piece, _ in pieces], whole)]
    for span, utterance in sorted(voices, key=lambda pair: pair[0].start):
        words = stripped(text, span)
        if words.length:
            yield words, utterance


def verify(telling: Telling) -> int:
    """Prove that the script holds every word of the text once and in order.

    Returns:
        Number of code points compared, white space left out.

    Raises:
        IntegrityError: when anything is missing, doubled or moved; says where.
    """
    at = compared = 0
    for line in script(telling):
        for span, expected_blank in ((Span(at, line.span.start), True), (line.span, False)):
            if span.end < span.start or (expected_blank and span.of(telling.text).strip()):
                raise IntegrityError(
                    f"the script and the text part at {telling.source.place(at)}: "
                    f"{telling.text[min(at, line.span.start) : line.span.start][:60]!r}"
                )
        compared += len("".join(line.span.of(telling.text).split()))
        at = line.span.end
    if telling.text[at:].strip():
        raise IntegrityError(f"the script ends before the text, at {telling.source.place(at)}")
    return compared


def joined(text: str, span: Span) -> str:
    """Return the words of a span on one line: hard line breaks become spaces."""
    return " ".join(span.of(text).split())
