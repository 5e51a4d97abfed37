"""What the names that authors and e-book makers give to elements mean: classes, `role`, `epub:type`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fabula.formats.hypertext.markup import Tag
from fabula.story.telling import MarkKind

_BREAK = re.compile(
    r"(?:(?:scene|section|sect|thought|time|text|story|ornament(?:al)?)[-_]?(?:break|brk|sep(?:arator)?|divider|space)"
    r"|separator|divider|ornament|asterism|dinkus|fleuron|whitespace[-_]?break|scene[-_]?change|tb)[-_]?\d*\Z"
)
_BREAK_IMAGE = re.compile(
    r"(?:scene|section)[-_ ]?(?:break|divider)|divider|separator|ornament|fleuron|dinkus|asterism"
)
_FOOTNOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote doc-endnotes".split()
)
_REFERENCES = frozenset("noteref doc-noteref fnanchor footnote-ref footnoteref footnote-reference".split())
_PAGE_TYPES = frozenset("pagebreak doc-pagebreak".split())
_PAGE_CLASSES = frozenset("pagenum pageno page-number pagenumber".split())
_VERSE = re.compile(r"(?:poem|poetry|verse|stanza|lyrics?|song|hymn|linegroup|z3998:(?:verse|poem|song|hymn))\Z")
_QUOTED = frozenset("epigraph letter z3998:letter doc-epigraph blockquote".split())
_FRONT = frozenset(
    """
    cover titlepage halftitlepage title-page half-title-page copyright-page copyrightpage imprint colophon toc
    doc-cover doc-toc doc-colophon
    """.split()
)


def names_of(attributes: Mapping[str, str]) -> set[str]:
    """Return classes, roles and types of an element, in lower case."""
    written = (attributes.get(name, "") for name in ("class", "role", "epub:type"))
    return set(" ".join(written).lower().split())


def breaks_scene(attributes: Mapping[str, str]) -> bool:
    """Whether an element is named as a scene break, or is an image that shows one."""
    if "src" in attributes:
        shown = f"{attributes.get('alt', '')} {attributes['src'].rpartition('/')[2][:80]}".lower()
        if _BREAK_IMAGE.search(shown):
            return True
    return any(_BREAK.match(name) for name in names_of(attributes))


def is_reference(attributes: Mapping[str, str]) -> bool:
    """Whether a link is the number of a footnote in the running text."""
    return not _REFERENCES.isdisjoint(names_of(attributes))


def is_unread(tag: Tag) -> bool:
    """Whether an element holds the number of a printed page, which is no word of the telling."""
    attributes = tag.attributes
    types = f"{attributes.get('epub:type', '')} {attributes.get('role', '')}".lower().split()
    if not _PAGE_TYPES.isdisjoint(types):
        return True
    return tag.name in ("span", "a", "small") and not _PAGE_CLASSES.isdisjoint(names_of(attributes))


def mark_of(tag: Tag) -> tuple[MarkKind, str] | None:
    """Return kind and value of the mark that a block asks for; None where it asks for none."""
    names = names_of(tag.attributes)
    if names & _FOOTNOTES and tag.name != "body":
        return "footnote", ""
    if names & _FRONT:
        return "preface", ""
    if any(_VERSE.match(name) for name in names):
        return "verse", ""
    if tag.name == "blockquote" or names & _QUOTED:
        return "quotation", ""
    return None
