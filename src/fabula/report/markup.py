"""Words made safe to stand in HTML and SVG."""

from __future__ import annotations

from html import escape

_BLANK_CONTROLS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
_CONTROLS = {
    **dict.fromkeys([*range(9), *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd"),
    **dict.fromkeys(map(ord, _BLANK_CONTROLS), " "),
}


def safe(words: str) -> str:
    """Escape words for elements and quoted attributes; control characters become blank or U+FFFD."""
    return escape(words.translate(_CONTROLS))


def cut(words: str, most: int) -> str:
    """Return words of at most `most` code points; what is cut off leaves an ellipsis."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def plural(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 line`, `1,204 lines`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
