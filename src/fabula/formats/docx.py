"""Word documents (.docx, .docm, .dotx): styles, italics, tables, notes; as if all tracked changes were accepted.

Read from the archive itself, not through python-docx: that would open the zip a second time past the limits of
`fabula.formats.intake.archive`, refuses documents with macros and the strict variant of the format, and hides
footnotes and tracked insertions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fabula.errors import InputError
from fabula.formats.intake.archive import (
    Archive,
    attribute,
    child,
    children,
    local,
    looks_zipped,
    open_archive,
    resolve,
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

_MAIN = "word/document.xml"
_RELATIONS = "_rels/.rels"
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "Fallback"})
_PASSED = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"})
_BOXED = frozenset({"AlternateContent", "Choice", "drawing", "pict", "object"})
_LETTERS = {"tab": " ", "noBreakHyphen": "-", "ptab": " "}
_PROPERTIES = {
    "title": "",
    "creator": "",
    "language": "",
    "subject": "subject",
    "description": "summary",
    "keywords": "tag",
}


def detects(source: Source) -> bool:
    """Whether a source is a Word document, whole or cut short."""
    return looks_zipped(source.data) and (
        _MAIN.encode() in source.data
        or (b"[Content_Types].xml" in source.data and source.suffix in (".docx", ".docm", ".dotx", ".dotm"))
    )


def read(source: Source) -> Telling:
    """Read a Word document as a telling.

    Raises:
        InputError: when it is damaged, encrypted, forged, or holds no text.
    """
    archive = open_archive(source)
    member = _main_member(archive)
    body = child(archive.xml(member), "body")
    if body is None:
        raise InputError("this document has no body", where=f"{source.name}: {member}", advice="Save it again")
    folder = member.rpartition("/")[0]
    walk = _Walk(_styles(archive, f"{folder}/styles.xml"), _notes(archive, folder))
    walk.blocks(body)
    return telling_of(source, walk.finish(), _metadata(archive))


def _main_member(archive: Archive) -> str:
    """Return the name of the document's main part."""
    if archive.has(_RELATIONS):
        for relation in children(archive.xml(_RELATIONS), "Relationship"):
            if attribute(relation, "Type").endswith("/officeDocument"):
                return resolve("", attribute(relation, "Target").lstrip("/"))
    return _MAIN


def _metadata(archive: Archive) -> Metadata:
    """Return what the document's properties say."""
    root = archive.xml("docProps/core.xml", lenient=True) if archive.has("docProps/core.xml") else None
    said = {local(element): (element.text or "").strip() for element in children(root, *_PROPERTIES)}
    title = said.get("title", "")
    more = tuple((name, said[key]) for key, name in _PROPERTIES.items() if name and said.get(key))
    return Metadata(title, said.get("creator", ""), said.get("language", ""), "docx", "", more)


def _styles(archive: Archive, member: str) -> dict[str, NamedStyle]:
    """Return the named styles."""
    if not archive.has(member):
        return {}
    found = {}
    for style in children(archive.xml(member), "style"):
        name, parent = child(style, "name"), child(style, "basedOn")
        own = merged(_letters(child(style, "rPr")), _paragraph_style(child(style, "pPr")))
        found[attribute(style, "styleId")] = own._replace(
            name=attribute(name, "val") if name is not None else "",
            parent=attribute(parent, "val") if parent is not None else "",
        )
    return found


def _on(properties: Element, name: str) -> bool | None:
    """Return whether a property is switched on; None where it is not mentioned."""
    found = child(properties, name)
    return None if found is None else attribute(found, "val") not in ("0", "false", "off", "none")


def _letters(properties: Element | None) -> NamedStyle:
    """Return what the properties of a run say."""
    if properties is None:
        return NamedStyle()
    return NamedStyle(
        italic=_on(properties, "i"), bold=_on(properties, "b"), hidden=_on(properties, "vanish") or None
    )


def _paragraph_style(properties: Element | None) -> NamedStyle:
    """Return what the properties of a paragraph say."""
    if properties is None:
        return NamedStyle()
    outline, spacing = child(properties, "outlineLvl"), child(properties, "spacing")
    level = int(attribute(outline, "val") or 9) + 1 if outline is not None else None
    before = attribute(spacing, "before") if spacing is not None else ""
    return NamedStyle(
        level=level if level is None or level <= 6 else 0,
        space=int(before) / 20 if before.isdecimal() else None,
        new_page=_on(properties, "pageBreakBefore"),
    )


def _notes(archive: Archive, folder: str) -> dict[str, Element]:
    """Return the footnotes and endnotes by kind and number."""
    found = {}
    for kind in ("footnote", "endnote"):
        member = f"{folder}/{kind}s.xml"
        if archive.has(member):
            for note in children(archive.xml(member), kind):
                found[kind + attribute(note, "id")] = note
    return found


class _Walk:
    """Walks through a document and writes its blocks."""

    def __init__(self, styles: Styles, notes: dict[str, Element]) -> None:
        self._styles, self._notes = styles, notes
        self._writer = BlockWriter()
        self._later: list[Element] = []

    def finish(self) -> Blocks:
        """Return what was written."""
        return self._writer.finish()

    def blocks(self, parent: Element) -> None:
        """Write the paragraphs and tables inside an element."""
        for element in parent:
            match local(element):
                case "p":
                    self._paragraph(element)
                case "tbl":
                    self._table(element)
                case name if name in _PASSED:
                    self.blocks(element)

    def _table(self, table: Element) -> None:
        """Write a table row by row; a row whose cells hold one paragraph each becomes one block."""
        for row in _rows(table):
            cells = list(_cells(row))
            if all(sum(1 for _ in children(cell, "p", "tbl")) == 1 for cell in cells):
                self._writer.boundary()
                for cell in cells:
                    self._writer.cell()
                    self._paragraph_words(next(children(cell, "p", "tbl")), NamedStyle(), heading=False)
                self._writer.boundary()
            else:
                for cell in cells:
                    self.blocks(cell)

    def _paragraph(self, paragraph: Element) -> None:
        """Write a paragraph, then the notes and text boxes that hang on it."""
        writer, properties = self._writer, child(paragraph, "pPr")
        named = child(properties, "pStyle")
        style = resolved(self._styles, attribute(named, "val") if named is not None else "")
        style = merged(_paragraph_style(properties), style)
        start, mark = writer.length, begin_paragraph(writer, style)
        self._paragraph_words(paragraph, style, heading=mark is not None and mark.kind == "heading")
        ruled = child(properties, "pBdr") is not None or _has_rule(paragraph)
        end_paragraph(writer, style, start, ruled=ruled)
        if mark is not None:
            writer.close(mark)
        later, self._later = self._later, []
        for note in later:
            self._note(note)

    def _note(self, note: Element) -> None:
        """Write a footnote, or a text box."""
        boxed = local(note) == "txbxContent"
        mark = None if boxed else self._writer.open("footnote")
        self.blocks(note)
        self._writer.boundary()
        if mark is not None:
            self._writer.close(mark)

    def _paragraph_words(self, parent: Element, style: NamedStyle, *, heading: bool) -> None:
        """Write the runs inside a paragraph or a part of one."""
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, style, heading=heading)
            elif name in _PASSED or name == "p":
                self._paragraph_words(element, style, heading=heading)

    def _run(self, run: Element, style: NamedStyle, *, heading: bool) -> None:
        """Write a run of letters of one look."""
        properties = child(run, "rPr")
        named = child(properties, "rStyle")
        if named is not None:
            style = merged(resolved(self._styles, attribute(named, "val")), style)
        style = merged(_letters(properties), style)
        if style.hidden:
            return
        opened = open_letters(self._writer, style, heading=heading)
        for element in run:
            self._letter(element)
        for mark in opened:
            self._writer.close(mark)

    def _letter(self, element: Element) -> None:
        """Write what stands in a run."""
        name, writer = local(element), self._writer
        if name == "t":
            writer.words(element.text or "")
        elif name in _LETTERS:
            writer.words(_LETTERS[name])
        elif name == "br" and attribute(element, "type") in ("page", "column"):
            writer.scene_break()
        elif name in ("br", "cr"):
            writer.line_break()
        elif name in ("footnoteReference", "endnoteReference"):
            note = self._notes.get(name.removesuffix("Reference") + attribute(element, "id"))
            self._later.extend([] if note is None else [note])
        elif name == "ruby":
            for run in children(child(element, "rubyBase"), "r"):
                self._run(run, NamedStyle(), heading=True)
        elif name in _BOXED:
            self._later.extend(_boxes(element))


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table that are not deleted."""
    for element in table:
        if local(element) == "tr":
            if child(element, "trPr", "del") is None:
                yield element
        elif local(element) in _PASSED:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row."""
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in _PASSED:
            yield from _cells(element)


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes inside a drawing, each once."""
    for part in element:
        if local(part) == "txbxContent":
            yield part
        elif local(part) not in _GONE:
            yield from _boxes(part)


def _has_rule(paragraph: Element) -> bool:
    """Whether a paragraph is a horizontal rule."""
    return any(attribute(shape, "hr") in ("t", "true", "1") for shape in paragraph.iter("{*}rect"))
