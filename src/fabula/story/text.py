"""Records of the text's own order: matter, chapters, scenes, paragraphs, sentences, quotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fabula.spans import Span

MatterKind = Literal["licence", "front", "description", "note", "body", "back"]
ParagraphKind = Literal["prose", "heading", "verse", "letter", "break", "matter"]
QuoteStyle = Literal["straight", "curly", "single", "guillemet", "low", "corner", "dash", "cue"]
QuoteKind = Literal["speech", "written", "title", "scare"]


@dataclass(frozen=True, slots=True)
class Matter:
    """A stretch of one kind of text; the layer `matter` tiles the whole text.

    Attributes:
        span: where it stands.
        kind: `licence` (a distributor's header and licence), `front` (title page, contents, epigraph, preface),
            `description` (the author's summary), `note` (author's notes), `body` (the story), `back` (after it).
    """

    span: Span
    kind: MatterKind


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter or part; those of level `chapter` tile the body, parts hold chapters.

    A note between the words of a chapter stays inside its span; one between two chapters is in neither.

    Attributes:
        span: heading included.
        title: the heading's words on one line; empty for text before the first heading.
        heading: span of the heading; None where there is none.
        number: as counted by the heading (`IV` is 4); None where it has no number.
        level: `part` (also volume, book) or `chapter` (also prologue, letter, canto).
    """

    span: Span
    title: str
    heading: Span | None = None
    number: int | None = None
    level: Literal["part", "chapter"] = "chapter"


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch of a chapter without a break, or one letter of a novel of letters; scenes tile the chapters.

    Attributes:
        span: the break or viewpoint heading that opens it included.
        chapter: index into the chapters of level `chapter`, in order.
        viewpoint: name in the last heading such as "[X Point Of View]" of its chapter, or in the chapter's title
            where names return as titles; None where none is stated.
        opening: span of the break or viewpoint heading that opens it; None where only blank lines do, or a chapter.
    """

    span: Span
    chapter: int
    viewpoint: str | None = None
    opening: Span | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; paragraphs and white space between them tile the text.

    Attributes:
        span: without white space at its edges; hard line breaks stay inside.
        kind: `prose`, `heading`, `verse` (verse, lyrics: line ends matter), `letter`, `break` (asterisks, rules),
            `matter` (all outside the body, and captions and footnotes inside it).
    """

    span: Span
    kind: ParagraphKind = "prose"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, inside or outside quotation marks."""

    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """One unbroken stretch between quotation marks; who speaks is decided elsewhere.

    Attributes:
        span: marks included; in one paragraph, or in one stanza's lines.
        inner: without marks (and without a speech dash).
        style: which marks; `dash` and `cue` (a name before or over the words) have no closing ones.
        kind: `speech` (anything said, sung, thought or read aloud), `written` (a letter, note or inscription shown),
            `title`, `scare` (words mentioned, meant or reported; irony).
        closed: False where the closing mark is missing and the end was recovered.
        opened: False where the opening mark is missing and the start was recovered.
        continues: True where it takes up the previous quote: a further paragraph of one speech.
        depth: 0 for outermost quotes, 1 for a quotation within one, and so on.
        doubt: why the limits are uncertain, as a phrase; empty where they are not.
    """

    span: Span
    inner: Span
    style: QuoteStyle
    kind: QuoteKind = "speech"
    closed: bool = True
    opened: bool = True
    continues: bool = False
    depth: int = 0
    doubt: str = ""
