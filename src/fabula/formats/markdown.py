"""Markdown (CommonMark) with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fabula.formats.hypertext.tags import take_markup
from fabula.formats.intake.decode import Decoded, decode, head
from fabula.formats.markdown_inline import InlineReader
from fabula.formats.source import Source
from fabula.formats.writing.builder import TextBuilder
from fabula.formats.writing.frontmatter import find_front_matter, stated_metadata
from fabula.story import Telling

if TYPE_CHECKING:
    from markdown_it.token import Token

_RULE = re.compile(r"([-*_])(?:[ \t]*\1)+|#|=+")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
_FOOTNOTES = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…:;,\"”’*_)\]—–-]\s*$")
_PARAGRAPH_BREAK = re.compile(r"[.!?…\"”’*_—–-]\s*\n[\"“‘'*_—–A-ZÀ-Þ\[]")


def detects(source: Source) -> bool:
    """Whether this is Markdown: the file's name says so, or it begins with front matter."""
    if source.suffix in {".md", ".markdown", ".mdown", ".mkd"}:
        return True
    start = source.data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00")
    return start.startswith((b"---", b"+++")) and bool(find_front_matter(head(source), name=source.name))


def read(source: Source) -> Telling:
    """Make a telling of a Markdown file.

    Every word that a browser would show is in the text, and nothing of the signs but rules, list bullets and
    numbers. Lines are joined to paragraphs, unless the file has a paragraph on each line.

    Args:
        source: in any encoding.

    Raises:
        InputError: when it is empty, too large, no text, or its front matter is broken.
    """
    decoded = decode(source)
    front = find_front_matter(decoded.text, name=source.name)
    body = front.end if front else 0
    metadata = stated_metadata(front.pairs if front else (), form="markdown", encoding=decoded.encoding)
    builder = TextBuilder(decoded, source.name)
    if decoded.text[body:].strip():
        _Blocks(decoded, builder, body).read()
    return builder.telling(source.stem, metadata)


def _tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    # Indented code would swallow indented paragraphs; a footnote of one word would be taken for a link's address.
    off = ["code", "text_join", *(["reference"] if _FOOTNOTES.search(text) else [])]
    return MarkdownIt("commonmark", {"html": True}).enable("strikethrough").disable(off).parse(text)


class _Blocks:
    """Goes over the blocks of one file."""

    def __init__(self, decoded: Decoded, builder: TextBuilder, body: int) -> None:
        self._decoded, self._builder = decoded, builder
        self._first_line = decoded.text.count("\n", 0, body)
        self._tokens = _tokens(decoded.text[body:])
        self._inline = InlineReader(decoded.text, builder, lines_are_paragraphs=_lines_are_paragraphs(self._tokens))
        self._quotations: list[int] = []
        self._bullets = (-1, -1)

    def read(self) -> None:
        """Put all blocks into the builder."""
        for number, token in enumerate(self._tokens):
            if token.type == "inline":
                self._block(token, self._tokens[number - 1])
            elif token.type == "list_item_open":
                self._bullet(token)
            elif token.type == "blockquote_open":
                self._builder.part("\n\n")
                self._quotations.append(self._builder.length)
            elif token.type == "blockquote_close":
                self._builder.mark(self._quotations.pop(), "quotation")
            elif token.type == "hr":
                self._rule(*self._lines(token))
            elif token.type == "fence":
                self._fence(token)
            elif token.type == "html_block":
                self._builder.part("\n\n")
                take_markup(self._decoded.text, *self._lines(token), self._builder)

    def _lines(self, token: Token) -> tuple[int, int]:
        """Return where the lines of a block stand in the decoded text."""
        first, after = token.map or (0, 0)
        return self._line_start(first), self._line_start(after)

    def _line_start(self, line: int) -> int:
        starts, number = self._decoded.starts, line + self._first_line
        return starts[number] if number < len(starts) else len(self._decoded.text)

    def _block(self, token: Token, opening: Token) -> None:
        start, end = self._lines(token)
        if opening.type == "heading_open" and not token.content:
            self._rule(start, end)
            return
        underlined = opening.type == "heading_open" and opening.markup == "-" and _is_prose(token.content)
        heading = opening.type == "heading_open" and not underlined
        begin = self._begin()
        self._inline.read(token.children or (), start, end, begin=begin, split=not heading)
        if heading:
            self._builder.mark(begin, "heading", opening.tag[1:])
        elif _FOOTNOTE.match(token.content):
            self._builder.mark(begin, "footnote")
        if underlined:
            self._rule(end, self._lines(opening)[1])

    def _begin(self) -> int:
        """Begin a block; return where: after an empty line, or at the bullet that was just written."""
        bullet, self._bullets = self._bullets, (-1, -1)
        if bullet[1] == self._builder.length:
            return bullet[0]
        self._builder.part("\n\n")
        return self._builder.length

    def _bullet(self, token: Token) -> None:
        """Keep the bullet or number of a list item: it may be a speech dash or the number of a chapter."""
        start, end = self._lines(token)
        sign = token.info + token.markup
        self._builder.part("\n\n")
        begin = self._builder.length
        self._builder.add(sign + " ", max(self._decoded.text.find(sign, start, end), start))
        self._bullets = (begin, self._builder.length)

    def _rule(self, start: int, end: int) -> None:
        """Keep a rule as it is written; it is a scene break."""
        sign = _RULE.search(self._decoded.text, start, end)
        self._builder.part("\n\n")
        begin = self._builder.length
        if sign:
            self._builder.take(sign.start(), sign.end())
        self._builder.mark(begin, "break")

    def _fence(self, token: Token) -> None:
        start, end = self._lines(token)
        text, at = self._decoded.text, self._decoded.text.find("\n", start, end) + 1
        begin = self._begin()
        for number, line in enumerate(token.content.rstrip("\n").split("\n")):
            if number:
                self._builder.add("\n", at - 1)
            line_begin = self._builder.length
            self._builder.add(line, max(at, text.find(line, at, end)))
            self._builder.mark(line_begin, "line")
            at = text.find("\n", at, end) + 1 or end
        self._builder.mark(begin, "paragraph")


def _is_prose(words: str) -> bool:
    """Whether words over a line of dashes are a paragraph before a scene break rather than a heading."""
    return "\n" in words or bool(_SENTENCE_END.search(words)) or len(words) > 100


def _lines_are_paragraphs(tokens: Sequence[Token]) -> bool:
    """Whether the writer ended paragraphs with one line end, as some editors show them."""
    blocks = [token.content for token in tokens if token.type == "inline"]
    ends = sum(block.count("\n") for block in blocks)
    return ends >= 3 and sum(len(_PARAGRAPH_BREAK.findall(block)) for block in blocks) >= 0.8 * ends
