"""The reading view: the whole text as HTML, each utterance in its voice, every word once and in order.

Strings are joined by hand: a novel has ten thousand pieces, and a template engine would spend its time on them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from fabula.report.facts import sureness
from fabula.report.markup import safe
from fabula.report.voices import Voice, css_colour
from fabula.spans import Span, index_at
from fabula.story import Chapter, Mark, Matter, Paragraph, ScriptLine, Telling, Utterance, script

_CHUNK = 4000
"""Code points a chunk holds before the next begins; the browser lays out only chunks that are near the screen."""

_MATTER = {
    "licence": "Licence and distributor’s notices",
    "front": "Before the story",
    "description": "The author’s description",
    "note": "The author’s note",
    "back": "After the story",
}

_CHANNELS = {"text": "message", "text_message": "message"}


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as HTML.

    Attributes:
        html: safe markup; ids are `s`, `p` or `u`, the telling's key, a hyphen, and the number of the scene,
            paragraph or utterance from 0.
        contents: title and id of each part and chapter that has a heading.
        utterances: indices of the utterances that have an id (one inside another has none).
        scenes: indices of the scenes that have an id (one without words has none).
    """

    html: str
    contents: tuple[tuple[str, str], ...]
    utterances: frozenset[int]
    scenes: frozenset[int]


def channel(utterance: Utterance) -> str:
    """Return the badge of an utterance: its channel, else its kind; empty for speech face to face."""
    odd = utterance.channel if utterance.channel != "face" else utterance.kind
    return "" if odd == "speech" else _CHANNELS.get(odd, odd)


def reading(telling: Telling, voices: Mapping[str, Voice], *, key: str) -> Reading:
    """Write the reading view of a telling.

    Args:
        telling: with the layers of `script`, `matter` and `chapters`.
        voices: by character id.
        key: makes ids unique among the tellings of one page.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    lines = script(telling)
    writer = _Writer(telling, voices, key)
    return Reading(
        "".join(_chunks(writer, lines)),
        _contents(telling, key),
        frozenset(line.utterance for line in lines if line.utterance is not None),
        frozenset(line.scene for line in lines if line.scene is not None and line.kind != "matter"),
    )


def paragraph_at(telling: Telling, offset: int) -> int:
    """Return the index of the paragraph that holds an offset, or of the one before it."""
    paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="report")
    # By bisection over the records: a list of starts for each question would cost the square of a long text.
    return max(0, bisect_right(paragraphs, offset, key=lambda paragraph: paragraph.span.start) - 1)


class StyledRun(NamedTuple):
    """A stretch of text in one look.

    Attributes:
        start: code point.
        end: code point, half-open.
        kinds: `italic`, `bold` or both.
    """

    start: int
    end: int
    kinds: frozenset[str]


class _Writer:
    """What every paragraph needs, looked up once."""

    def __init__(self, telling: Telling, voices: Mapping[str, Voice], key: str) -> None:
        self.text = telling.text
        self.key = key
        self.voices = voices
        self.paragraphs: tuple[Paragraph, ...] = telling.layer("paragraphs", wanted_by="report")
        self.utterances: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="report")
        self.matter: tuple[Matter, ...] = telling.layer("matter", wanted_by="report")
        self.matter_starts = [part.span.start for part in self.matter]
        self.runs = list(styled_runs(telling.marked("italic", "bold")))
        self.run_ends = [run.end for run in self.runs]
        self.heads = {c.heading.start: c for c in telling.layer("chapters", wanted_by="report") if c.heading}

    def matter_kind(self, line: ScriptLine) -> str:
        """Return the kind of matter a paragraph outside the story belongs to; empty for the story."""
        if line.kind != "matter":
            return ""
        kind = self.matter[max(0, index_at(self.matter_starts, line.span.start))].kind
        return "note" if kind == "body" else kind

    def paragraph(self, lines: Sequence[ScriptLine]) -> str:
        """Write one paragraph."""
        first = lines[0]
        tag, css = _tag(first, self.heads.get(self.paragraphs[first.paragraph].span.start))
        parts: list[str] = []
        at, speaker = first.span.start, -1
        for line in lines:
            parts.append(safe(self.text[at : line.span.start]))
            if line.utterance is None:
                parts.append(self.words(line.span))
            else:
                number = self.number(line.utterance)
                label = "" if number == speaker else " m" if speaker == -1 else " n"
                parts.append(self.piece(line, number, label))
                speaker = number
            at = line.span.end
        shown = f' class="{css}"' if css else ""
        return f'<{tag} id="p{self.key}-{first.paragraph}"{shown} dir="auto">{"".join(parts)}</{tag}>\n'

    def number(self, utterance: int) -> int:
        """Return the number of the voice that speaks; 0 where it is unknown."""
        voice = self.voices.get(self.utterances[utterance].speaker or "")
        return voice.number if voice else 0

    def piece(self, line: ScriptLine, number: int, label: str) -> str:
        """Write one piece of an utterance; its first piece carries what is known of it."""
        assert line.utterance is not None  # noqa: S101 - for the type checker; the caller looked
        said = self.utterances[line.utterance]
        voice = self.voices.get(said.speaker or "")
        badge = channel(said)
        css = f"u {css_colour(voice)}{label} {sureness(said)}" + (f" k-{badge}" if badge else "")
        more = f' data-who="{safe(voice.label if voice else "?")}"' if label else ""
        opens = line.span.start <= said.start < line.span.end
        if opens:
            more += self.details(line.utterance, said)
        mark = f'<b class="ch" data-k="{badge}"></b>' if badge and opens else ""
        head = f'<span class="{css}" data-u="{line.utterance}" data-s="{number}"{more}>'
        return f"{head}{mark}{self.words(line.span)}</span>"

    def details(self, index: int, said: Utterance) -> str:
        """Write the attributes of an utterance's first piece."""
        hearers = " ".join(str(self.voices[id].number) for id in said.addressees if id in self.voices)
        more = f' id="u{self.key}-{index}" data-e="{said.evidence}" data-c="{round(100 * said.confidence)}"'
        more += f' data-to="{hearers}"' if hearers else ""
        more += f' data-r="{safe(said.reason)}"' if said.reason else ""
        return more

    def words(self, span: Span) -> str:
        """Write words with the italics and bold that the format states."""
        parts, at = list[str](), span.start
        for number in range(bisect_right(self.run_ends, span.start), len(self.runs)):
            run = self.runs[number]
            if run.start >= span.end:
                break
            start, end = max(at, run.start), min(span.end, run.end)
            parts += safe(self.text[at:start]), _styled(safe(self.text[start:end]), run.kinds)
            at = end
        return "".join((*parts, safe(self.text[at : span.end])))


def styled_runs(marks: Iterable[Mark]) -> Iterator[StyledRun]:
    """Yield the stretches over which italics and bold stay the same, in order; marks may overlap."""
    styled = [mark for mark in marks if mark.end > mark.start]
    edges = sorted((at, step, mark.kind) for mark in styled for at, step in ((mark.start, 1), (mark.end, -1)))
    depth: Counter[str] = Counter()
    for (at, step, kind), (after, _, _) in pairwise(edges):
        depth[kind] += step
        kinds = frozenset(kind for kind in depth if depth[kind] > 0)
        if kinds and after > at:
            yield StyledRun(at, after, kinds)


def _styled(words: str, kinds: frozenset[str]) -> str:
    words = f"<i>{words}</i>" if "italic" in kinds else words
    return f"<b>{words}</b>" if "bold" in kinds else words


def _tag(line: ScriptLine, head: Chapter | None) -> tuple[str, str]:
    """Return element and class of a paragraph."""
    if line.kind == "heading":
        return ("h3", head.level) if head else ("h4", "")
    return "p", {"prose": "", "matter": ""}.get(line.kind, line.kind)


def _chunks(writer: _Writer, lines: Sequence[ScriptLine]) -> Iterator[str]:
    """Yield sections that hold one scene, or a part of it, or matter of one kind."""
    for (matter, scene), group in groupby(lines, key=lambda line: (writer.matter_kind(line), line.scene)):
        held: list[str] = []
        size, opened = 0, False
        for _, inside in groupby(group, key=lambda line: line.paragraph):
            paragraph = list(inside)
            held.append(writer.paragraph(paragraph))
            size += paragraph[-1].span.end - paragraph[0].span.start
            if size > _CHUNK:
                yield _wrapped(held, matter, None if opened else scene, writer.key, size)
                held, size, opened = [], 0, True
        if held:
            yield _wrapped(held, matter, None if opened else scene, writer.key, size)


def _wrapped(paragraphs: Sequence[str], matter: str, scene: int | None, key: str, size: int) -> str:
    """Wrap paragraphs; the class `h1` to `h8` tells the browser how high they will be, in thousands of letters."""
    inside = "".join(paragraphs)
    css = f"chunk h{min(8, 1 + size // 1000)}"
    if matter == "licence":
        return f'<details class="{css} matter"><summary class="ui">{_MATTER[matter]}</summary>\n{inside}</details>\n'
    if matter:
        label = _MATTER[matter]
        return f'<aside class="{css} matter {matter}" aria-label="{label}" data-label="{label}">\n{inside}</aside>\n'
    id = "" if scene is None else f' id="s{key}-{scene}"'
    return f'<div class="{css}"{id}>\n{inside}</div>\n'


def _contents(telling: Telling, key: str) -> tuple[tuple[str, str], ...]:
    chapters: tuple[Chapter, ...] = telling.layer("chapters", wanted_by="report")
    return tuple(
        (chapter.title, f"p{key}-{paragraph_at(telling, chapter.heading.start)}")
        for chapter in chapters
        if chapter.heading
    )
