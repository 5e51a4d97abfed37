"""HTML tags inside texts of other formats: what they show is kept, they themselves are not."""

from __future__ import annotations

from collections.abc import Mapping

from fabula.formats.hypertext.elements import BLOCKS, INLINE, SLANTED
from fabula.formats.hypertext.markup import Tag, Words, pieces, scan
from fabula.formats.writing.builder import TextBuilder
from fabula.story import MarkKind

EMPHASIS: Mapping[str, MarkKind] = {**INLINE, **dict.fromkeys(SLANTED, "italic")}
"""Names of tags to the marks they make."""

_PARTING = BLOCKS | {"br", "hr", "td", "th"}


def take_markup(text: str, start: int, end: int, builder: TextBuilder) -> None:
    """Put the words of a stretch of HTML into a builder.

    Args:
        text: the decoded source.
        start: where the stretch begins in it.
        end: where it ends.
        builder: takes words, paragraphs, breaks and emphasis.

    Raises:
        InputError: when it declares entities made of other entities.
    """
    stretch = _Stretch(builder)
    for token in scan(text[start:end]):
        if isinstance(token, Tag):
            stretch.tag(token)
        else:
            stretch.words(token, start)
    stretch.end_paragraph()


class _Stretch:
    """What is known while going over one stretch of HTML."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._begin = builder.length
        self._open: list[tuple[MarkKind, int]] = []
        self._space_at = -1

    def words(self, words: Words, start: int) -> None:
        """Append running text, with one space where there is white space; the stretch begins at `start`."""
        for piece, at in pieces(words):
            if piece.isspace():
                self._space_at = start + at
            else:
                self._space()
                self._builder.add(piece, start + at)

    def tag(self, tag: Tag) -> None:
        """Do what a tag asks."""
        if tag.name in EMPHASIS:
            self._emphasis(EMPHASIS[tag.name], opens=tag.kind != "end")
        elif tag.name in _PARTING:
            self.end_paragraph()
            self._builder.part("\n" if tag.name == "br" else "\n\n")
            if tag.name == "hr":
                self._builder.mark(self._builder.length, "break")
            self._begin, self._space_at = self._builder.length, -1

    def end_paragraph(self) -> None:
        """Mark what was put into the builder since the last tag that parts blocks."""
        if self._builder.length > self._begin:
            self._builder.mark(self._begin, "paragraph")

    def _emphasis(self, kind: MarkKind, *, opens: bool) -> None:
        if opens:
            self._space()
            self._open.append((kind, self._builder.length))
        elif self._open and self._open[-1][0] == kind:
            self._builder.mark(self._open.pop()[1], kind)

    def _space(self) -> None:
        if self._space_at >= 0 and self._builder.length > self._begin:
            self._builder.add(" ", self._space_at)
        self._space_at = -1
