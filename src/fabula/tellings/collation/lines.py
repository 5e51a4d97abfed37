"""The lines of a telling: what an alignment joins. A line is a sentence, or a line of verse."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fabula.spans import Span, index_at, stripped
from fabula.story import Paragraph, Telling

WORD = re.compile(r"[^\W_]+(?:['’‐‑-][^\W_]+)*")
"""A word with the apostrophes and hyphens inside it."""

_LEFT_OUT = ("break",)
_STRAIGHT = str.maketrans("’‘‐‑", "''--")


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of one telling, or of parts of it, in the order of the text.

    Attributes:
        text: of the whole telling.
        spans: where each line stands.
        blocks: which paragraph each line is in, rising; a line of verse is one of its own.
        words: of each line, folded.
        sung: whether each line may be sung: a line of verse, or one wholly in italics.
    """

    text: str
    spans: tuple[Span, ...]
    blocks: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    sung: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.spans)

    def reordered(self, order: Sequence[int]) -> Lines:
        """Return the same lines in another order; their paragraphs then no longer rise.

        Args:
            order: which line stands where.
        """
        return Lines(
            self.text,
            tuple(self.spans[at] for at in order),
            tuple(self.blocks[at] for at in order),
            tuple(self.words[at] for at in order),
            tuple(self.sung[at] for at in order),
        )


@lru_cache(65_536)
def folded(word: str) -> str:
    """Return a word in small letters with straight apostrophes, as words are compared."""
    return word.casefold().translate(_STRAIGHT)


def find_lines(telling: Telling, parts: Sequence[Span]) -> Lines:
    """Cut a telling into lines.

    Args:
        telling: with the layers `paragraphs` and `sentences`.
        parts: the stretches meant, in order, not overlapping.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="align")
    sentences = [sentence.span for sentence in telling.layer("sentences", wanted_by="align")]
    starts = [part.start for part in parts]
    italics = [mark.span for mark in telling.marks if mark.kind == "italic"]
    spans, blocks, sung = [], [], []
    at = block = 0
    for paragraph in paragraphs:
        block += 1
        inside = []
        while at < len(sentences) and sentences[at].start < paragraph.span.end:
            inside.append(sentences[at])
            at += 1
        if paragraph.kind in _LEFT_OUT:
            continue
        for line in _cut(telling.text, paragraph, inside):
            part = index_at(starts, line.start)
            if part >= 0 and line.start < parts[part].end:
                spans.append(Span(line.start, min(line.end, parts[part].end)))
                block += paragraph.kind == "verse"
                blocks.append(block)
                sung.append(paragraph.kind == "verse" or _is_inside(spans[-1], italics))
    words = tuple(_words(telling.text, span) for span in spans)
    return Lines(telling.text, tuple(spans), tuple(blocks), words, tuple(sung))


def _is_inside(line: Span, stretches: Sequence[Span]) -> bool:
    """Whether a line lies wholly in one of some stretches, which are in order."""
    at = bisect_right(stretches, line.start, key=lambda stretch: stretch.start) - 1
    return at >= 0 and line.end <= stretches[at].end


def _words(text: str, span: Span) -> tuple[str, ...]:
    """Return the words of a line; a line of marks alone is one word."""
    return tuple(map(folded, WORD.findall(text, *span))) or (span.of(text),)


def _cut(text: str, paragraph: Paragraph, sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield the lines of a paragraph: those of a verse as they stand, else its sentences."""
    if paragraph.kind == "verse":
        for row in re.finditer(r"[^\n]+", paragraph.span.of(text)):
            line = stripped(text, Span(paragraph.span.start + row.start(), paragraph.span.start + row.end()))
            if line.length:
                yield line
        return
    yield from sentences or (paragraph.span,)
