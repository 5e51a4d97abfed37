"""Words to windows: paragraphs packed into stretches short enough for the encoder.

A window never crosses the start of a chapter, so that a chapter is read the same whatever stands before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from fabula.nets.pieces import CLS, SEP, Ints, Pieces

LENGTH = 256
"""Most pieces of a window."""


class Window(NamedTuple):
    """A stretch of text as the encoder reads it.

    Attributes:
        pieces: [CLS], then each paragraph's pieces and a [SEP].
        shapes: how the word of each piece is written.
        first: for each word of the window, the index of its first piece.
        words: number of the first word of the window in its document.
    """

    pieces: Ints
    shapes: Ints
    first: Ints
    words: int

    @property
    def range(self) -> range:
        """The numbers of its words."""
        return range(self.words, self.words + len(self.first))


def pack(
    pieces: Pieces,
    paragraphs: Sequence[range],
    sentence: Ints,
    *,
    breaks: Collection[int] = (),
    length: int = LENGTH,
) -> list[Window]:
    """Pack paragraphs into windows, in order.

    Args:
        pieces: of all words of a document.
        paragraphs: word ranges that tile the document; one longer than a window is cut after a sentence.
        sentence: number of each word's sentence, (words,).
        breaks: numbers of words before which a new window begins.
        length: most pieces a window may hold.
    """
    windows: list[Window] = []
    held: list[range] = []
    size = 1
    for paragraph in paragraphs:
        for part in _parts(pieces, paragraph, sentence, length - 2):
            own = int(pieces.starts[part.stop] - pieces.starts[part.start]) + 1
            if held and (size + own > length or part.start in breaks):
                windows.append(_window(pieces, held))
                held, size = [], 1
            held.append(part)
            size += own
    if held:
        windows.append(_window(pieces, held))
    return windows


def _parts(pieces: Pieces, paragraph: range, sentence: Ints, room: int) -> Iterator[range]:
    """Yield the parts of a paragraph: itself where it fits, else as many sentences at a time as fit."""
    low = paragraph.start
    while pieces.starts[paragraph.stop] - pieces.starts[low] > room:
        most = int(np.searchsorted(pieces.starts, pieces.starts[low] + room, side="right")) - 1
        ends = np.flatnonzero(sentence[low + 1 : most + 1] != sentence[low:most])
        high = low + 1 + int(ends[-1]) if len(ends) else most
        yield range(low, high)
        low = high
    if low < paragraph.stop:
        yield range(low, paragraph.stop)


def _window(pieces: Pieces, parts: Sequence[range]) -> Window:
    ids, shapes, first = [np.array([CLS])], [np.array([0])], []
    size = 1
    for part in parts:
        starts = pieces.starts[part.start : part.stop + 1]
        ids += [pieces.ids[starts[0] : starts[-1]], np.array([SEP])]
        shapes += [np.repeat(pieces.shapes[part.start : part.stop], np.diff(starts)), np.array([0])]
        first.append(starts[:-1] - starts[0] + size)
        size += int(starts[-1] - starts[0]) + 1
    return Window(np.concatenate(ids), np.concatenate(shapes), np.concatenate(first), parts[0].start)
