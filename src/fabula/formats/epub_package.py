"""What an EPUB says of itself: its package document, spine, table of contents, and locks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fabula.errors import InputError
from fabula.formats.hypertext.page import read_page
from fabula.formats.intake.archive import Archive, attribute, child, children, resolve
from fabula.story.telling import Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Algorithms that hide fonts, never words."""

_STATEMENTS = ("publisher", "date", "source", "rights", "subject")


class Item(NamedTuple):
    """A file of the manifest.

    Attributes:
        member: its name in the archive.
        media_type: as stated.
        properties: as stated, e.g. `nav`.
    """

    member: str
    media_type: str
    properties: tuple[str, ...]


class Package(NamedTuple):
    """The package document.

    Attributes:
        member: its name in the archive.
        metadata: title, authors, language, series and more.
        spine: documents in reading order, each with whether it belongs to the running text (`linear`).
        missing: names of documents that the spine asks for and the archive lacks.
        contents: title of each entry of the table of contents, by document, in order.
        front: documents that the guide calls title page, contents or the like.
    """

    member: str
    metadata: Metadata
    spine: tuple[tuple[Item, bool], ...]
    missing: tuple[str, ...]
    contents: dict[str, list[str]]
    front: frozenset[str]


def check_locks(archive: Archive) -> None:
    """Refuse a book whose words are encrypted.

    Raises:
        InputError: naming the first encrypted member.
    """
    if not archive.has(_ENCRYPTION):
        return
    for entry in children(archive.xml(_ENCRYPTION, lenient=True), "EncryptedData"):
        method, reference = child(entry, "EncryptionMethod"), child(entry, "CipherData", "CipherReference")
        algorithm = attribute(method, "Algorithm") if method is not None else ""
        if algorithm not in _FONTS_ONLY:
            member = attribute(reference, "URI") if reference is not None else _ENCRYPTION
            raise InputError(
                "this book is encrypted (DRM), so its words cannot be read",
                where=f"{archive.name}: {member}",
                advice="Use a copy without DRM",
            )


def read_package(archive: Archive) -> Package:
    """Read the package document and the table of contents.

    Raises:
        InputError: when there is none, or it names no document that exists.
    """
    member = _package_member(archive)
    root = archive.xml(member, lenient=True)
    items = {
        attribute(item, "id"): Item(
            _existing(archive, resolve(member, attribute(item, "href"))),
            attribute(item, "media-type"),
            tuple(attribute(item, "properties").split()),
        )
        for item in children(child(root, "manifest"), "item")
    }
    spine, missing = [], []
    for reference in children(child(root, "spine"), "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or not archive.has(item.member):
            missing.append(item.member if item else attribute(reference, "idref"))
        elif "nav" not in item.properties and "ncx" not in item.media_type:
            spine.append((item, attribute(reference, "linear") != "no"))
    if not spine:
        raise InputError(
            "this book names no document that is in it", where=f"{archive.name}: {member}", advice="Fetch it again"
        )
    return Package(
        member,
        _metadata(child(root, "metadata")),
        tuple(spine),
        tuple(missing),
        _contents(archive, root, items),
        frozenset(_front(root, member)),
    )


def _package_member(archive: Archive) -> str:
    """Return the name of the package document, from the container or, where that is missing, by its ending."""
    if archive.has(_CONTAINER):
        for rootfile in children(child(archive.xml(_CONTAINER, lenient=True), "rootfiles"), "rootfile"):
            member = _existing(archive, resolve("", attribute(rootfile, "full-path")))
            if archive.has(member):
                return member
    found = next((member for member in archive.members if member.lower().endswith(".opf")), None)
    if found is None:
        raise InputError("this EPUB has no package document (.opf)", where=archive.name, advice="Fetch it again")
    return found


def _existing(archive: Archive, member: str) -> str:
    """Return the member of that name, whatever its case; the name itself where there is none."""
    if archive.has(member):
        return member
    folded = member.casefold()
    return next((one for one in archive.members if one.casefold() == folded), member)


def _text(element: Element | None) -> str:
    """Return all words inside an element, on one line."""
    return " ".join("".join(str(words) for words in element.itertext()).split()) if element is not None else ""


def _metadata(element: Element | None) -> Metadata:
    """Return what the package states of the book."""
    if element is None:
        return Metadata(format="epub")
    inner = next(children(element, "dc-metadata"), element)
    titles = list(children(inner, "title"))
    main = next((t for t in titles if _refined(element, t, "title-type") == "main"), titles[0] if titles else None)
    creators = [
        _text(creator)
        for creator in children(inner, "creator")
        if (attribute(creator, "role") or _refined(element, creator, "role") or "aut") == "aut"
    ]
    more = [("series", series) for series in _series(element)]
    summary = " ".join(read_page(_text(next(children(inner, "description"), None))).blocks.text.split())
    if summary:
        more.append(("summary", summary))
    for name in _STATEMENTS:
        more.extend((name, _text(found)) for found in children(inner, name) if _text(found))
    return Metadata(
        title=_text(main),
        author=", ".join(filter(None, creators)),
        language=_language(_text(next(children(inner, "language"), None))),
        format="epub",
        more=tuple(more),
    )


def _language(stated: str) -> str:
    """Return a language tag in its usual form; empty for one that says nothing."""
    return "" if stated.casefold() in ("und", "zxx", "unknown") else stated.replace("_", "-")


def _refined(metadata: Element, element: Element, name: str) -> str:
    """Return what an EPUB 3 `<meta refines>` says of an element; empty where none does."""
    wanted = f"#{attribute(element, 'id')}"
    for meta in children(metadata, "meta"):
        if attribute(meta, "refines") == wanted and attribute(meta, "property") == name:
            return _text(meta)
    return ""


def _series(metadata: Element) -> Iterator[str]:
    """Yield the series a book belongs to, as `Part 2 of Name`."""
    metas = list(children(metadata, "meta"))
    named = {attribute(meta, "name"): attribute(meta, "content") for meta in metas}
    found = [
        (_text(meta), _refined(metadata, meta, "group-position"))
        for meta in metas
        if attribute(meta, "property") == "belongs-to-collection"
    ]
    if named.get("calibre:series"):
        found.append((named["calibre:series"], named.get("calibre:series_index", "")))
    for name, number in dict(found).items():
        yield f"Part {number.removesuffix('.0')} of {name}" if number else name


def _contents(archive: Archive, root: Element, items: dict[str, Item]) -> dict[str, list[str]]:
    """Return the titles of the table of contents by document: of the navigation document, else of the NCX."""
    found: dict[str, list[str]] = {}
    navs = [item for item in items.values() if "nav" in item.properties]
    spine = child(root, "spine")
    named = items.get(attribute(spine, "toc")) if spine is not None else None
    by_type = [item for item in items.values() if "ncx" in item.media_type]
    for item in (*navs, *([named] if named else []), *by_type):
        if found or not archive.has(item.member):
            continue
        try:
            table = archive.xml(item.member, lenient=True)
        except InputError:
            continue  # titles are a help, not words of the book
        for title, reference in _nav_entries(table) if item in navs else _ncx_entries(table):
            if title:
                found.setdefault(_existing(archive, resolve(item.member, reference)), []).append(title)
    return found


def _nav_entries(root: Element) -> Iterator[tuple[str, str]]:
    """Yield title and reference of the entries of an EPUB 3 navigation document."""
    for nav in root.iter("{*}nav"):
        if attribute(nav, "type") in ("toc", ""):
            for link in nav.iter("{*}a"):
                yield _text(link), attribute(link, "href")


def _ncx_entries(root: Element) -> Iterator[tuple[str, str]]:
    """Yield title and reference of the entries of an EPUB 2 table of contents."""
    for point in root.iter("{*}navPoint"):
        content = child(point, "content")
        if content is not None:
            yield _text(child(point, "navLabel")), attribute(content, "src")


def _front(root: Element, member: str) -> Iterator[str]:
    """Yield the documents that the guide calls title page, contents or the like."""
    for reference in children(child(root, "guide"), "reference"):
        if attribute(reference, "type").lower() in ("title-page", "toc", "cover", "copyright-page", "colophon"):
            yield resolve(member, attribute(reference, "href"))
