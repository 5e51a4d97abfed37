"""One HTML or XHTML page as blocks of text with marks: what a browser would show, without its looks."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from fabula.formats.hypertext.css import PLAIN, Sheet, Style, added, parse_sheet, parse_style, style_of
from fabula.formats.hypertext.elements import BLOCKS, ENDS, ENDS_P, HEADINGS, INLINE, NO_REACH, SKIPPED, SLANTED, VOID
from fabula.formats.hypertext.markup import Tag, Words, pieces, scan
from fabula.formats.hypertext.roles import breaks_scene, is_reference, is_unread, mark_of
from fabula.formats.writing.blocks import Blocks, Element
from fabula.formats.writing.writer import BlockWriter, Opened
from fabula.story.telling import MarkKind

WIDE_SPACE = 1.5
"""White space above a paragraph, in em, from which it may mean a scene break."""

SHORT_BREAK = 40
"""Code points up to which an element named as a scene break is one; a longer one is the paragraph after it."""

_LETTER = re.compile(r"[^\W\d_]\Z")
_MOST_NESTED = 3


class Page(NamedTuple):
    """What a page holds.

    Attributes:
        blocks: the text.
        title: of `<title>`; empty where there is none.
        language: of `<html lang>`; empty where there is none.
        meta: the named statements of its head, names in lower case.
    """

    blocks: Blocks
    title: str
    language: str
    meta: Mapping[str, str]


class _Entry:
    """An element that is open, and what its end must undo."""

    __slots__ = ("block", "breaks", "element", "gap", "marks", "skipped", "start", "styles")

    def __init__(self, element: Element, start: int) -> None:
        self.element, self.start = element, start
        self.marks: list[Opened] = []
        self.styles: list[MarkKind] = []
        self.breaks: Opened | None = None
        self.block = self.skipped = False
        self.gap = 0


def read_page(
    text: str,
    *,
    where: str = "",
    placed: bool = False,
    stylesheet: Callable[[str], Sheet] | None = None,
) -> Page:
    """Read a page.

    Args:
        text: decoded, with newline characters as line ends.
        where: file and member, for messages.
        placed: whether to note where in the source each stretch of words stands.
        stylesheet: gives the style sheet that a `<link>` names; None where there are none to be had.

    Raises:
        InputError: when the page declares entities made of other entities.
    """
    reader = _Reader(placed, stylesheet)
    for token in scan(text, where=where):
        if isinstance(token, Words):
            reader.words(token)
        elif token.kind == "end":
            reader.end(token.name)
        else:
            reader.start(token)
    return reader.finish()


class _Reader:
    """Follows the tags of one page and writes its blocks."""

    def __init__(self, placed: bool, stylesheet: Callable[[str], Sheet] | None) -> None:
        self._placed, self._stylesheet = placed, stylesheet
        self._writer = BlockWriter()
        self._stack: list[_Entry] = []
        self._counts: dict[str, int] = {}
        self._inline: dict[str, int] = {}
        self._opened: dict[MarkKind, Opened] = {}
        self._depth: dict[MarkKind, int] = {}
        self._skipping = self._verbatim = self._stanzas = 0
        self._sheet: Sheet = {}
        self._title = self._language = ""
        self._meta: dict[str, str] = {}

    def finish(self) -> Page:
        while self._stack:
            self._pop()
        return Page(self._writer.finish(), self._title, self._language, self._meta)

    def words(self, words: Words) -> None:
        """Write running text, unless it is hidden."""
        if self._skipping:
            return
        if not self._placed:
            self._write(words.text if words.literal else html.unescape(words.text), None)
        elif self._verbatim:
            self._verbatim_lines(words)
        else:
            for piece, at in pieces(words):
                self._write(piece, at)

    def _verbatim_lines(self, words: Words) -> None:
        """Write the lines of `<pre>`, each with its place."""
        at = words.at
        for line in words.text.splitlines(keepends=True):
            self._write(line if words.literal else html.unescape(line), at)
            at += len(line)

    def _write(self, text: str, at: int | None) -> None:
        if self._verbatim:
            self._writer.verbatim(text, at)
        else:
            self._writer.words(text, at)

    def start(self, tag: Tag) -> None:
        """Take in a start tag, or one that closes itself."""
        if tag.name in VOID or tag.name in ("style", "title"):
            self._void(tag)
            return
        if tag.name in INLINE:
            if tag.kind == "start" and not self._skipping:
                self._inline_start(tag)
            return
        if tag.name == "html":
            self._language = tag.attributes.get("lang") or tag.attributes.get("xml:lang", "")
        self._imply_ends(tag.name)
        entry = self._push(tag)
        if not self._skipping:
            self._begin(entry, tag)
        if tag.kind == "empty":
            self._pop()

    def end(self, name: str) -> None:
        """Take in an end tag; one that ends nothing is left out."""
        if name == "br":
            self._line_break()
        elif name in INLINE:
            if self._inline.get(name, 0):
                self._inline[name] -= 1
                self._style(INLINE[name], -1)
        elif self._counts.get(name, 0):
            while self._pop() != name:
                pass

    def _void(self, tag: Tag) -> None:
        """Take in an element without contents, or whose contents are no text."""
        attributes = tag.attributes
        match tag.name:
            case "br":
                self._line_break()
            case "hr" if not self._skipping:
                self._imply_ends("hr")
                self._writer.scene_break()
            case "img" if not self._skipping:
                self._image(tag)
            case "meta":
                name = (attributes.get("name") or attributes.get("property", "")).lower()
                if name:
                    self._meta.setdefault(name, attributes.get("content", "").strip())
            case "title" if not self._skipping:
                self._title = self._title or " ".join(html.unescape(tag.raw).split())
            case "style":
                self._sheet = added(self._sheet, parse_sheet(tag.raw))
            case "link" if self._stylesheet and "stylesheet" in attributes.get("rel", "").lower():
                self._sheet = added(self._sheet, self._stylesheet(attributes.get("href", "")))

    def _line_break(self) -> None:
        if not self._skipping:
            self._writer.line_break()

    def _image(self, tag: Tag) -> None:
        """Keep the letter of a drop capital; take an ornament for the scene break that it is."""
        words = tag.attributes.get("alt", "").strip()
        if _LETTER.match(words):
            self._writer.words(words, tag.at if self._placed else None)
        elif breaks_scene(tag.attributes):
            self._writer.scene_break()

    def _inline_start(self, tag: Tag) -> None:
        """Begin italics or bold. They go on over the ends of paragraphs until they are ended, as in a browser."""
        count = self._inline.get(tag.name, 0)
        if count < _MOST_NESTED:
            self._inline[tag.name] = count + 1
            self._style(INLINE[tag.name], +1)

    def _style(self, kind: MarkKind, by: int) -> None:
        """Count how often a style is on, and open or close its mark."""
        depth = self._depth.get(kind, 0) + by
        self._depth[kind] = depth
        if depth == 1 and by > 0:
            self._opened[kind] = self._writer.open(kind, inline=True)
        elif depth == 0:
            self._writer.close(self._opened.pop(kind))

    def _imply_ends(self, name: str) -> None:
        """End the elements whose end tags were left out."""
        if name in ENDS_P and self._counts.get("p", 0):
            self._end_nearest(*NO_REACH)
        if name in ENDS:
            self._end_nearest(*ENDS[name])

    def _end_nearest(self, names: frozenset[str], barriers: frozenset[str]) -> None:
        if not any(self._counts.get(name, 0) for name in names):
            return
        for entry in reversed(self._stack):
            name = entry.element.name
            if name in barriers:
                return
            if name in names:
                while self._pop() != name:
                    pass
                return

    def _push(self, tag: Tag) -> _Entry:
        classes = tuple(tag.attributes.get("class", "").lower().split())
        parent = self._stack[-1].element if self._stack else None
        entry = _Entry(Element(tag.name, tag.attributes.get("id", ""), classes, parent), self._writer.length)
        self._stack.append(entry)
        self._counts[tag.name] = self._counts.get(tag.name, 0) + 1
        style = self._style_of(tag)
        entry.skipped = bool(
            tag.name in SKIPPED
            or ((style.hidden or "hidden" in tag.attributes) and tag.name not in ("html", "body"))
            or is_unread(tag)
        )
        self._skipping += entry.skipped
        if not self._skipping:
            self._begin_style(entry, style)
        return entry

    def _style_of(self, tag: Tag) -> Style:
        names = tag.attributes.get("class", "").split()
        sheet = style_of(self._sheet, tag.name, names, tag.attributes.get("id", "")) if self._sheet else PLAIN
        written = tag.attributes.get("style", "")
        return parse_style(written).over(sheet) if written else sheet

    def _begin_style(self, entry: _Entry, style: Style) -> None:
        """Do what the style says."""
        name = entry.element.name
        entry.block = name in BLOCKS
        if entry.block:
            self._edge(entry)
        if entry.block and style.space and style.space >= WIDE_SPACE and name in ("p", "div"):
            self._writer.empty_paragraph()
        if style.italic or (name in SLANTED and style.italic is None):
            entry.styles.append("italic")
        if style.bold and name not in HEADINGS:
            entry.styles.append("bold")
        for kind in entry.styles:
            self._style(kind, +1)
        entry.gap = self._writer.gap

    def _edge(self, entry: _Entry) -> None:
        """End the block before: with a line end only between the lines of a stanza."""
        if self._stanzas:
            self._writer.line_break()
            return
        self._writer.boundary()
        self._writer.element = entry.element

    def _begin(self, entry: _Entry, tag: Tag) -> None:
        """Do what an element means."""
        name, writer = tag.name, self._writer
        if name in HEADINGS:
            entry.marks.append(writer.open("heading", name[1]))
        elif name == "q":
            writer.words("“")
        elif name in ("td", "th"):
            writer.cell()
        elif name == "pre":
            self._verbatim += 1
        role = mark_of(tag) if entry.block else None
        if role is not None:
            entry.marks.append(writer.open(*role))
        elif name == "a" and is_reference(tag.attributes):
            entry.marks.append(writer.open("footnote", "reference"))
        if entry.block and breaks_scene(tag.attributes):
            entry.breaks = writer.open("break")
        if "stanza" in entry.element.classes or "linegroup" in entry.element.classes:
            self._stanzas += 1
        if entry.block:
            writer.element = entry.element

    def _pop(self) -> str:
        """End the innermost element; returns its name."""
        entry = self._stack.pop()
        name, writer = entry.element.name, self._writer
        self._counts[name] -= 1
        self._skipping -= entry.skipped
        if self._skipping or entry.skipped:
            return name
        if name == "q":
            writer.words("”")
        elif name == "pre":
            self._verbatim -= 1
        if "stanza" in entry.element.classes or "linegroup" in entry.element.classes:
            self._stanzas -= 1
        for kind in reversed(entry.styles):
            self._style(kind, -1)
        self._end_break(entry)
        if entry.block:
            self._end_block(entry)
        for mark in reversed(entry.marks):
            writer.close(mark)
        return name

    def _end_break(self, entry: _Entry) -> None:
        """Make of an element named as a scene break the break that it is, or opens."""
        writer, opened = self._writer, entry.breaks
        if opened is None:
            return
        if opened.start is None:
            writer.drop(opened)
            writer.scene_break()
        elif writer.length - opened.start <= SHORT_BREAK:
            writer.close(opened)
        else:
            writer.drop(opened)
            writer.break_before(opened.start)

    def _end_block(self, entry: _Entry) -> None:
        """End a block, and note a paragraph that held no word."""
        if self._stanzas:
            return
        empty = entry.element.name == "p" and self._writer.length == entry.start
        empty = empty and self._writer.gap == entry.gap  # a line end inside has been counted
        self._writer.boundary()
        self._writer.element = entry.element.parent
        if empty and not entry.breaks:
            self._writer.empty_paragraph()
