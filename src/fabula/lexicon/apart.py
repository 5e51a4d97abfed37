"""Whether two who are told of in one sentence are two people."""

from __future__ import annotations

import re

NEAR = 120
"""Code points between a name and a description of one sentence."""
_STOP = re.compile(r"[.!?;:][\"”’)]*\s|\n\s*\n|[\"“”]")
_EQUAL = re.compile(
    r"[\s,(—–-]*(?:or|alias|called|named|that is|is|was|am|as|like|had been|became|being|the name of)?[\s,(—–-]*"
)


def stand_apart(text: str, start: int, end: int) -> bool:
    """Whether what stands between two mentions leaves them in one sentence and does not say that they are one.

    Args:
        text: of the telling.
        start: where the first mention ends.
        end: where the second one starts.
    """
    if not 0 <= end - start <= NEAR:
        return False
    between = text[start:end]
    return _STOP.search(between) is None and _EQUAL.fullmatch(between) is None
