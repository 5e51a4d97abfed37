"""HTML tags inside texts of other formats: what they show is kept, they themselves are not."""

from __future__ import annotations

import html
import re

from fabula.formats.writing.builder import TextBuilder
from fabula.story import MarkKind

EMPHASIS: dict[str, MarkKind] = {"em": "italic", "i": "italic", "cite": "italic", "strong": "bold", "b": "bold"}
"""Names of tags to the marks they make."""

_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)"
    r"|<[/!?]?[A-Za-z][^<>]*>"
    r"|&#?\w{1,32};"
    r"|[^<&\s](?:[^<&\n]*[^<&\s])?"
    r"|[<&]|\s+",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)")
_INLINE = re.compile(r"a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strike|strong|su[bp]|tt|u|")


def tag_name(markup: str) -> str:
    """Return the name of a tag in lower case, with `/` before it where it closes; empty for comments."""
    match = _NAME.match(markup)
    return match[1].lower() if match else ""


def take_markup(text: str, start: int, end: int, builder: TextBuilder) -> None:
    """Put the words of a stretch of HTML into a builder.

    Args:
        text: the decoded source.
        start: where the stretch begins in it.
        end: where it ends.
        builder: takes words, paragraphs, breaks and emphasis.
    """
    stretch = _Stretch(builder)
    for piece in _PIECE.finditer(text, start, end):
        if piece[0].isspace():
            stretch.space_at = piece.start()
        elif piece[0].startswith("<") and len(piece[0]) > 1:
            stretch.tag(tag_name(piece[0]))
        else:
            stretch.words(html.unescape(piece[0]), piece.start())
    stretch.end_paragraph()


class _Stretch:
    """What is known while going over one stretch of HTML."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._begin = builder.length
        self._open: list[tuple[MarkKind, int]] = []
        self.space_at = -1

    def words(self, words: str, at: int) -> None:
        """Append words, after one space where there was white space before them."""
        self._space()
        self._builder.add(words, at)

    def tag(self, name: str) -> None:
        """Do what a tag asks."""
        bare = name.removeprefix("/")
        if bare in EMPHASIS:
            self._emphasis(EMPHASIS[bare], opens=name == bare)
        elif not _INLINE.fullmatch(bare):
            self.end_paragraph()
            self._builder.part("\n" if bare == "br" else "\n\n")
            if bare == "hr":
                self._builder.mark(self._builder.length, "break")
            self._begin, self.space_at = self._builder.length, -1

    def end_paragraph(self) -> None:
        """Mark what was put into the builder since the last block tag."""
        if self._builder.length > self._begin:
            self._builder.mark(self._begin, "paragraph")

    def _emphasis(self, kind: MarkKind, *, opens: bool) -> None:
        if opens:
            self._space()
            self._open.append((kind, self._builder.length))
        elif self._open and self._open[-1][0] == kind:
            self._builder.mark(self._open.pop()[1], kind)

    def _space(self) -> None:
        if self.space_at >= 0 and self._builder.length > self._begin:
            self._builder.add(" ", self.space_at)
        self.space_at = -1
