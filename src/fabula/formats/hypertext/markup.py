"""HTML and XHTML as a row of tags and words, each with its place in the source.

A scanner, not a tree: every word keeps its line and column; time is linear whatever the mistakes; nothing is nested
too deep (tree builders cut off or slow down at some depth, and old pages never close their `<font>`); there are no
entities to expand, so an XHTML file of an EPUB cannot blow up; and XHTML with mistakes is read like any other.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fabula.errors import InputError
from fabula.formats.intake.decode import mended

_TOKEN = re.compile(
    r"""<(?: !--(?P<comment>.*?)(?:--!?>|\Z)
         |   !\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)
         |   (?P<declaration>[!?](?:[^\[>]|\[(?:[^\]"']|"[^"]*"|'[^']*'){0,20000}+\])*+>)
         |   /(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+>
         |   (?P<start>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[^"'>]|"[^"]*"|'[^']*')*+)>
         |   (?P<broken>/?[a-zA-Z!?]) )""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""\A<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WEB_NAMES = {
    # What browsers take these labels to mean: https://encoding.spec.whatwg.org/#names-and-labels
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_NESTED_ENTITY = re.compile(r"""<!ENTITY\s+(?!%)[^>"']*["'][^"'>]*&[^#"'>][^"'>]*["']""")


class Tag(NamedTuple):
    """A tag.

    Attributes:
        name: in lower case.
        attributes: names in lower case, entities decoded; empty for end tags.
        kind: `start`, `end`, or `empty` for one that closes itself.
        at: code point of its `<` in the source.
        raw: what a script, style sheet, title or the like holds up to its end tag, undecoded; its end tag is
            swallowed and it counts as `empty`.
    """

    name: str
    attributes: Mapping[str, str]
    kind: str
    at: int
    raw: str = ""


class Words(NamedTuple):
    """Running text as written, entities not yet decoded.

    Attributes:
        text: with its white space.
        at: code point of its first character in the source.
        literal: True where `&` means itself (CDATA).
    """

    text: str
    at: int
    literal: bool = False


Token = Tag | Words
"""What a page is made of."""

_PIECE = re.compile(r"\s+|&(?:#?\w+;?)?|[^\s&]+(?: [^\s&]+)*")


def pieces(words: Words) -> Iterator[tuple[str, int]]:
    """Yield running text decoded, white space apart from words, each piece with its place in the source."""
    for match in _PIECE.finditer(words.text):
        piece = match[0]
        decoded = html.unescape(piece) if piece[0] == "&" and not words.literal else piece
        yield decoded, words.at + match.start()


def scan(source: str, *, where: str = "") -> Iterator[Token]:
    """Yield the tags and words of a page in order; comments and declarations are left out.

    Args:
        source: decoded, line ends as newline characters.
        where: file and member, for messages.

    Raises:
        InputError: when it declares entities made of other entities.
    """
    at = 0
    unclosed: set[str] = set()
    while match := _TOKEN.search(source, at):
        token = _token(source, match, where, unclosed)
        if token is None:  # a "<" that opens nothing: it stays a word
            yield Words(source[at:], at)
            return
        if match.start() > at:
            yield Words(source[at : match.start()], at)
        found, at = token
        if found is not None:
            yield found
    if at < len(source):
        yield Words(source[at:], at)


def _token(source: str, match: re.Match[str], where: str, unclosed: set[str]) -> tuple[Token | None, int] | None:
    """Return what a match means and where it ends; None where no tag can end after it."""
    at, kind = match.start(), match.lastgroup
    if kind == "end":
        return Tag(match["end"].lower(), {}, "end", at), match.end()
    if kind == "attributes":
        return _start_tag(source, match, unclosed)
    if kind == "cdata":
        return Words(match["cdata"], match.start("cdata"), literal=True), match.end()
    if kind == "declaration" and _NESTED_ENTITY.search(match["declaration"]):
        raise InputError(
            "this page declares entities made of other entities, which can blow up when they are expanded",
            where=where or None,
            advice="Save it anew",
        )
    if kind == "broken":  # an unpaired quotation mark in a tag: the tag ends at the next ">"
        end = source.find(">", at)
        if end < 0:
            return None
        name = re.match(r"/?([a-zA-Z][^\s/>]*)?", source[at + 1 : at + 80])
        if name is None or not name[1]:
            return None, end + 1
        closing = source[at + 1] == "/"
        return Tag(name[1].lower(), {}, "end" if closing else "start", at), end + 1
    return None, match.end()


def _closing(name: str) -> re.Pattern[str]:
    """Return what ends an element that holds no tags."""
    return re.compile(rf"</{name}\b[^>]*+(?:>|\Z)", re.IGNORECASE)


def _start_tag(source: str, match: re.Match[str], unclosed: set[str]) -> tuple[Tag, int]:
    """Return a start tag and where it ends, with the contents of elements that hold no tags.

    Names of such elements that never end are added to `unclosed`, so that their end is sought once only.
    """
    name, written = match["start"].lower(), match["attributes"]
    attributes = _attributes(written) if written and not written.isspace() else {}
    if written.endswith("/"):
        return Tag(name, attributes, "empty", match.start()), match.end()
    if name in _RAW:
        close = None if name in unclosed else _closing(name).search(source, match.end())
        if close:
            raw = source[match.end() : close.start()]
            return Tag(name, attributes, "empty", match.start(), raw), close.end()
        unclosed.add(name)
        return Tag(name, attributes, "empty", match.start()), match.end()
    return Tag(name, attributes, "start", match.start()), match.end()


def _attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match[2] or ""
        if value[:1] in ('"', "'"):
            value = value[1:-1]
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return found


def decode_markup(data: bytes) -> tuple[str, str]:
    """Decode a page as browsers do: byte order mark, XML declaration or `<meta charset>`, else UTF-8, else cp1252.

    Args:
        data: the whole file.

    Returns:
        The text with newline characters as line ends, and the name of the encoding. A few bytes of cp1252 in UTF-8
        are read as such; others that mean nothing in a declared encoding become U+FFFD.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _normalised(data[len(bom) :].decode(encoding, "replace")), encoding
    if data[:2] in (b"<\x00", b"\x00<"):
        encoding = "utf-16-le" if data[0] else "utf-16-be"
        return _normalised(data.decode(encoding, "replace")), encoding
    declared = _declared(data[:4096])
    try:
        return _normalised(data.decode(declared or "utf-8")), declared or "utf-8"
    except UnicodeDecodeError:
        words = mended(data) if declared in ("", "utf-8") else None
        if words is not None:
            return _normalised(words), "utf-8"
        return _normalised(data.decode(declared or "cp1252", "replace")), declared or "cp1252"


def _declared(head: bytes) -> str:
    """Return the encoding that a page names, as Python calls it; empty where it names none that exists."""
    match = _XML_ENCODING.search(head.lstrip()) or _CHARSET.search(head)
    if not match:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""
    return _WEB_NAMES.get(name, name)


def _normalised(text: str) -> str:
    """Return text with newline characters as line ends and without null characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
