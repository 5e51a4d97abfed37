"""The words of a Fountain script: what is not printed left out, emphasis signs turned into marks."""

from __future__ import annotations

import re

from fabula.formats.writing.builder import TextBuilder
from fabula.spans import Span
from fabula.story import MarkKind

HIDDEN = "\x00"
"""Stands in for every character that is not printed; no decoded text has it."""

ESCAPE = re.compile(r"\\(?P<plain>[*_\\])")
"""A sign of emphasis that is printed as it is."""

_EMPHASIS = re.compile(
    ESCAPE.pattern + r"|(?<!\w)(?P<line>_)(?=[^\s_])(?P<lined>[^_\n]+)(?<=\S)_(?!\w)"
    r"|(?P<stars>\*{1,3})(?=[^\s*])(?P<starred>.{1,500}?)(?<![\s*\\])(?P=stars)(?!\*)"
)
_KINDS: dict[str, tuple[MarkKind, ...]] = {
    "*": ("italic",),
    "**": ("bold",),
    "***": ("bold", "italic"),
    "_": ("italic",),
}
_LONGEST_LINE = 4_000


def hide_unprinted(text: str) -> tuple[str, list[str]]:
    """Put `HIDDEN` in place of notes and of what is cut out.

    Args:
        text: the script.

    Returns:
        A text of the same length, and the notes.
    """
    pieces, notes = list[str](), list[str]()
    at = 0
    for start, end, is_note in _unprinted(text):
        pieces += (text[at:start], HIDDEN * (end - start))
        at = end
        if is_note:
            notes.append(" ".join(text[start + 2 : end - 2].split()))
    return "".join([*pieces, text[at:]]), notes


def _unprinted(text: str) -> list[tuple[int, int, bool]]:
    """Find notes and cuts that are closed; those that are not are words."""
    found = []
    at = 0
    ways = {"[[": "]]", "/*": "*/"}
    for sign in re.finditer(r"\[\[|/\*", text):
        closing = ways.get(sign[0])
        if sign.start() < at or closing is None:
            continue
        end = text.find(closing, sign.end())
        if end < 0:
            del ways[sign[0]]
            continue
        at = end + 2
        found.append((sign.start(), at, closing == "]]"))
    return found


class WordTaker:
    """Takes stretches of one script into a builder.

    Args:
        shown: the script, with `HIDDEN` for what is not printed.
        builder: takes words and emphasis.
    """

    def __init__(self, shown: str, builder: TextBuilder) -> None:
        self._shown, self._builder = shown, builder

    def take(self, span: Span) -> None:
        """Append the printed words of a stretch, without the signs of emphasis, and mark the emphasis."""
        at = span.start
        signs = _EMPHASIS if span.length <= _LONGEST_LINE else ESCAPE
        for match in signs.finditer(self._shown, span.start, span.end):
            self._printed(at, match.start())
            at = match.end()
            self._emphasis(match)
        self._printed(at, span.end)

    def _emphasis(self, match: re.Match[str]) -> None:
        if match["plain"]:
            self._printed(match.start() + 1, match.end())
            return
        inner = "lined" if match["line"] else "starred"
        begin = self._builder.length
        self.take(Span(*match.span(inner)))
        for kind in _KINDS[match["line"] or match["stars"]]:
            self._builder.mark(begin, kind)

    def _printed(self, start: int, end: int) -> None:
        for run in re.finditer(f"[^{HIDDEN}]+", self._shown[start:end]):
            self._builder.take(start + run.start(), start + run.end())
