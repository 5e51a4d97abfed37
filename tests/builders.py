"""Tiny hand-made tellings: text and layers written by hand, no stage run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fabula.spans import Span, stripped
from fabula.story import (
    Anchor,
    Chapter,
    Character,
    Correction,
    Matter,
    Metadata,
    Paragraph,
    Provenance,
    Quote,
    Scene,
    SourceMap,
    Telling,
    Utterance,
)
from fabula.story.text import MatterKind, ParagraphKind

_BY_HAND = Provenance("by hand", 1)


@dataclass(frozen=True, slots=True)
class Said:
    """Words that somebody says, given as they stand in the text, marks included.

    Attributes:
        words: one piece, or several; each is looked for after the one before.
        by: id of the speaker; None where unknown.
        to: ids of the hearers.
        closed: False where the closing mark is missing.
        more: further fields of `Utterance`.
    """

    words: str | tuple[str, ...]
    by: str | None = None
    to: tuple[str, ...] = ()
    closed: bool = True
    more: Mapping[str, Any] | None = None


def slug(name: str) -> str:
    """Return the id that `people` gives to a name."""
    return re.sub(r"\W+", "-", name.casefold()).strip("-")


def people(*names: str) -> tuple[Character, ...]:
    """Make characters; `Anne|Miss Elliot` gives an alias."""
    split = [name.split("|") for name in names]
    return tuple(Character(slug(forms[0]), forms[0], tuple(forms)) for forms in split)


def telling(
    text: str,
    *,
    name: str = "tale",
    metadata: Metadata | None = None,
    cast: Sequence[Character] = (),
    said: Sequence[Said] = (),
    kinds: Mapping[int, ParagraphKind] | None = None,
    matter: Mapping[int, MatterKind] | None = None,
    viewpoints: Mapping[int, str] | None = None,
    corrections: Sequence[Correction] = (),
) -> Telling:
    """Make a telling with the layers that shells read.

    Args:
        text: paragraphs stand apart by blank lines.
        name: short name.
        metadata: what the file says of itself.
        cast: the characters.
        said: in the order of the text.
        kinds: index of a paragraph to its kind; prose else. A heading opens a chapter, a break a scene.
        matter: index of a paragraph to its kind of matter; body else.
        viewpoints: index of a scene to its viewpoint.
        corrections: the author's word.
    """
    kinds, matter = kinds or {}, matter or {}
    blocks = [stripped(text, Span(m.start(), m.end())) for m in re.finditer(r"(?:(?!\n[ \t]*\n).)+", text, re.S)]
    blocks = [block for block in blocks if block.length]
    paragraphs = [
        Paragraph(block, kinds.get(at, "matter" if at in matter else "prose")) for at, block in enumerate(blocks)
    ]
    chapters, scenes = _chapters(text, paragraphs, viewpoints or {})
    utterances = _utterances(text, said)
    quotes = [
        Quote(piece, Span(piece.start + 1, piece.end - line.closed), "curly", closed=line.closed)
        for line, utterance in zip(said, utterances, strict=True)
        for piece in utterance.pieces
    ]
    layers = {
        "corrections": corrections,
        "paragraphs": paragraphs,
        "matter": _matter(text, blocks, matter),
        "chapters": chapters,
        "scenes": scenes,
        "quotes": quotes,
        "characters": cast,
        "utterances": utterances,
    }
    made = Telling(name, text, metadata=metadata or Metadata(), source=_lines(text, f"{name}.txt"))
    for layer, records in layers.items():
        made = made.with_layer(layer, records, _BY_HAND)
    return made


def _chapters(
    text: str, paragraphs: Sequence[Paragraph], viewpoints: Mapping[int, str]
) -> tuple[list[Chapter], list[Scene]]:
    body = [p for p in paragraphs if p.kind != "matter"]
    first, end = (body[0].span.start, body[-1].span.end) if body else (0, len(text))
    heads = [p for p in body if p.kind == "heading"]
    starts = sorted({first, *(p.span.start for p in heads)})
    titled = {p.span.start: p for p in heads}
    chapters = []
    for at, stop in zip(starts, [*starts[1:], end], strict=True):
        head = titled.get(at)
        title = " ".join(head.span.of(text).split()) if head else ""
        chapters.append(Chapter(Span(at, stop), title, head.span if head else None))
    breaks = {p.span.start: p.span for p in body if p.kind == "break"}
    opens = sorted({*starts, *breaks})
    scenes = [
        Scene(
            Span(at, stop),
            max(i for i, chapter in enumerate(chapters) if chapter.span.start <= at),
            viewpoints.get(index),
            breaks.get(at),
        )
        for index, (at, stop) in enumerate(zip(opens, [*opens[1:], end], strict=True))
    ]
    return chapters, scenes


def _matter(text: str, blocks: Sequence[Span], matter: Mapping[int, MatterKind]) -> list[Matter]:
    edges = [0, *(block.start for block in blocks[1:]), len(text)] if blocks else [0, len(text)]
    return [Matter(Span(start, end), matter.get(at, "body")) for at, (start, end) in enumerate(pairwise(edges))]


def _utterances(text: str, said: Sequence[Said]) -> list[Utterance]:
    found, at = [], 0
    for line in said:
        pieces = []
        for words in (line.words,) if isinstance(line.words, str) else line.words:
            start = text.index(words, at)
            at = start + len(words)
            pieces.append(Span(start, at))
        more = {"confidence": 0.9 if line.by else 0.0, "evidence": "tag" if line.by else "none", **(line.more or {})}
        found.append(Utterance(tuple(pieces), line.by, line.to, **more))
    return found


def _lines(text: str, file: str) -> SourceMap:
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    return SourceMap(tuple(Anchor(at, file, number, 1, None, at) for number, at in enumerate(starts, 1)))
