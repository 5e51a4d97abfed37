"""Emphasis as plain text writes it: `_so_`, `*so*` and `**so**`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.story import Mark, MarkKind

_WAYS: tuple[tuple[re.Pattern[str], MarkKind], ...] = (
    (re.compile(r"(?<![\w_])_(?![\s_])([^_]{1,4000}+)(?<!\s)_(?![\w_])"), "italic"),
    (re.compile(r"(?<![\w*])\*(?![\s*])([^*]{1,4000}+)(?<!\s)\*(?![\w*])"), "italic"),
    (re.compile(r"(?<![\w*])\*\*(?![\s*])([^*]{1,4000}+)(?<!\s)\*\*(?![\w*])"), "bold"),
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def find_emphasis(text: str) -> Iterator[Mark]:
    """Yield a mark for each stretch between emphasis signs, which stay in the text and outside the mark.

    Args:
        text: plain text; emphasis ends at the latest where its paragraph does.
    """
    for pattern, kind in _WAYS:
        for match in pattern.finditer(text):
            if not _BLANK_LINE.search(match[1]):
                yield Mark(match.start(1), match.end(1), kind)
