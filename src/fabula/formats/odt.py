"""OpenDocument texts (.odt): styles, italics, tables, notes; tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.errors import InputError
from fabula.formats.hypertext.css import in_em
from fabula.formats.intake.archive import (
    Archive,
    attribute,
    child,
    children,
    local,
    looks_zipped,
    open_archive,
    stated_type,
)
from fabula.formats.source import Source
from fabula.formats.writing.blocks import Blocks
from fabula.formats.writing.styles import (
    NamedStyle,
    Styles,
    begin_paragraph,
    end_paragraph,
    merged,
    open_letters,
    resolved,
    telling_of,
)
from fabula.formats.writing.writer import BlockWriter
from fabula.story.telling import Metadata, Telling

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TYPE = "application/vnd.oasis.opendocument.text"
_CONTENT = "content.xml"
_PASSED = frozenset(
    {
        "section",
        "list",
        "list-item",
        "list-header",
        "index-body",
        "table-of-content",
        "index-title",
        "numbered-paragraph",
    }
)
_INLINE = frozenset({"span", "a", "meta", "meta-field", "ruby", "ruby-base"})
_FIELDS = frozenset(
    """
    title subject author-name author-initials date time chapter user-defined expression sequence bookmark-ref
    reference-ref conditional-text
    """.split()
)
_STATEMENTS = {"description": "summary", "subject": "subject", "keyword": "tag"}


def detects(source: Source) -> bool:
    """Whether a source is an OpenDocument text, whole or cut short."""
    if not looks_zipped(source.data):
        return False
    stated = stated_type(source.data)
    return stated.startswith(_TYPE) or (not stated and source.suffix in (".odt", ".ott"))


def read(source: Source) -> Telling:
    """Read an OpenDocument text as a telling.

    Raises:
        InputError: when it is damaged, encrypted, forged, or holds no text.
    """
    archive = open_archive(source)
    _check_locks(archive)
    root = archive.xml(_CONTENT)
    body = child(root, "body", "text")
    if body is None:
        raise InputError("this document holds no text", where=f"{source.name}: {_CONTENT}", advice="Save it again")
    styles: dict[str, NamedStyle] = {}
    if archive.has("styles.xml"):
        styles.update(_styles(archive.xml("styles.xml")))
    styles.update(_styles(root))
    walk = _Walk(styles)
    walk.blocks(body)
    return telling_of(source, walk.finish(), _metadata(archive))


def _check_locks(archive: Archive) -> None:
    """Refuse a document that was saved with a password."""
    member = "META-INF/manifest.xml"
    if archive.has(member) and any(True for _ in archive.xml(member, lenient=True).iter("{*}encryption-data")):
        raise InputError(
            "this document is locked with a password", where=archive.name, advice="Save it without a password"
        )


def _metadata(archive: Archive) -> Metadata:
    """Return what the document says of itself."""
    root = archive.xml("meta.xml", lenient=True) if archive.has("meta.xml") else None
    stated = child(root, "meta")
    elements = list(stated) if stated is not None else []
    found = [(local(element), (element.text or "").strip()) for element in elements]
    said = {name: words for name, words in reversed(found) if words}
    title = said.get("title", "")
    author = said.get("initial-creator") or said.get("creator", "")
    more = tuple((_STATEMENTS[name], words) for name, words in found if name in _STATEMENTS and words)
    return Metadata(title, author, said.get("language", ""), "odt", "", more)


def _styles(root: Element) -> Iterator[tuple[str, NamedStyle]]:
    """Yield the styles of a part, named and automatic, by their names."""
    for group in children(root, "styles", "automatic-styles"):
        for style in children(group, "style"):
            yield attribute(style, "name"), _style(style, named=local(group) == "styles")


def _style(style: Element, *, named: bool) -> NamedStyle:
    """Return what a style says."""
    letters, paragraph = child(style, "text-properties"), child(style, "paragraph-properties")
    slant = attribute(letters, "font-style") if letters is not None else ""
    weight = attribute(letters, "font-weight") if letters is not None else ""
    shown = attribute(letters, "display") if letters is not None else ""
    space = attribute(paragraph, "margin-top") if paragraph is not None else ""
    page = attribute(paragraph, "break-before") if paragraph is not None else ""
    level = attribute(style, "default-outline-level")
    name = (attribute(style, "display-name") or attribute(style, "name")).replace("_20_", " ") if named else ""
    return NamedStyle(
        name,
        attribute(style, "parent-style-name"),
        italic=slant in ("italic", "oblique") if slant else None,
        bold=weight not in ("normal", "") if weight else None,
        hidden=shown == "none" if shown else None,
        level=int(level) if level.isdecimal() else None,
        space=in_em(space) * 12 if space else None,
        new_page=page == "page" if page else None,
    )


class _Walk:
    """Walks through a document and writes its blocks."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._writer = BlockWriter()
        self._later: list[Element] = []

    def finish(self) -> Blocks:
        """Return what was written."""
        return self._writer.finish()

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs, lists and tables inside an element."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element)
            elif name == "table":
                self._table(element)
            elif name in _PASSED and attribute(element, "display") != "none":
                self.blocks(element)

    def _table(self, table: Element) -> None:
        """Write a table row by row; a row whose cells hold one paragraph each becomes one block."""
        for row in _rows(table):
            cells = list(children(row, "table-cell"))
            if all(sum(1 for _ in cell) <= 1 and child(cell, "table") is None for cell in cells):
                self._writer.boundary()
                for cell in cells:
                    self._writer.cell()
                    for paragraph in children(cell, "p", "h"):
                        self._words(paragraph, NamedStyle(), heading=False)
                self._writer.boundary()
            else:
                for cell in cells:
                    self.blocks(cell)

    def _paragraph(self, paragraph: Element) -> None:
        """Write a paragraph or heading, then the notes and text boxes that hang on it."""
        writer = self._writer
        style = resolved(self._styles, attribute(paragraph, "style-name"))
        if local(paragraph) == "h":
            level = attribute(paragraph, "outline-level")
            style = style._replace(level=int(level) if level.isdecimal() else 1)
        start, mark = writer.length, begin_paragraph(writer, style)
        self._words(paragraph, style, heading=mark is not None and mark.kind == "heading")
        end_paragraph(writer, style, start)
        if mark is not None:
            writer.close(mark)
        later, self._later = self._later, []
        for body, noted in _later_bodies(later):
            note = writer.open("footnote") if noted else None
            self.blocks(body)
            writer.boundary()
            if note is not None:
                writer.close(note)

    def _words(self, parent: Element, style: NamedStyle, *, heading: bool) -> None:
        """Write the words inside a paragraph or span, all of one look but for the spans within."""
        opened = open_letters(self._writer, style, heading=heading)
        self._text(parent.text, style)
        for element in parent:
            name = local(element)
            if name in _INLINE:
                for mark in opened:
                    self._writer.close(mark)
                inner = merged(resolved(self._styles, attribute(element, "style-name")), style)
                self._words(element, inner, heading=heading)
                opened = open_letters(self._writer, style, heading=heading)
            else:
                self._inside(element, style)
            self._text(element.tail, style)
        for mark in opened:
            self._writer.close(mark)

    def _text(self, words: str | None, style: NamedStyle) -> None:
        if words and not style.hidden:
            self._writer.words(words)

    def _inside(self, element: Element, style: NamedStyle) -> None:
        """Write what stands between the letters."""
        match local(element):
            case "line-break":
                self._writer.line_break()
            case "s" | "tab":
                self._writer.space()
            case "note":
                self._later.append(element)
            case "frame" | "custom-shape" | "text-box":
                self._later.extend(element.iter("{*}text-box"))
            case name if name in _FIELDS:
                self._text(element.text, style)


def _later_bodies(later: list[Element]) -> Iterator[tuple[Element, bool]]:
    """Yield the bodies of notes and text boxes, each with whether it is a note."""
    for element in later:
        body = child(element, "note-body") if local(element) == "note" else element
        if body is not None:
            yield body, local(element) == "note"


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table."""
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)
