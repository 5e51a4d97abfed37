"""Documents of word processors: named styles, each built on another, and what they ask the block writer for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from fabula.formats.source import Source
from fabula.formats.writing.blocks import Blocks, Element, checked, settled_marks
from fabula.formats.writing.writer import BlockWriter, Opened
from fabula.story import Anchor, MarkKind, Metadata, SourceMap, Telling, joined

T = TypeVar("T")

WIDE_SPACE = 18.0
"""White space above a paragraph, in points, from which it may mean a scene break."""

_QUOTED = re.compile(r"(?:intense[ _])?quot(?:e|ations?)\b|block text|epigraph|blockquote|letter\b", re.I)
_VERSE = re.compile(r"verse|poem|poetry|lyrics?|song|stanza", re.I)
_BREAK = re.compile(r"(?:scene|section)[ _-]*(?:break|separator|divider)|horizontal line|separator", re.I)
_HEADING = re.compile(r"heading[ _]*(\d)?", re.I)
_CONTENTS = re.compile(r"toc( heading| ?\d|\Z)|contents (heading|\d)", re.I)
_DEPTH = 20


class NamedStyle(NamedTuple):
    """A style; None where it leaves the matter to the style it is built on.

    Attributes:
        name: as shown in the program; empty for one that has no name.
        parent: key of the style it is built on; empty where there is none.
        italic: whether letters are italic.
        bold: whether letters are bold.
        hidden: whether words are hidden.
        level: of a heading, 1 for the highest; 0 for running text.
        space: white space above, in points.
        new_page: whether it begins a page.
    """

    name: str = ""
    parent: str = ""
    italic: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None
    level: int | None = None
    space: float | None = None
    new_page: bool | None = None


Styles = Mapping[str, NamedStyle]
"""Styles by key."""


def resolved(styles: Styles, key: str) -> NamedStyle:
    """Return a style with all that it takes from those it is built on, and the first name among them."""
    found = NamedStyle()
    for _ in range(_DEPTH):
        style = styles.get(key)
        if style is None:
            break
        found = merged(found, style)
        key = style.parent
    return found


def merged(over: NamedStyle, under: NamedStyle) -> NamedStyle:
    """Return `over`, with what it leaves open taken from `under`."""
    return NamedStyle(
        over.name or under.name,
        over.parent or under.parent,
        _first(over.italic, under.italic),
        _first(over.bold, under.bold),
        _first(over.hidden, under.hidden),
        _first(over.level, under.level),
        _first(over.space, under.space),
        _first(over.new_page, under.new_page),
    )


def _first(one: T | None, other: T | None) -> T | None:
    return other if one is None else one


def role_of(style: NamedStyle) -> tuple[MarkKind, str] | None:
    """Return kind and value of the mark that the style of a paragraph asks for; None for running text."""
    heading = _HEADING.match(style.name)
    if style.level or heading:
        return "heading", str(min(6, style.level or int((heading and heading[1]) or 1)))
    if style.name.casefold() in ("title", "subtitle") or _CONTENTS.match(style.name):
        return "preface", ""
    if _QUOTED.match(style.name):
        return "quotation", ""
    if _VERSE.search(style.name):
        return "verse", ""
    return None


def is_break(style: NamedStyle) -> bool:
    """Whether a style is named as a scene break."""
    return _BREAK.match(style.name) is not None


def open_letters(writer: BlockWriter, style: NamedStyle, *, heading: bool) -> list[Opened]:
    """Open the marks of italic and bold words; bold says nothing in a heading."""
    opened = []
    if style.italic:
        opened.append(writer.open("italic", inline=True))
    if style.bold and not heading:
        opened.append(writer.open("bold", inline=True))
    return opened


def begin_paragraph(writer: BlockWriter, style: NamedStyle) -> Opened | None:
    """Begin a paragraph; returns the mark that its style asks for, to be closed at its end."""
    writer.boundary()
    if style.new_page:
        writer.scene_break()
    elif (style.space or 0) >= WIDE_SPACE:
        writer.empty_paragraph()
    role = role_of(style)
    writer.element = Element(style.name.casefold())
    return writer.open(*role) if role else None


def end_paragraph(writer: BlockWriter, style: NamedStyle, start: int, *, ruled: bool = False) -> None:
    """End a paragraph; one without words may be a scene break.

    Args:
        writer: that it was written to.
        style: of the paragraph.
        start: length of the text before it.
        ruled: whether a line is drawn beside or instead of it.
    """
    empty = writer.length == start
    writer.boundary()
    if not empty:
        if is_break(style):
            writer.mark(start + (2 if start else 0), "break")
    elif ruled or is_break(style):
        writer.scene_break()
    else:
        writer.empty_paragraph()


def telling_of(source: Source, blocks: Blocks, metadata: Metadata) -> Telling:
    """Return the telling of a document; a title page's title where its properties state none.

    Raises:
        InputError: when it holds no words.
    """
    checked(blocks, source.name)
    titles = [block for block in blocks.blocks if block.element and block.element.name == "title"]
    if len(titles) > 1:
        blocks = _chaptered(blocks, {block.start for block in titles})
    elif titles and not metadata.title:
        metadata = replace(metadata, title=joined(blocks.text, titles[0].span))
    anchors = tuple(Anchor(block.start, source.name, paragraph=at) for at, block in enumerate(blocks.blocks, 1))
    return Telling(source.stem, blocks.text, settled_marks(blocks), metadata, SourceMap(anchors))


def _chaptered(blocks: Blocks, starts: set[int]) -> Blocks:
    """Return blocks with the title style, which this author gives to more than one paragraph, taken for headings."""
    marks = (
        mark._replace(kind="heading", value="1") if mark.kind == "preface" and mark.start in starts else mark
        for mark in blocks.marks
        if mark.kind != "paragraph" or mark.start not in starts
    )
    run = (block._replace(heading=block.heading or block.start in starts) for block in blocks.blocks)
    return blocks._replace(marks=tuple(marks), blocks=tuple(run))
