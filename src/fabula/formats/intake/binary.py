"""What a file that is no text looks like, and what to do with it."""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.errors import InputError
from fabula.formats.source import Source


class Kind(NamedTuple):
    """A kind of file that holds no text as such.

    Attributes:
        what: with its article, for messages.
        advice: what to do, as a sentence without its full stop; empty for the usual advice.
    """

    what: str
    advice: str = ""


_CONVERT = "Convert it to text, DOCX or EPUB first (LibreOffice and calibre can)"
_UNPACK = "Unpack it and give the texts in it"
_USUAL = "Give a text, Markdown, HTML, EPUB, DOCX or ODT file"

_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind("a PDF", "Convert it to text or EPUB first (pdftotext and calibre can)")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Kind("an old or locked Office document (.doc)", "Save it as .docx, without a password"),
    ),
    (b"{\\rtf", Kind("a rich text (RTF) document", "Save it as .docx or .odt")),
    (
        b"SQLite format 3\x00",
        Kind(
            "a database (SQLite), perhaps a story file that was read before",
            "Open a .fabula file with `fabula cast`; here give the texts it was read from",
        ),
    ),
    (b"PK\x03\x04", Kind("a zip archive, but no EPUB, DOCX or ODT", _UNPACK)),
    (b"PK\x05\x06", Kind("an empty zip archive", _UNPACK)),
    (b"\x1f\x8b", Kind("a gzip archive", _UNPACK)),
    (b"BZh", Kind("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ\x00", Kind("an xz archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", Kind("a RAR archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind("a Zstandard archive", _UNPACK)),
    (b"\x89PNG\r\n\x1a\n", Kind("a PNG image")),
    (b"\xff\xd8\xff", Kind("a JPEG image")),
    (b"GIF87a", Kind("a GIF image")),
    (b"GIF89a", Kind("a GIF image")),
    (b"II*\x00", Kind("a TIFF image")),
    (b"MM\x00*", Kind("a TIFF image")),
    (b"AT&TFORM", Kind("a DjVu book", _CONVERT)),
    (b"ITSF", Kind("a compiled help file (CHM)", _CONVERT)),
    (b"\x7fELF", Kind("an executable program")),
    (b"MZ\x90\x00", Kind("an executable program")),
    (b"\xcf\xfa\xed\xfe", Kind("an executable program")),
    (b"\xca\xfe\xba\xbe", Kind("an executable program")),
    (b"\x00asm", Kind("an executable program")),
    (b"ID3", Kind("an MP3 recording")),
    (b"OggS", Kind("an Ogg recording")),
    (b"fLaC", Kind("a FLAC recording")),
    (b"wOFF", Kind("a font")),
    (b"wOF2", Kind("a font")),
    (b"\x00\x01\x00\x00\x00", Kind("a font")),
    (b"OTTO\x00", Kind("a font")),
)

_INNER_SIGNATURES: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"RIFF....WEBP", re.S), Kind("a WebP image")),
    (re.compile(rb"RIFF....WAVE", re.S), Kind("a WAV recording")),
    (re.compile(rb"....ftyp(?:avif|heic|mif1)", re.S), Kind("an AVIF or HEIC image")),
    (re.compile(rb"....ftyp", re.S), Kind("an MP4 video or recording")),
    (re.compile(rb"BM....\x00\x00\x00\x00", re.S), Kind("a BMP image")),
    (re.compile(rb".{60}(?:BOOKMOBI|TEXtREAd)", re.S), Kind("a Kindle book (MOBI)", _CONVERT)),
    (
        re.compile(rb"\s*<svg\b|\s*<\?xml[^>]*\?>\s*(?:<!--.*?-->\s*)?<svg\b", re.S),
        Kind("an SVG image"),
    ),
)

_UNKNOWN = Kind("a binary file of an unknown kind")
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_LOOK_AT = 1 << 16


def kind_of(data: bytes) -> Kind | None:
    """Return what kind of binary file these bytes are, going by how it begins; None for none that is known."""
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            return kind
    head = data[:4096]
    return next((kind for pattern, kind in _INNER_SIGNATURES if pattern.match(head)), None)


def looks_binary(data: bytes) -> bool:
    """Whether bytes of an eight-bit encoding hold what no text holds: NULs, or many control characters."""
    head = data[:_LOOK_AT]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return b"\x00" in data or controls * 100 > len(head)


def refusal(source: Source, kind: Kind | None = None) -> InputError:
    """Make the error for a file that holds no text.

    Args:
        source: the file.
        kind: what it is; None where only its bytes tell that it is no text.
    """
    kind = kind or _UNKNOWN
    named = f" in spite of its name ending in {source.suffix}" if source.suffix in _TEXT_SUFFIXES else ""
    return InputError(f"this is {kind.what}{named}, not a text", where=source.name, advice=kind.advice or _USUAL)


_TEXT_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".lrc", ".fountain", ".epub", ".odt", ".docx"}
)
