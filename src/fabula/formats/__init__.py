"""Chapter 1, READ: bytes in, a telling with text and marks out. One file a format; this file lists them."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from fabula.formats.source import Source
from fabula.story import Telling


class Format(NamedTuple):
    """A format that can be read. Its module is loaded when a source is held against it, not before.

    Attributes:
        name: as in `Metadata.format`, and of the module in `fabula.formats`, which has `detects(source) -> bool`
            and `read(source) -> Telling`.
        what: one line for the reference.
        suffixes: usual endings of file names, for the reference; contents decide, where they can.
        starts: what the file's bytes must begin with; empty where there is no such thing.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    starts: bytes = b""

    def detects(self, source: Source) -> bool:
        """Whether a source is of this format, from its bytes (and its name where bytes cannot tell)."""
        if not source.data.startswith(self.starts):
            return False
        found: bool = import_module(f"{__name__}.{self.name}").detects(source)
        return found

    def read(self, source: Source) -> Telling:
        """Make a telling of a source.

        Raises:
            InputError: when the source cannot be read as this format.
        """
        telling: Telling = import_module(f"{__name__}.{self.name}").read(source)
        return telling


FORMATS: tuple[Format, ...] = (
    Format("docx", "Word documents: headings, italics, breaks", (".docx",), b"PK"),
    Format("epub", "EPUB 2 and 3: chapters in reading order, notes, breaks", (".epub",), b"PK"),
    Format("odt", "OpenDocument texts (LibreOffice): headings, italics, breaks", (".odt",), b"PK"),
    Format(
        "ao3",
        "Downloads from Archive of Our Own (also by FanFicFare): preface, summary and notes set apart",
        (".html", ".htm"),
    ),
    Format("html", "Web pages: headings, emphasis, rules", (".html", ".htm", ".xhtml")),
    Format("lyrics", "Song lyrics, timed (LRC) or in stanzas", (".lrc",)),
    Format("fountain", "Fountain screenplays: scenes, cues, speeches, directions", (".fountain", ".spmd")),
    Format("gutenberg", "Project Gutenberg texts: header and licence set apart", (".txt",)),
    Format("markdown", "Markdown with or without front matter (YAML or TOML)", (".md", ".markdown")),
    Format("plain", "Plain text in any encoding, with any line ends", (".txt",)),
)
"""Every format, in the order in which a source is held against them: the first that detects it reads it."""


def detect(source: Source) -> Format:
    """Return the format of a source: the first of `FORMATS` that detects it; `plain` takes the rest."""
    return next(form for form in FORMATS if form.detects(source))


def read(source: Source) -> Telling:
    """Make a telling of a source, whatever its format.

    Raises:
        InputError: when the source is empty, too large, damaged, or no text.
    """
    return detect(source).read(source)
