"""Words to windows: paragraphs packed into stretches short enough for the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.network.pieces import CLS, SEP, shape_of

LENGTH = 256
Ints = npt.NDArray[np.int64]


class Window(NamedTuple):
    """A stretch of text as the encoder reads it.

    Attributes:
        pieces: [CLS], then each unit's pieces and a [SEP].
        shapes: how the word of each piece is written.
        first: for each word of the window, the index of its first piece.
        words: number of the first word of the window in its document.
    """

    pieces: Ints
    shapes: Ints
    first: Ints
    words: int


def encode_words(made: Tokenizer, words: Sequence[str]) -> list[list[int]]:
    """Return the pieces of each word; a word without any (odd symbols) gets [UNK]."""
    pieces: list[list[int]] = [[] for _ in words]
    encoded = made.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        pieces[word].append(piece)
    return [each[:12] or [100] for each in pieces]


def pack(
    words: Sequence[str], pieces: Sequence[list[int]], units: Sequence[range], *, length: int = LENGTH
) -> list[Window]:
    """Pack units (paragraphs or sentences) into windows, in order.

    Args:
        words: all words of a document.
        pieces: pieces of each word.
        units: word ranges that tile the document; one longer than a window is cut where it must be.
        length: most pieces a window may hold.
    """
    parts: list[range] = []
    for unit in units:
        low, size = unit.start, 0
        for number in unit:
            if size + len(pieces[number]) > length - 2:
                parts.append(range(low, number))
                low, size = number, 0
            size += len(pieces[number])
        parts.append(range(low, unit.stop))
    windows: list[Window] = []
    held: list[range] = []
    size = 1
    for part in parts:
        own = sum(len(pieces[number]) for number in part) + 1
        if held and size + own > length:
            windows.append(_window(words, pieces, held))
            held, size = [], 1
        held.append(part)
        size += own
    if held:
        windows.append(_window(words, pieces, held))
    return windows


def _window(words: Sequence[str], pieces: Sequence[list[int]], parts: Sequence[range]) -> Window:
    ids, shapes, first = [CLS], [0], []
    for part in parts:
        for number in part:
            first.append(len(ids))
            ids += pieces[number]
            shapes += [shape_of(words[number])] * len(pieces[number])
        ids.append(SEP)
        shapes.append(0)
    return Window(np.array(ids), np.array(shapes), np.array(first), parts[0].start)
