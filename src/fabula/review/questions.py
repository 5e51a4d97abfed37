"""Which lines are doubtful, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fabula.language import is_read
from fabula.spans import index_at
from fabula.story import Paragraph, Scene, Story, Telling, Utterance, words_in

DOUBTFUL = 0.5
"""Below this confidence a line is asked about, unless it is said otherwise."""

_APART = 3
"""Paragraphs from one line to the next, from which on neither tells who speaks the other."""
_TALK = frozenset(("speech", "text_message"))
"""Kinds of utterances that answer one another."""


@dataclass(frozen=True, slots=True)
class Question:
    """A line whose speaker is unknown or doubtful.

    Attributes:
        telling: index of its telling.
        start: code point at which the line starts: by it the line is known again when all is decided anew.
        utterance: index into the layer `utterances`.
        words: number of words in the line.
        others: how many more doubtful lines stand in a row with it, so that its answer may decide them.
        affected: number of words in all of them, its own included.
    """

    telling: int
    start: int
    utterance: int
    words: int
    others: int
    affected: int


def questions(story: Story, *, below: float = DOUBTFUL, at_least: int = 1) -> tuple[Question, ...]:
    """List the doubtful lines.

    Doubtful lines of one conversation with no sure line between them hang together: each counts the words of all.

    Args:
        story: with the layers `utterances`, `paragraphs` and `scenes` in every telling.
        below: confidence, 0 to 1; lines of less are doubtful.
        at_least: words that must be affected; less are left out.

    Returns:
        The lines of texts in a language that is read, most words affected first, then in the order of the text.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    found = [
        question
        for number, telling in enumerate(story.tellings)
        if not telling.metadata.language or is_read(telling.metadata.language)
        for row in _rows(telling, below)
        for question in _asked(telling, number, row)
        if question.affected >= at_least
    ]
    return tuple(sorted(found, key=lambda question: (-question.affected, question.telling, question.start)))


def _asked(telling: Telling, number: int, row: Sequence[int]) -> Iterator[Question]:
    said: tuple[Utterance, ...] = telling.layer("utterances")
    words = [words_in(telling.text, said[index].pieces) for index in row]
    for index, own in zip(row, words, strict=True):
        # A line without a word (“—!”) cannot be quoted, so it cannot be corrected either.
        if own:
            yield Question(number, said[index].start, index, own, len(row) - 1, sum(words))


def _rows(telling: Telling, below: float) -> Iterator[list[int]]:
    """Yield the doubtful lines that hang together, by their indices; those outside conversations one by one."""
    said: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="review")
    paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="review")
    scenes: tuple[Scene, ...] = telling.layer("scenes", wanted_by="review")
    starts, bounds = [one.span.start for one in paragraphs], [one.span.start for one in scenes]
    row: list[int] = []
    last = (0, 0)
    for index, one in enumerate(said):
        doubtful = one.confidence < below and one.evidence != "correction"
        if one.kind not in _TALK:
            if doubtful:
                yield [index]
            continue
        here = (index_at(bounds, one.start), index_at(starts, one.start))
        if row and (not doubtful or here[0] != last[0] or here[1] - last[1] > _APART):
            yield row
            row = []
        row += [index] if doubtful else []
        last = (here[0], index_at(starts, one.end - 1))
    if row:
        yield row
