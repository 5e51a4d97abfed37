"""The central record: one text as told, stored once, with layers of records that point into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from fabula.errors import LayerMissingError
from fabula.spans import Span, index_at

MarkKind = Literal[
    "heading",  # value: level "1".."6"
    "paragraph",  # one block of running text
    "line",  # one line of verse, lyrics or an address inside a block
    "italic",
    "bold",
    "break",  # a scene break that the format states (<hr>, an empty styled paragraph); may be empty
    "note",  # an author's note; value: "before", "after" or ""
    "summary",  # the author's summary or description
    "preface",  # title page and metadata shown in the text
    "footnote",  # value: "reference" for its number in the running text, else empty
    "quotation",  # a block quotation: letters, signs, epigraphs
    "verse",  # a stanza or song
    "document",  # where one source file of several begins; value: its name
    "licence",  # a distributor's licence or advertisement
    "cue",  # Fountain: the name over a speech; value: the name
    "speech",  # Fountain: the words spoken under a cue
    "direction",  # Fountain: parenthetical or action
    "time",  # LRC: value: seconds from the start, as a decimal number
]


class Mark(NamedTuple):
    """What a format says of a stretch of text.

    Attributes:
        start: first code point.
        end: code point after the last one; equal to `start` where the mark has no text of its own.
        kind: one of `MarkKind`.
        value: detail, see `MarkKind`; empty where there is none.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""

    @property
    def span(self) -> Span:
        """The stretch of text meant."""
        return Span(self.start, self.end)


class Anchor(NamedTuple):
    """A place where text and source file are known to meet; what follows counts on from it.

    Attributes:
        offset: code point of `Telling.text`.
        file: name of the source file, or of the member of an archive (`chapter-1.xhtml`).
        line: line of the source, from 1; None where the source has no lines to speak of (EPUB, DOCX).
        column: column of the source in code points, from 1; None with `line`.
        paragraph: paragraph of the source, from 1; None where lines are given.
        character: code point of the decoded source file; None where the source is markup.
    """

    offset: int
    file: str
    line: int | None = None
    column: int | None = None
    paragraph: int | None = None
    character: int | None = None


class Place(NamedTuple):
    """A place in a source file, as shown to people; see `Anchor` for the fields."""

    file: str
    line: int | None = None
    column: int | None = None
    paragraph: int | None = None
    character: int | None = None

    @property
    def brief(self) -> str:
        """The place with the file's name alone, for readers who know the folder."""
        return str(self._replace(file=PurePath(self.file).name))

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.file}:{self.line}:{self.column}"
        return f"{self.file}, paragraph {self.paragraph}" if self.paragraph is not None else self.file


class SourceMap(NamedTuple):
    """The way back from every offset of the text to the source file.

    Attributes:
        anchors: sorted by offset; the first stands at 0. One a line for texts with lines, one a paragraph else.
    """

    anchors: tuple[Anchor, ...] = (Anchor(0, "", 1, 1, None, 0),)

    def place(self, offset: int) -> Place:
        """Return where in the source the code point at `offset` comes from."""
        anchor = self.anchors[max(0, index_at(_Offsets(self.anchors), offset))]
        on = max(0, offset - anchor.offset)
        return Place(
            anchor.file,
            anchor.line,
            None if anchor.column is None else anchor.column + on,
            anchor.paragraph,
            None if anchor.character is None else anchor.character + on,
        )


class _Offsets(Sequence[int]):
    """The offsets of anchors, for bisection without a copy."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        self._anchors = anchors

    def __len__(self) -> int:
        return len(self._anchors)

    def __getitem__(self, index: Any) -> Any:
        return self._anchors[index].offset


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the file says about itself, and how it was read.

    Attributes:
        title: as stated; empty where the file states none.
        author: as stated; empty where the file states none.
        language: BCP 47 tag as stated (`en`, `fr-CA`); empty where unknown.
        format: name of the reader in `fabula.formats` (`plain`, `epub`, …).
        encoding: of the bytes (`utf-8`, `cp1252`); empty where the format fixes it.
        more: further statements in the file's own order, e.g. `("series", "…")`, `("inspired by", "…")`,
            `("summary", "…")`, `("fandom", "…")`.
    """

    title: str = ""
    author: str = ""
    language: str = ""
    format: str = "plain"
    encoding: str = ""
    more: tuple[tuple[str, str], ...] = ()


class Provenance(NamedTuple):
    """Which stage wrote a layer.

    Attributes:
        stage: its name in `fabula.pipeline`.
        version: raised when its results change.
        weights: checksum of the weights it used; empty for rules.
    """

    stage: str
    version: int
    weights: str = ""


class Layer(NamedTuple):
    """Records that one stage wrote, sorted by where they start."""

    records: tuple[Any, ...]
    made_by: Provenance


@dataclass(frozen=True, slots=True)
class Telling:
    r"""One text as told, plus layers.

    Attributes:
        name: short name, unique in its story (the file's stem).
        text: every word, with `\n` for line ends; offsets everywhere count its code points.
        marks: what the format said of stretches of it, sorted by start, wider first.
        metadata: what the file says about itself.
        source: the way back to the file.
        layers: name of the layer to its records; see `fabula.story.LAYERS` for the record types.
    """

    name: str
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    metadata: Metadata = field(default_factory=Metadata)
    source: SourceMap = field(default_factory=SourceMap, repr=False)
    layers: Mapping[str, Layer] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @property
    def whole(self) -> Span:
        """The span of the whole text."""
        return Span(0, len(self.text))

    def layer(self, name: str, *, wanted_by: str | None = None) -> tuple[Any, ...]:
        """Return the records of a layer.

        Raises:
            LayerMissingError: when no stage has written it.
        """
        if name not in self.layers:
            raise LayerMissingError(name, self.layers, wanted_by=wanted_by)
        return self.layers[name].records

    def with_layer(self, name: str, records: Sequence[Any], made_by: Provenance) -> Telling:
        """Return a telling with one layer more (or replaced); this one stays as it is."""
        layers = {**self.layers, name: Layer(tuple(records), made_by)}
        return replace(self, layers=MappingProxyType(layers))

    def without(self, *names: str) -> Telling:
        """Return a telling without some layers; this one stays as it is."""
        return replace(self, layers=MappingProxyType({k: v for k, v in self.layers.items() if k not in names}))

    def marked(self, *kinds: MarkKind) -> Iterator[Mark]:
        """Yield the marks of the given kinds, in order."""
        return (mark for mark in self.marks if mark.kind in kinds)
