"""Tokens: words, numbers and marks, always leading back to the text."""

from __future__ import annotations

import numpy as np
import regex

from fabula.story import Telling, Tokens

_TOKEN = regex.compile(
    r"""
    (?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Col|Gen|Lt|Rev|Hon|Messrs|Mme|Mlle|Jr|Sr|No|vs|etc|e\.g|i\.e)\.(?=\s)
  | \p{Lu}\.(?=\s?\p{Lu})                                  # initials
  | \p{L}+?(?=n['’]t\b)                                    # do | n't
  | n['’]t\b
  | ['’](?:s|m|d|re|ve|ll|em|tis|twas)\b                   # clitics
  | \p{N}+(?:[.,:]\p{N}+)*(?:st|nd|rd|th)?\b
  | [\p{L}\p{M}\p{N}]+(?:[-‐‑][\p{L}\p{M}\p{N}]+)*         # words, hyphens inside
  | \.{2,} | …+ | -{2,} | [—–]+
  | \S
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


def find_tokens(telling: Telling) -> Tokens:
    """Cut the text into tokens in the manner of the Penn Treebank and Universal Dependencies.

    Args:
        telling: only the text is read.

    Returns:
        Columns of offsets; every code point that is not white space lies in exactly one token.
    """
    spans = [match.span() for match in _TOKEN.finditer(telling.text)]
    table = np.array(spans, dtype=np.int32).reshape(-1, 2)
    return Tokens(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))
