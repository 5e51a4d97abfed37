"""Bytes to text: encodings, line ends, and the way back from the text to the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from fabula.errors import InputError
from fabula.formats.intake.binary import kind_of, looks_binary, refusal
from fabula.formats.intake.guess import guess_encoding
from fabula.formats.source import Source, check_size
from fabula.spans import index_at
from fabula.story import Anchor, SourceMap

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END = re.compile("\r\n?|\n")
_HEAD = 1 << 15
_ESCAPED = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


class Decoded(NamedTuple):
    r"""A text file as text.

    Attributes:
        text: every character of the file but the byte order mark, with `\n` for each line end.
        encoding: a name that Python's `open` takes; with it (and `newline=""`, and `errors="surrogateescape"`
            for a damaged file) the file's characters are those that `source_starts` counts.
        starts: offset in `text` of the first character of each line, rising; the first is 0.
        source_starts: the same, in the file's own characters, where `\r\n` are two.
    """

    text: str
    encoding: str
    starts: list[int]
    source_starts: list[int]

    def anchor(self, offset: int, at: int, file: str) -> Anchor:
        """Return the anchor that ties an offset of some telling to an offset of this text.

        Args:
            offset: code point of the telling's text.
            at: code point of `self.text`.
            file: name of the source.
        """
        line = index_at(self.starts, at)
        column = at - self.starts[line]
        return Anchor(offset, file, line + 1, column + 1, None, self.source_starts[line] + column)

    def source_map(self, file: str) -> SourceMap:
        """Return the way back for a telling whose text is `self.text`: one anchor a line."""
        lines = enumerate(zip(self.starts, self.source_starts, strict=True), 1)
        return SourceMap(tuple(Anchor(start, file, line, 1, None, source) for line, (start, source) in lines))


def decode(source: Source) -> Decoded:
    r"""Turn the bytes of a text file into text.

    Args:
        source: a file in UTF-8, UTF-16, UTF-32 or an older encoding, with any line ends.

    Raises:
        InputError: when it is too large, empty, or no text.
    """
    check_size(source.name, len(source.data))
    kind = kind_of(source.data)
    if kind:
        raise refusal(source, kind)
    words, encoding = decode_bytes(source)
    if not words.strip("\ufeff\u200b \t\r\n\f\v\x1a\xa0\u3000"):
        what = "holds nothing but white space" if source.data else "is empty"
        raise InputError(what, where=source.name, advice="Give a file with a text in it")
    return _with_lines(words, encoding)


def decode_bytes(source: Source) -> tuple[str, str]:
    r"""Turn bytes into characters; line ends stay as they are, a byte order mark goes.

    Args:
        source: the bytes.

    Returns:
        The characters, and the name of their encoding, which Python's `open` takes.

    Raises:
        InputError: when the bytes are no text.
    """
    data = source.data
    encoding = _marked_encoding(data) or _unmarked_wide(data)
    if encoding:
        words = data.decode(encoding, "replace")
        if "\x00" in words:
            raise refusal(source)
        return words, encoding
    if looks_binary(data):
        raise refusal(source)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8"), "utf-8"
    if (repaired := mended(data)) is not None:
        return repaired, "utf-8"
    encoding = guess_encoding(data)
    return data.decode(encoding, "replace"), encoding


def head(source: Source) -> str:
    r"""Return how a source begins, for telling formats apart: some 30,000 characters, with `\n` for line ends.

    What is not UTF-8 or UTF-16 is read byte by byte, so that only the ASCII characters can be relied on.
    """
    data = source.data[:_HEAD]
    encoding = _marked_encoding(data) or _unmarked_wide(data) or "utf-8"
    words = data.decode(encoding, "replace" if encoding != "utf-8" else "surrogateescape").translate(_ESCAPED)
    return _LINE_END.sub("\n", words)


def _marked_encoding(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _unmarked_wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zeros in every other byte of mostly Latin text."""
    sample = data[: _HEAD & ~1]
    half = len(sample) // 2
    if not half or b"\x00" not in sample:
        return None
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if second * 10 > half * 7 and first * 100 <= half:
        return "utf-16-le"
    if first * 10 > half * 7 and second * 100 <= half:
        return "utf-16-be"
    return None


def mended(data: bytes) -> str | None:
    """Read UTF-8 with a few foreign bytes in it, taking those for Windows-1252; None where they are not few."""
    words = data.decode("utf-8", "surrogateescape")
    foreign = len(re.findall("[\udc80-\udcff]", words))
    # Two bytes of an older encoding may look like a letter of UTF-8 by chance; three, as a curly quote has, do not.
    pairs = len(re.findall("[\x80-\u07ff]", words))
    longer = len(re.findall("[\u0800-\ud7ff\ue000-\U0010ffff]", words))
    return words.translate(_ESCAPED) if foreign * 10 <= pairs + 10 * longer else None


def _with_lines(words: str, encoding: str) -> Decoded:
    source_starts = list(_line_starts(words))
    if "\r" not in words:
        return Decoded(words, encoding, source_starts, source_starts)
    text = words.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, list(_line_starts(text)), source_starts)


def _line_starts(words: str) -> Iterator[int]:
    yield 0
    for end in _LINE_END.finditer(words):
        yield end.end()
