"""Words made fit to be shown on a terminal, whoever wrote them."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(words: str) -> str:
    """Return words without characters that would steer a terminal or turn the direction of what follows."""
    return "".join("\ufffd" if _steers(char) else char for char in words if char not in _UNSEEN)


def _steers(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs")
