"""Text to word pieces: the one place that cuts, for pre-training, fine-tuning and the network at run time alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

CLS, SEP, MASK, PAD = 101, 102, 103, 0


def tokenizer(file: Path) -> Tokenizer:
    """Open a tokenizer without truncation, padding or special pieces of its own."""
    made = Tokenizer.from_file(str(file))
    made.no_truncation()
    made.no_padding()
    return made


def shape_of(word: str) -> int:
    """Return how a word is written; see `training.network.encoder.SHAPES`."""
    letters = [c for c in word if c.isalpha()]
    if not letters or word.islower() or not any(c.isupper() for c in letters):
        return 0
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


def cut(made: Tokenizer, texts: list[str]) -> list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int8]]]:
    """Cut texts into pieces.

    Args:
        made: from `tokenizer`.
        texts: paragraphs.

    Returns:
        For each text its pieces and the shape of the word of each.
    """
    rows = []
    for text, encoded in zip(texts, made.encode_batch(texts, add_special_tokens=False), strict=True):
        shapes = np.zeros(len(encoded.ids), np.int8)
        words = encoded.word_ids
        starts: dict[int, list[int]] = {}
        for index, word in enumerate(words):
            low, high = encoded.offsets[index]
            span = starts.setdefault(word, [low, high])
            span[1] = high
        made_of = {word: shape_of(text[low:high]) for word, (low, high) in starts.items()}
        shapes[:] = [made_of[word] for word in words]
        rows.append((np.array(encoded.ids, np.int32), shapes))
    return rows
