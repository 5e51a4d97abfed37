"""What stands inside a block of Markdown: words, emphasis, line breaks, links, HTML tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fabula.formats.hypertext.markup import Tag, scan
from fabula.formats.hypertext.tags import EMPHASIS
from fabula.formats.writing.builder import TextBuilder
from fabula.story import MarkKind

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINK_END = re.compile(r"\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])?")
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")


class InlineReader:
    """Puts the words of blocks into a builder, finding each piece in the source.

    Args:
        text: the decoded source.
        builder: takes the words and marks.
        lines_are_paragraphs: whether a soft line break ends a paragraph.
    """

    def __init__(self, text: str, builder: TextBuilder, *, lines_are_paragraphs: bool) -> None:
        self._text, self._builder = text, builder
        self._lines_are_paragraphs = lines_are_paragraphs
        self._at = self._end = self._begin = self._line = 0
        self._split = self._has_lines = False
        self._open: list[tuple[MarkKind, int]] = []

    def read(self, children: Sequence[Token], start: int, end: int, *, begin: int, split: bool) -> None:
        """Put one block into the builder.

        Args:
            children: its inline tokens.
            start: where its lines begin in the source.
            end: where they end.
            begin: where the block begins in the text; before its bullet, where it has one.
            split: whether it is running text, to be marked as paragraphs and lines; headings are not.
        """
        self._at, self._end, self._split, self._has_lines, self._open = start, end, split, False, []
        self._begin = self._line = begin
        for child in children:
            self._child(child)
        self._end_paragraph()

    def _child(self, child: Token) -> None:
        if child.type == "text":
            self._words(child.content, child.content)
        elif child.type == "text_special":
            self._words(child.content, child.markup)
        elif child.type == "code_inline":
            for piece in re.findall(r"\S+|\s+", child.content):
                self._words(piece, "" if piece.isspace() else piece)
        elif child.type in {"softbreak", "hardbreak"}:
            self._line_break(hard=child.type == "hardbreak")
        elif child.type == "html_inline":
            self._tag(child.content)
        elif child.type in {"link_close", "image"}:
            after = (_IMAGE if child.type == "image" else _LINK_END).search(self._text, self._at, self._end)
            self._at = after.end() if after else self._at
        elif child.type in {"em_open", "strong_open"}:
            self._begin_emphasis("italic" if child.type == "em_open" else "bold")
        elif child.type in {"em_close", "strong_close"}:
            self._end_emphasis("italic" if child.type == "em_close" else "bold")

    def _words(self, words: str, written: str) -> None:
        """Append words that stand in the source as `written`, somewhere after the words before them."""
        found = self._text.find(written, self._at, self._end)
        if found >= 0:
            self._at = found
        self._builder.add(words, self._at)
        self._at += len(written) if found >= 0 else 0

    def _line_break(self, *, hard: bool) -> None:
        newline = self._text.find("\n", self._at, self._end)
        at = newline if newline >= 0 else self._at
        if hard:
            self._end_line()
            self._has_lines = True
            self._builder.add("\n", at)
            self._line = self._builder.length
        elif self._lines_are_paragraphs and self._split:
            self._end_paragraph()
            self._builder.part("\n\n")
            self._begin = self._line = self._builder.length
            self._has_lines = False
        else:
            self._builder.add(" ", at)
        self._at = at + 1

    def _end_line(self) -> None:
        if self._split:
            self._builder.mark(self._line, "line")

    def _end_paragraph(self) -> None:
        if not self._split:
            return
        self._builder.mark(self._begin, "paragraph")
        if self._has_lines:
            self._end_line()

    def _tag(self, markup: str) -> None:
        found = self._text.find(markup, self._at, self._end)
        self._at = found + len(markup) if found >= 0 else self._at
        tag = next(scan(markup), None)
        if not isinstance(tag, Tag):
            return
        if tag.name == "br":
            self._line_break_here()
        elif tag.name in EMPHASIS and tag.kind == "end":
            self._end_emphasis(EMPHASIS[tag.name])
        elif tag.name in EMPHASIS:
            self._begin_emphasis(EMPHASIS[tag.name])

    def _line_break_here(self) -> None:
        """Break the line at a `<br>`, whether or not the source goes on on another line."""
        self._end_line()
        self._has_lines = True
        self._builder.add("\n", self._at)
        self._line = self._builder.length

    def _begin_emphasis(self, kind: MarkKind) -> None:
        self._open.append((kind, self._builder.length))

    def _end_emphasis(self, kind: MarkKind) -> None:
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == kind:
                self._builder.mark(self._open.pop(number)[1], kind)
                return
