"""Words to word pieces: the one place that cuts, for training and reading alike.

Every word is cut by itself and its first piece stands for it, so that words of ours and pieces of the tokenizer's
never disagree.
Source: Schuster and Nakajima 2012, "Japanese and Korean Voice Search" (WordPiece).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP, MASK, UNKNOWN = 101, 102, 103, 100
LONGEST = 12
"""Most pieces of a word that are read."""
Ints = npt.NDArray[np.int64]


class Pieces(NamedTuple):
    """The pieces of a row of words.

    Attributes:
        ids: of all pieces, word after word, (pieces,).
        starts: for each word the index of its first piece, and one past the last word's end, (words + 1,).
        shapes: how each word is written, see `shape_of`, (words,).
    """

    ids: Ints
    starts: Ints
    shapes: Ints

    def __len__(self) -> int:
        return len(self.shapes)


def tokenizer(file: Path) -> Tokenizer:
    """Open a tokenizer without truncation, padding or special pieces of its own.

    Args:
        file: in the JSON format of the library `tokenizers`.
    """
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(file))
    made.no_truncation()
    made.no_padding()
    return made


def shape_of(word: str) -> int:
    """Return how a word is written: 0 lower case or no letters, 1 Capitalised, 2 ALL CAPITALS, 3 miXed."""
    letters = [c for c in word if c.isalpha()]
    if not letters or word.islower() or not any(c.isupper() for c in letters):
        return 0
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


def cut(made: Tokenizer, words: Sequence[str]) -> Pieces:
    """Cut words into pieces; a word that has none (odd symbols) becomes [UNK].

    Args:
        made: from `tokenizer`.
        words: in order; equal ones are cut once.
    """
    known = {word: number for number, word in enumerate(dict.fromkeys(words))}
    table: list[list[int]] = [[] for _ in known]
    # The corpora write the straight apostrophe far oftener, and it is the same word.
    plain = [word.replace("’", "'") if len(word) > 1 else word for word in known]
    encoded = made.encode(plain, is_pretokenized=True, add_special_tokens=False)
    for piece, owner in zip(encoded.ids, encoded.word_ids, strict=True):
        if owner is not None:
            table[owner].append(piece)
    table = [row[:LONGEST] or [UNKNOWN] for row in table]
    sizes = np.array([len(row) for row in table], np.int64)
    shapes = np.array([shape_of(word) for word in known], np.int64)
    numbers = np.fromiter((known[word] for word in words), np.int64, len(words))
    wide = np.zeros((len(table), LONGEST), np.int64)
    for row, pieces in zip(wide, table, strict=True):
        row[: len(pieces)] = pieces
    starts = np.concatenate([[0], np.cumsum(sizes[numbers])])
    held = np.arange(LONGEST) < sizes[numbers][:, None]
    return Pieces(wide[numbers][held], starts, shapes[numbers])
