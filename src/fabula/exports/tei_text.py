"""The `text` of a TEI document: front, body and back, divisions, paragraphs, what is said in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from fabula.exports.lines import Passage, passages
from fabula.exports.markup import attribute, text
from fabula.spans import index_at
from fabula.story import Chapter, Matter, Telling
from fabula.story.text import ParagraphKind

People = Mapping[str, str]
"""Id of a character to the XML name of its `person`."""

_ALOUD = {"speech": "true", "song": "true", "thought": "false", "letter": "false", "text_message": "false"}


class _Fragment(NamedTuple):
    """Words of one passage on one line; `gap` where white space parts them from what stands before."""

    passage: Passage
    gap: bool
    markup: str


class _Div(NamedTuple):
    """A division: what it is, and its number in the story."""

    type: str
    n: int | None = None


class _Paragraph(NamedTuple):
    start: int
    kind: ParagraphKind
    lines: Sequence[Sequence[_Fragment]]


class _Plan:
    """Where every paragraph of a telling belongs."""

    def __init__(self, telling: Telling) -> None:
        chapters: Sequence[Chapter] = telling.layer("chapters", wanted_by="tei")
        self.chapters = [chapter for chapter in chapters if chapter.level == "chapter"]
        self.parts = [chapter for chapter in chapters if chapter.level == "part"]
        self.chapter_starts = [chapter.span.start for chapter in self.chapters]
        self.scenes = telling.layer("scenes", wanted_by="tei")
        self.scene_starts = [scene.span.start for scene in self.scenes]
        self.scenes_of = Counter(scene.chapter for scene in self.scenes)
        self.matter: Sequence[Matter] = telling.layer("matter", wanted_by="tei")
        self.matter_starts = [part.span.start for part in self.matter]
        self.heads = {chapter.heading.start for chapter in self.chapters if chapter.heading}
        self.part_heads = {part.heading.start for part in self.parts if part.heading}

    def zone(self, at: int) -> str:
        """Return the part of `text` that holds a paragraph."""
        if self.chapters and at < self.chapters[0].span.start:
            return "front"
        return "back" if self.chapters and at >= self.chapters[-1].span.end else "body"

    def kind_of_matter(self, at: int) -> str:
        """Return what stands around the story here; captions and footnotes in the story are notes."""
        kind = self.matter[index_at(self.matter_starts, at)].kind if self.matter else "body"
        return "note" if kind == "body" else kind

    def path(self, paragraph: _Paragraph) -> tuple[_Div, ...]:
        """Return the divisions that hold a paragraph, outermost first."""
        at = paragraph.start
        around = tuple(_Div("part", n) for n, part in enumerate(self.parts, 1) if part.span.has(at))
        if paragraph.kind == "heading" and at in self.part_heads:
            return around
        chapter = index_at(self.chapter_starts, at)
        if chapter < 0 or not self.chapters[chapter].span.has(at):
            return (*around, _Div(self.kind_of_matter(at) if paragraph.kind == "matter" else "section"))
        around = (*around, _Div("chapter", chapter + 1))
        scene = index_at(self.scene_starts, at)
        if (paragraph.kind == "heading" and at in self.heads) or self.scenes_of[chapter] < 2:
            return around
        return (*around, _Div("scene", scene + 1))

    def is_note(self, paragraph: _Paragraph) -> bool:
        """Whether a paragraph stands inside a chapter, but is no part of the story."""
        at = paragraph.start
        chapter = index_at(self.chapter_starts, at)
        return paragraph.kind == "matter" and chapter >= 0 and self.chapters[chapter].span.has(at)


class _Writer:
    """Opens and closes divisions so that no paragraph follows a division that is already closed."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._open: list[_Div] = []
        self._holds: list[set[str]] = []
        self._zone = ""

    def enter(self, zone: str, path: Sequence[_Div]) -> None:
        """Make `path` the divisions that are open."""
        if zone != self._zone:
            self.leave()
            self._zone = zone
            self._out.write(f"<{zone}>\n")
            self._holds.append(set())
        same = 0
        while same < min(len(path), len(self._open)) and path[same] == self._open[same]:
            same += 1
        self._close(same)
        for div in path[same:]:
            self._start(div)
        if "div" in self._holds[-1]:
            self._start(_Div("section"))

    def put(self, block: str, kind: str) -> None:
        """Write a block into the innermost division.

        Args:
            block: markup.
            kind: `head`, or `block`.
        """
        self._holds[-1].add(kind)
        self._out.write(f"{block}\n")

    def takes_head(self) -> bool:
        """Whether the innermost division holds nothing yet but heads."""
        return bool(self._open) and self._holds[-1] <= {"head"}

    def leave(self) -> None:
        """Close all that is open."""
        self._close(0)
        if self._zone:
            self._out.write(f"</{self._zone}>\n")
            self._holds.pop()
        self._zone = ""

    def _start(self, div: _Div) -> None:
        self._holds[-1].add("div")
        self._open.append(div)
        self._holds.append(set())
        number = attribute("n", None if div.n is None else str(div.n))
        self._out.write(f"<div{attribute('type', div.type)}{number}>\n")

    def _close(self, keep: int) -> None:
        while len(self._open) > keep:
            self._open.pop()
            self._holds.pop()
            self._out.write("</div>\n")


def write_text(telling: Telling, people: People, prefix: str, out: TextIO) -> None:
    """Write the element `text`.

    Args:
        telling: with the layers of all stages.
        people: the characters' XML names.
        prefix: starts every XML name of this telling.
        out: an open text file.
    """
    plan, writer = _Plan(telling), _Writer(out)
    paragraphs = list(_paragraphs(telling))
    said = _Said(people, prefix, paragraphs)
    out.write("<text>\n")
    has_body = False
    for paragraph in paragraphs:
        zone = plan.zone(paragraph.start)
        if zone == "back" and not has_body:
            zone = "body"
        has_body = has_body or zone == "body"
        writer.enter(zone, plan.path(paragraph))
        _put(paragraph, plan, writer, said)
    writer.leave()
    if not has_body:
        out.write("<body><p/></body>\n")
    out.write("</text>\n")


def _put(paragraph: _Paragraph, plan: _Plan, writer: _Writer, said: _Said) -> None:
    lines = [said.line(line) for line in paragraph.lines]
    if paragraph.kind == "verse":
        block = "<lg>" + "".join(f"<l>{line}</l>" for line in lines) + "</lg>"
    elif paragraph.kind == "heading":
        is_head = writer.takes_head()
        opening, closing = ("<head>", "</head>") if is_head else ('<ab type="heading">', "</ab>")
        writer.put(f"{opening}{lines[0]}{closing}", "head" if is_head else "block")
        return
    elif paragraph.kind in ("break", "letter"):
        block = f'<ab type="{paragraph.kind}">{lines[0]}</ab>'
    else:
        block = f"<p>{lines[0]}</p>"
    if plan.is_note(paragraph):
        block = f"<note{attribute('type', plan.kind_of_matter(paragraph.start))}>{block}</note>"
    writer.put(block, "block")


def _paragraphs(telling: Telling) -> Iterator[_Paragraph]:
    for _, inside in groupby(passages(telling), key=lambda passage: passage.cut.paragraph):
        found = list(inside)
        cut = found[0].cut
        yield _Paragraph(cut.span.start, cut.kind, _lines(telling.text, found, verse=cut.kind == "verse"))


def _lines(words: str, found: Sequence[Passage], *, verse: bool) -> list[list[_Fragment]]:
    """Cut a paragraph into fragments of one voice: all on one line, or line by line for verse."""
    lines: list[list[_Fragment]] = [[]]
    end = found[0].cut.span.start
    for passage in found:
        for row in passage.rows:
            gap = words[end : row["start"]]
            end = row["end"]
            for number, part in enumerate(row["text"].split("\n")):
                if verse and lines[-1] and (number or "\n" in gap):
                    lines.append([])
                shown = text(" ".join(part.split()))
                if row["kind"] == "reference":
                    shown = f'<ref type="footnote">{shown}</ref>'
                if part.strip():
                    lines[-1].append(_Fragment(passage, bool(gap) and bool(lines[-1]), shown))
    return [line for line in lines if line]


class _Said:
    """Writes `said` around what somebody says, its fragments chained by `next` and `prev`."""

    def __init__(self, people: People, prefix: str, paragraphs: Sequence[_Paragraph]) -> None:
        self._people, self._prefix = people, prefix
        self._count = Counter(
            utterance
            for paragraph in paragraphs
            for line in paragraph.lines
            for utterance, _ in groupby(fragment.passage.cut.utterance for fragment in line)
        )
        self._seen: Counter[int | None] = Counter()

    def line(self, fragments: Sequence[_Fragment]) -> str:
        """Return the markup of one line."""
        pieces = []
        for number, inside in groupby(fragments, key=lambda fragment: fragment.passage.cut.utterance):
            group = list(inside)
            words = "".join((" " if piece.gap and at else "") + piece.markup for at, piece in enumerate(group))
            pieces.append(" " if group[0].gap else "")
            pieces.append(
                words if number is None else f"<said{self._attributes(group[0].passage, number)}>{words}</said>"
            )
        return "".join(pieces)

    def _attributes(self, passage: Passage, number: int) -> str:
        said = passage.said
        if said is None:
            return ""
        who = f"#{self._people[said.speaker]}" if said.speaker else None
        to = " ".join(f"#{self._people[hearer]}" for hearer in said.addressees) or None
        aloud = _ALOUD.get(said.kind) or ("true" if said.channel == "loudspeaker" else "unknown")
        return (
            self._chain(number)
            + attribute("who", who)
            + attribute("toWhom", to)
            + f' aloud="{aloud}" direct="true"'
            + attribute("cert", f"{said.confidence:.3g}" if who else None)
            + f' ana="#kind.{said.kind} #channel.{said.channel}"'
        )

    def _chain(self, number: int) -> str:
        """Return the attributes that join the fragments of one utterance; nothing where it is whole."""
        if self._count[number] < 2:
            return ""
        self._seen[number] += 1
        at, name = self._seen[number], f"{self._prefix}_u{number + 1}"
        before = f"#{name}.{at - 1}" if at > 1 else None
        after = f"#{name}.{at + 1}" if at < self._count[number] else None
        return attribute("xml:id", f"{name}.{at}") + attribute("next", after) + attribute("prev", before)
