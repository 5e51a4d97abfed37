"""HTML and XHTML files."""

from __future__ import annotations

import re
from bisect import bisect_right

from fabula.errors import InputError
from fabula.formats.hypertext.markup import decode_markup
from fabula.formats.hypertext.page import Page, read_page
from fabula.formats.source import Source, is_report
from fabula.formats.writing.blocks import Blocks, checked, settled_marks
from fabula.story import Anchor, Metadata, SourceMap, Telling, joined

_OPENING = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_USUAL = re.compile(r"</?(?:p|br|div|span|h[1-6]|i|em|b|strong|hr|blockquote)(?:\s[^<>]*)?/?>", re.I)
_OTHER_MARKUP = frozenset({".md", ".markdown", ".fountain", ".lrc"})
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author", "book:author")
_SUMMARIES = ("description", "dc.description", "og:description")


def detects(source: Source) -> bool:
    """Whether a source is a page, from its first tags."""
    head, _ = decode_markup(source.data[:4096])
    if _OPENING.match(head):
        return True
    if source.suffix in _OTHER_MARKUP:
        return False
    tags = len(_USUAL.findall(head))
    return tags >= 1 if source.suffix in (".html", ".htm", ".xhtml") else tags >= 4 and head.lstrip().startswith("<")


def read(source: Source) -> Telling:
    """Read a page as a telling.

    Raises:
        InputError: when the page holds no words, or declares entities made of other entities.
    """
    page, text, encoding = read_source(source)
    return Telling(
        source.stem,
        page.blocks.text,
        settled_marks(page.blocks),
        metadata_of(page, encoding),
        lined_map(page.blocks, text, source.name),
    )


def read_source(source: Source) -> tuple[Page, str, str]:
    """Return the page in a file, its decoded text, and the name of its encoding.

    Raises:
        InputError: when the page holds no words, or is a report of our own.
    """
    if is_report(source.data):
        raise InputError(
            "this is a report that Fabula wrote, not a text",
            where=source.name,
            advice=f"Give the text it tells of; to write it anew, say -o {source.name}",
        )
    text, encoding = decode_markup(source.data)
    page = read_page(text, where=source.name, placed=True)
    checked(page.blocks, source.name)
    return page, text, encoding


def metadata_of(page: Page, encoding: str) -> Metadata:
    """Return what the head of a page says."""
    author = next((page.meta[name] for name in _AUTHORS if page.meta.get(name)), "")
    title = page.title or page.meta.get("dc.title", "")
    if not title:
        first = next((mark for mark in page.blocks.marks if mark.kind == "heading"), None)
        title = joined(page.blocks.text, first.span) if first else ""
    summary = next((page.meta[name] for name in _SUMMARIES if page.meta.get(name)), "")
    more = (("summary", summary),) if summary else ()
    return Metadata(title, author, page.language, "html", encoding, more)


def lined_map(blocks: Blocks, text: str, file: str) -> SourceMap:
    """Return the way back from the text of a page to lines and columns of its source.

    Args:
        blocks: with the places noted while reading.
        text: decoded source.
        file: its name.
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    anchors: list[Anchor] = []
    expected = -1
    for offset, at in blocks.places:
        before = bisect_right(ends, at - 1)
        line, column = before + 1, at - (ends[before - 1] if before else -1)
        if at - offset != expected or line != anchors[-1].line:
            anchors.append(Anchor(offset, file, line, column))
            expected = at - offset
    if not anchors or anchors[0].offset:
        anchors.insert(0, Anchor(0, file, 1, 1))
    return SourceMap(tuple(anchors))
