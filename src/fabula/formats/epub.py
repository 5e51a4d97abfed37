"""EPUB 2 and 3: a zip archive of pages, read in the order of its spine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from fabula.formats import ao3
from fabula.formats.epub_package import Package, check_locks, read_package
from fabula.formats.hypertext.css import Sheet, parse_sheet
from fabula.formats.hypertext.markup import decode_markup
from fabula.formats.hypertext.page import Page, read_page
from fabula.formats.intake.archive import Archive, looks_zipped, open_archive, resolve, stated_type
from fabula.formats.source import Source
from fabula.formats.writing.blocks import Block, Blocks, checked, concatenated, settled_marks
from fabula.story.telling import Anchor, Mark, Metadata, SourceMap, Telling

_TYPE = "application/epub+zip"
_NO_HEADINGS = frozenset({"cover", "start", "titlepage", "copyright", "contents", "tableofcontents", "bookcover"})
"""Entries of tables of contents that point at a page and name no chapter; letters and digits only."""

_HEADING_CLASS = re.compile(
    r"(?:ch|chap|chapter|part|section)[-_]?(?:title|head(?:ing)?|number|num|name|no)\d*\Z|heading\d*\Z"
)
_HEADING_DEPTH = 4
"""Blocks at the start of a document among which its title is looked for."""

_PAGES = ("html", "xml", "")


class Document(NamedTuple):
    """One document of the spine, read.

    Attributes:
        member: its name in the archive.
        blocks: its text.
        added: 1 where the first block is a heading from the table of contents, else 0.
    """

    member: str
    blocks: Blocks
    added: int


def detects(source: Source) -> bool:
    """Whether a source is an EPUB, whole or cut short."""
    if not looks_zipped(source.data):
        return False
    if stated_type(source.data) == _TYPE or b"META-INF/container.xml" in source.data:
        return True
    return source.suffix == ".epub"


def read(source: Source) -> Telling:
    """Read an EPUB as a telling.

    Raises:
        InputError: when it is damaged, encrypted, forged, or holds no words.
    """
    archive = open_archive(source)
    check_locks(archive)
    package = read_package(archive)
    documents, metadata = _documents(archive, package)
    whole = checked(concatenated([document.blocks for document in documents]), source.name)
    found = ao3.recognised(whole)
    marks, anchors = _mapped(documents)
    blocks = whole._replace(marks=(*whole.marks, *marks, *found.marks))
    return Telling(
        source.stem, blocks.text, settled_marks(blocks), ao3.with_found(metadata, found), SourceMap(tuple(anchors))
    )


def _documents(archive: Archive, package: Package) -> tuple[list[Document], Metadata]:
    """Read the documents of the spine: those of the running text first, then the rest (notes)."""
    styles: dict[str, Sheet] = {}
    documents = []
    titles = []
    for item, _ in sorted(package.spine, key=lambda entry: not entry[1]):
        if not any(kind in item.media_type for kind in _PAGES) or "svg" in item.media_type:
            continue
        page = _read(archive, item.member, styles)
        blocks = _with_heading(page.blocks, package.contents.get(item.member, []))
        if item.member in package.front and blocks.text:
            blocks = blocks._replace(marks=(*blocks.marks, Mark(0, len(blocks.text), "preface")))
        documents.append(Document(item.member, blocks, len(blocks.blocks) - len(page.blocks.blocks)))
        titles.append(page.language)
    metadata = package.metadata
    if not metadata.language:
        metadata = replace(metadata, language=next(filter(None, titles), ""))
    missing = tuple(("missing document", name) for name in package.missing)
    return documents, replace(metadata, more=(*metadata.more, *missing))


def _read(archive: Archive, member: str, styles: dict[str, Sheet]) -> Page:
    """Read one document with the style sheets it links to."""
    text, _ = decode_markup(archive.read(member))
    return read_page(text, where=f"{archive.name}: {member}", stylesheet=_finder(archive, member, styles))


def _finder(archive: Archive, base: str, styles: dict[str, Sheet]) -> Callable[[str], Sheet]:
    """Return what gives the style sheets that a document links to, each read once."""

    def find(reference: str) -> Sheet:
        member = resolve(base, reference)
        if member not in styles:
            written = decode_markup(archive.read(member))[0] if archive.has(member) else ""
            styles[member] = parse_sheet(written)
        return styles[member]

    return find


def _plain(words: str) -> str:
    """Return the letters and digits of a title, for comparison."""
    return "".join(filter(str.isalnum, words.casefold()))


def _with_heading(blocks: Blocks, titles: list[str]) -> Blocks:
    """Return a document with the heading that the table of contents gives it, where it marks none itself.

    Paragraphs that say the title, or else those whose class says so, are marked as headings; a title that no
    paragraph says is put in front.
    """
    run = blocks.blocks
    if not run or any(block.heading for block in run):
        return blocks
    said = [_plain(blocks.text[block.start : block.end]) if block.end - block.start < 200 else "" for block in run]
    found: list[Block] = []
    after = 0
    for title in titles:
        first, last = _saying(said, _plain(title), after, len(run) if after else _HEADING_DEPTH)
        found.extend(run[first:last])
        after = max(after, last)
    found = found or [block for block in run[:_HEADING_DEPTH] if _named_heading(block)]
    if found:
        return _as_headings(blocks, {block.start for block in found})
    if not titles or not _plain(titles[0]) or _plain(titles[0]) in _NO_HEADINGS:
        return blocks
    end = len(titles[0])
    heading = Blocks(titles[0], (Mark(0, end, "heading", "2"),), (Block(0, end, None, heading=True),))
    return concatenated([heading, blocks])


def _named_heading(block: Block) -> bool:
    """Whether the class of a short paragraph says that it is a heading."""
    classes = block.element.classes if block.element else ()
    return block.end - block.start < 200 and any(_HEADING_CLASS.match(name) for name in classes)


def _as_headings(blocks: Blocks, starts: set[int]) -> Blocks:
    """Return blocks with the paragraphs that start at `starts` made headings."""
    marks = (
        mark._replace(kind="heading", value="2") if mark.kind == "paragraph" and mark.start in starts else mark
        for mark in blocks.marks
    )
    run = (block._replace(heading=True) if block.start in starts else block for block in blocks.blocks)
    return blocks._replace(marks=tuple(marks), blocks=tuple(run))


def _saying(said: list[str], title: str, start: int, end: int) -> tuple[int, int]:
    """Return first and last (exclusive) index of the blocks, up to three in a row, whose words are a title.

    Args:
        said: letters and digits of each block.
        title: those of the title.
        start: index of the first block that may begin it.
        end: index after the last one that may.
    """
    for first in range(start, min(end, len(said)) if title else start):
        words = ""
        for last in range(first, min(first + 3, len(said))):
            if not said[last]:
                break
            words += said[last]
            if words == title:
                return first, last + 1
            if not title.startswith(words):
                break
    return 0, 0


def _mapped(documents: list[Document]) -> tuple[list[Mark], list[Anchor]]:
    """Return a mark for each document, and an anchor for each of its paragraphs."""
    marks: list[Mark] = []
    anchors: list[Anchor] = []
    at = 0
    for member, blocks, added in documents:
        if not blocks.text:
            continue
        at += 2 if anchors else 0
        marks.append(Mark(at, at + len(blocks.text), "document", member))
        anchors.extend(
            Anchor(at + block.start, member, paragraph=max(1, number))
            for number, block in enumerate(blocks.blocks, 1 - added)
        )
        at += len(blocks.text)
    return marks, anchors
