"""Tokens: words, numbers and marks, always leading back to the text."""

from __future__ import annotations

import numpy as np
import regex

from fabula.lexicon.abbreviations import BEFORE_NAMES, BEFORE_NUMBERS, ELSEWHERE
from fabula.story import Telling, Tokens

_TITLES, _DATES = (
    "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))
    for words in ((*BEFORE_NAMES[1:], *ELSEWHERE), BEFORE_NUMBERS)
)
# Whatever reads far ahead and may then fail has a limit (the parts of an address), so that time stays linear.
_TOKEN = regex.compile(
    rf"""
    (?![Cc]annot\b)[a-zA-Z]++(?=[ \n,;!?])                      # most words by far, for speed …
  | ["“”,] | ;(?=\s)                                         # … and most marks
  | (?:https?://|www\.)[^\s<>"“”]*[\p{{L}}\p{{N}}/=]             # addresses
  | [\p{{L}}\p{{N}}]++(?:[._+-][\p{{L}}\p{{N}}]+){{0,31}}+@[\p{{L}}\p{{N}}-]+(?:\.[\p{{L}}\p{{N}}-]+)+
  | (?i:{_TITLES})\.(?=\s+["“‘'(]*[\p{{L}}\p{{N}}]|[,;:—–-])
  | (?:{_DATES})\.(?=\s*\p{{N}})
  | (?:\p{{L}}\.){{2,}}                                         # initials: U.S., P.S.
  | \p{{Lu}}\.(?=\s?\p{{Lu}})
  | [Cc]an(?=not\b)
  | [Oo]['’]clock\b
  | \p{{L}}{{1,2}}['’](?!(?i:s|m|d|re|ve|ll|em|t|all|tis|twas|se)\b)\p{{L}}{{2,}}+(?:-\p{{L}}+)*   # O'Hara, ma'am
  | \p{{L}}+?(?=(?i:n['’]t)\b)                                  # do | n't
  | (?i:n['’]t)\b
  | ['’](?i:s|m|d|re|ve|ll|em|tis|twas|cause|bout|til|till)\b   # clitics and clipped words
  | \p{{N}}+(?:[.,:]\p{{N}}+)*(?:st|nd|rd|th)?\b
  | [\p{{L}}\p{{M}}\p{{N}}]+(?:[-‐‑][\p{{L}}\p{{M}}\p{{N}}]+)*   # words, hyphens inside
  | [:;=8]['’]?-?[()DP](?![\p{{L}}\p{{N}}])                     # :-)
  | [!?]{{2,}} | \.{{2,}} | …+ | -{{2,}} | [—–]+ | _{{2,}} | ={{2,}} | \*{{2,}} | ~{{2,}}
  | \S
    """,
    regex.VERBOSE,
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
    return Tokens.bare(np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1]))
