"""Song lyrics: timed (LRC, also with times for words), or lines in stanzas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fabula.formats.intake.decode import decode, head
from fabula.formats.source import Source
from fabula.formats.writing.builder import TextBuilder
from fabula.story import Metadata, Telling

_STAMP = re.compile(r"\[(\d{1,3}):(\d{2}(?:[.:]\d{1,3})?)\]")
_STAMPS = re.compile(r"[ \t]*(?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\][ \t]*)+")
_WORD_STAMP = re.compile(r"[ \t]*<(\d{1,3}):(\d{2}(?:[.:]\d{1,3})?)>")
_TAG = re.compile(r"\[([A-Za-z#]\w*):([^\]\n]*)\][ \t]*$")
_TAG_NAMES = {
    "al": "album",
    "au": "lyricist",
    "by": "timed by",
    "re": "made with",
    "ve": "version",
    "length": "length",
}
_PART = re.compile(
    r"\[(?:(?:pre|post)-?)?(?:verse|chorus|bridge|hook|refrain|intro|outro|interlude|breakdown|solo|instrumental|coda)"
    r"[^\]\n]{0,40}\]\s*",
    re.IGNORECASE,
)
_LARGEST = 16_000


def detects(source: Source) -> bool:
    """Whether these are lyrics: by the name or the times of LRC, else by clear signs of a song in its lines.

    Poems and songs without a refrain are rather left to plain text than prose taken for a song.
    """
    if source.suffix == ".lrc":
        return True
    text = head(source)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if sum(bool(_STAMPS.match(line)) for line in lines) >= max(3, len(lines) // 2):
        return True
    return len(source.data) <= _LARGEST and source.suffix in {"", ".txt", ".lyrics"} and is_song(lines)


def is_song(lines: list[str]) -> bool:
    """Whether lines without times are clearly a song's: short, not prose, with named parts or a refrain.

    Args:
        lines: without white space at their edges, none empty.
    """
    words = [line for line in lines if not _PART.fullmatch(line)]
    parts = len(lines) - len(words)
    if len(words) < 8 or sorted(map(len, words))[len(words) * 9 // 10] > 60:
        return False
    prose_ends = sum(line.endswith((".", "!", "?", '."', ".”", ",”", ',"', '!"', '?"')) for line in words)
    repeated = sum(times for line, times in Counter(map(str.lower, words)).items() if times > 1 and " " in line)
    return prose_ends * 4 <= len(words) and (parts >= 2 or repeated * 4 >= len(words))


def read(source: Source) -> Telling:
    """Make a telling of lyrics; times are marks, not text.

    Args:
        source: in any encoding.

    Raises:
        InputError: when it is empty, too large, or no text.
    """
    decoded = decode(source)
    builder = TextBuilder(decoded, source.name)
    text = decoded.text
    tags = [match.groups() for match in map(_TAG.fullmatch, text.split("\n")) if match]
    stated = {key.lower(): value.strip() for key, value in tags}
    offset = _milliseconds(stated.get("offset", "")) / 1000
    _Lines(builder, text, offset).read(decoded.starts)
    metadata = Metadata(
        title=stated.get("ti", ""),
        author=stated.get("ar", ""),
        language=stated.get("la", ""),
        format="lyrics",
        encoding=decoded.encoding,
        more=tuple((name, stated[key]) for key, name in _TAG_NAMES.items() if stated.get(key)),
    )
    return builder.telling(source.stem, metadata)


class _Lines:
    """Goes over the lines of one song."""

    def __init__(self, builder: TextBuilder, text: str, offset: float) -> None:
        self._builder, self._text, self._offset = builder, text, offset
        self._stanza: int | None = None
        self._gap = "\n"

    def read(self, starts: list[int]) -> None:
        """Put all lines into the builder."""
        for start, after in zip(starts, [*starts[1:], len(self._text) + 1], strict=True):
            line = self._text[start : after - 1]
            if not _TAG.fullmatch(line):
                self._line(line, start)
        self._end_stanza()

    def _line(self, line: str, start: int) -> None:
        stamps = _STAMPS.match(line)
        lead = stamps.end() if stamps else len(line) - len(line.lstrip())
        if not _WORD_STAMP.sub("", line[lead:]).strip():
            self._end_stanza()
            self._gap = "\n\n"
            return
        if _PART.fullmatch(line):
            self._heading(line, start)
            return
        begin = self._begin()
        self._stanza = begin if self._stanza is None else self._stanza
        self._pieces(line, start, lead)
        self._builder.mark(begin, "line")
        for seconds in _times(stamps[0] if stamps else "", self._offset):
            self._builder.mark(begin, "time", seconds)

    def _pieces(self, line: str, start: int, lead: int) -> None:
        """Take the words of a line between the times of its words."""
        edges = [(lead, lead, "")]
        edges += [(m.start(), m.end(), _seconds(m[1], m[2], self._offset)) for m in _WORD_STAMP.finditer(line, lead)]
        ends = [stamp_start for stamp_start, _, _ in edges[1:]] + [len(line.rstrip())]
        line_begin = self._builder.length
        for (_, at, seconds), end in zip(edges, ends, strict=True):
            words = line[at:end].strip()
            if not words:
                continue
            found = start + line.index(words, at)
            if self._builder.length > line_begin:
                self._builder.add(" ", found - 1)
            begin = self._builder.length
            self._builder.take(found, found + len(words))
            if seconds:
                self._builder.mark(begin, "time", seconds)

    def _heading(self, line: str, start: int) -> None:
        self._end_stanza()
        begin = self._begin()
        self._builder.take(start, start + len(line.rstrip()))
        self._builder.mark(begin, "heading", "6")

    def _begin(self) -> int:
        """Begin a line; return where."""
        self._builder.part(self._gap)
        self._gap = "\n"
        return self._builder.length

    def _end_stanza(self) -> None:
        if self._stanza is not None:
            self._builder.mark(self._stanza, "verse")
            self._stanza = None


def _times(stamps: str, offset: float) -> Iterator[str]:
    return (_seconds(match[1], match[2], offset) for match in _STAMP.finditer(stamps))


def _seconds(minutes: str, seconds: str, offset: float) -> str:
    """Return a time as a decimal number; a positive offset makes all lines come sooner."""
    return f"{max(0.0, int(minutes) * 60 + float(seconds.replace(':', '.')) - offset):.10g}"


def _milliseconds(words: str) -> int:
    return int(words) if re.fullmatch(r"[+-]?\d{1,9}", words) else 0
