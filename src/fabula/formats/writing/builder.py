"""Builds a telling from pieces of its source, for formats whose signs are not part of the text."""

from __future__ import annotations

from collections.abc import Iterable

from fabula.errors import InputError
from fabula.formats.intake.decode import Decoded
from fabula.story import Anchor, Mark, MarkKind, Metadata, SourceMap, Telling


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Sort marks by where they start, wider first; those of one stretch stay in the order given."""
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


class TextBuilder:
    """Gathers pieces of a source, the way back from each, and the marks on them.

    Args:
        source: the decoded file; places in it are offsets of `source.text`.
        file: its name, for the way back.
    """

    def __init__(self, source: Decoded, file: str) -> None:
        self._source, self._file = source, file
        self._pieces: list[str] = []
        self._anchors: list[Anchor] = []
        self._marks: list[Mark] = []
        self.length = 0

    def take(self, start: int, end: int) -> None:
        """Append `source.text[start:end]`, as it stands."""
        for line in self._source.text[start:end].splitlines(keepends=True):
            self.add(line, start)
            start += len(line)

    def add(self, words: str, at: int) -> None:
        """Append words that the source writes in another form.

        Args:
            words: as the reader sees them.
            at: where the source has them.
        """
        if words:
            self._anchors.append(self._source.anchor(self.length, at, self._file))
            self._pieces.append(words)
            self.length += len(words)

    def part(self, gap: str) -> None:
        """Append white space between two parts of the text; nothing at the start of the text.

        Args:
            gap: one line end or more; those that the text ends with already are not doubled.
        """
        if self._pieces:
            missing = gap[len(self._ending(len(gap))) :]
            if missing:
                self._pieces.append(missing)
                self.length += len(missing)

    def mark(self, start: int, kind: MarkKind, value: str = "") -> None:
        """Mark the text from `start` on, up to all there is so far; a mark without text is none, unless a break."""
        if self.length > start or kind == "break":
            self._marks.append(Mark(start, self.length, kind, value))

    def telling(self, name: str, metadata: Metadata) -> Telling:
        """Return the telling built so far.

        Raises:
            InputError: when it has no words.
        """
        text = "".join(self._pieces)
        if not text.strip():
            raise InputError("holds no words of a story", where=self._file, advice="Give a file with a text in it")
        anchors = tuple(self._anchors)
        if not anchors or anchors[0].offset:
            anchors = (self._source.anchor(0, 0, self._file), *anchors)
        return Telling(name, text, in_order(self._marks), metadata, SourceMap(anchors))

    def _ending(self, most: int) -> str:
        last = "".join(self._pieces[-most:])
        return last[len(last.rstrip("\n")) :]
