"""Project Gutenberg's plain texts: the header, the licence and what they state, set apart from the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.formats.intake.decode import decode
from fabula.formats.source import Source
from fabula.formats.writing.builder import in_order
from fabula.formats.writing.emphasis import find_emphasis
from fabula.spans import Span
from fabula.story import Mark, Metadata, Telling

_I = re.IGNORECASE | re.MULTILINE
_HEAD_END = re.compile(
    r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG[^*]{0,400}\*\*\*[^\n]*\n?"
    r"|^\*END\*? ?THE SMALL PRINT![^\n]*\n?",
    _I,
)
_TAIL_START = re.compile(
    r"^\*{2,3} ?END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|^(?:This is the )?End of (?:the |this )?Project Gutenberg[’']?s?\b"
    r"|^\*\*\* ?START: FULL LICENSE"
    r"|^\*\*\*START\*\*THE SMALL PRINT!",
    _I,
)
_CREDIT = re.compile(
    r"\s*(?:Produced by|E-?text (?:prepared|produced|scanned) by"
    r"|This e(?:text|book) was (?:prepared|produced|scanned)"
    r"|Transcribed (?:from|by)|Prepared by|HTML version by|Credits:)[^\n]*(?:\n[ \t]*\S[^\n]*)*\n?",
    _I,
)
_NAMED = re.compile(
    r"^Project Gutenberg\b|\bProject Gutenberg(?:[’']s)?(?:\(tm\)|™)? (?:e-?text|e-?book|license)", _I
)
_FIELD = re.compile(r"^([A-Z][A-Za-z ]{2,24}):[ \t]+(\S[^\n]*(?:\n[ \t]{2,}\S[^\n]*)*)$", re.MULTILINE)
_OF_BY = re.compile(r"Project Gutenberg e-?(?:text|book) of (.+?),? by ([^\n\[]+)", re.IGNORECASE)
_HEADER_LIMIT = 30_000

_LANGUAGES = {
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "dutch": "nl",
    "portuguese": "pt",
    "finnish": "fi",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "polish": "pl",
    "hungarian": "hu",
    "russian": "ru",
    "greek": "el",
    "latin": "la",
    "chinese": "zh",
    "japanese": "ja",
    "esperanto": "eo",
    "catalan": "ca",
    "czech": "cs",
}
_KEPT = ("translator", "editor", "illustrator", "release date", "posting date", "original publication", "series")


def detects(source: Source) -> bool:
    """Whether this is a text of Project Gutenberg's: its name, and its mark where a header or the licence begins."""
    for part in (source.data[:_HEADER_LIMIT], source.data[-_HEADER_LIMIT:]):
        words = part.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("latin-1")
        if _NAMED.search(words) and (_HEAD_END.search(words) or _TAIL_START.search(words)):
            return True
    return False


def read(source: Source) -> Telling:
    """Make a telling of a Project Gutenberg text.

    The text is the whole file; `licence` marks cover the header (with the credits after it) and all from the end
    of the book on.

    Args:
        source: in any encoding.

    Raises:
        InputError: when it is empty, too large, or no text.
    """
    decoded = decode(source)
    head, tail = find_licence(decoded.text)
    marks = [Mark(span.start, span.end, "licence") for span in (head, tail) if span.length]
    body = Span(head.end, tail.start)
    emphasis = (mark for mark in find_emphasis(decoded.text) if body.holds(mark.span))
    metadata = _metadata(head.of(decoded.text), decoded.encoding)
    return Telling(
        source.stem, decoded.text, in_order([*marks, *emphasis]), metadata, decoded.source_map(source.name)
    )


def find_licence(text: str) -> tuple[Span, Span]:
    """Find what the distributor has put before and after the book.

    Args:
        text: the whole file.

    Returns:
        The header from 0 on and the licence to the end of the text; empty spans where there is none.
    """
    head = 0
    for match in _HEAD_END.finditer(text, 0, min(len(text), _HEADER_LIMIT)):
        if match[0].startswith("***") or match.start() <= len(text) // 2:
            head = match.end()
    credit = _CREDIT.match(text, head) if head else None
    if credit:
        head = credit.end()
    tail = next((match.start() for match in _TAIL_START.finditer(text, head)), len(text))
    return Span(0, head), Span(tail, len(text))


def _metadata(header: str, encoding: str) -> Metadata:
    fields = {name.lower(): value for name, value in _fields(header)}
    stated = _OF_BY.search(header)
    title, author = stated.groups() if stated else ("", "")
    language = fields.get("language", "").split(",")[0].strip().lower()
    return Metadata(
        title=fields.get("title", title.strip(" *")),
        author=fields.get("author", author.strip(" *")),
        language=_LANGUAGES.get(language, ""),
        format="gutenberg",
        encoding=encoding,
        more=tuple((name, fields[name]) for name in _KEPT if name in fields),
    )


def _fields(header: str) -> Iterator[tuple[str, str]]:
    for match in _FIELD.finditer(header):
        yield match[1], " ".join(match[2].split())
