"""The rows of the script, and the passages of one voice that they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, starmap
from typing import NamedTuple, TypedDict

from fabula.exports.times import Times, own_times, times
from fabula.spans import Span, gaps, index_at, stripped
from fabula.story import Matter, ScriptLine, Story, Telling, Utterance, joined, script


class Line(TypedDict):
    """One line of the script: a stretch of one paragraph in one voice.

    Attributes:
        id: `TELLING:NUMBER`, unique in the story, counted from 1.
        telling: name of the telling.
        chapter: number of the chapter in the telling, from 1; None outside the story proper.
        scene: number of the scene in the telling, from 1; None outside the story proper.
        kind: what sort of words: an utterance's kind; `narration`, `heading`, `break`; `reference` for the number
            of a footnote; for what is no part of the story the kind of its matter, captions and footnotes being
            notes.
        channel: how an utterance reaches the hearer; None for all other lines.
        speaker: name; None for narration and where unknown.
        addressees: names of those spoken to.
        text: on one line, but with the line ends of verse.
        confidence: 0 to 1 that the speaker is right, 0 where unknown; None for narration.
        evidence: what decided the speaker; None for narration.
        reason: why the speaker is unknown or doubtful, as a phrase; empty where neither.
        place: in the source file, for people: `novel.txt:12:1`, `chapter-1.xhtml, paragraph 3`.
        start: first code point of the telling's text.
        end: code point after the last one.
        speaker_id: id of the character; None with `speaker`.
        addressee_ids: ids of `addressees`.
        time: seconds from the start of the song, for a line of timed lyrics and for one that is aligned with it; None
            for all others.
    """

    id: str
    telling: str
    chapter: int | None
    scene: int | None
    kind: str
    channel: str | None
    speaker: str | None
    addressees: list[str]
    text: str
    confidence: float | None
    evidence: str | None
    reason: str
    place: str
    start: int
    end: int
    speaker_id: str | None
    addressee_ids: list[str]
    time: float | None


class Passage(NamedTuple):
    """A stretch of one paragraph in one voice, for formats that write paragraphs.

    Attributes:
        cut: where it stands, and in what.
        said: the utterance; None for narration.
        rows: its lines of the script: several where numbers of footnotes stand in it, and in timed lyrics.
        aloud: its words without those numbers, on one line, but with the line ends of verse; may be empty.
        gap: the white space between the passage before, in the same paragraph, and this one.
    """

    cut: ScriptLine
    said: Utterance | None
    rows: tuple[Line, ...]
    aloud: str
    gap: str


class _Context(NamedTuple):
    """What all lines of a telling are written with: names by id, times, where footnote numbers and matter start."""

    telling: Telling
    names: Mapping[str, str]
    utterances: Sequence[Utterance]
    references: Sequence[Span]
    reference_starts: Sequence[int]
    times: Times
    matter: Sequence[Matter]
    matter_starts: Sequence[int]


def lines(story: Story) -> Iterator[Line]:
    """Yield the script of every telling, in order; together the texts hold every word once.

    A line is a plain `dict`, so that `list(fabula.lines(story))` is a table for any library of tables.

    Args:
        story: with the layers of all stages.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    for telling, timed in zip(story.tellings, times(story), strict=True):
        for passage in passages(telling):
            for row in passage.rows:
                yield {**row, "time": timed.of(Span(row["start"], row["end"]))}


def passages(telling: Telling) -> Iterator[Passage]:
    """Yield the passages of a telling, in order; together their rows hold every word once.

    Args:
        telling: with the layers of all stages.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    context = _context(telling)
    number, before = 0, Span(0, 0)
    paragraph = -1
    for cut in script(telling):
        held = _references_in(context, cut)
        rows = []
        for span, is_reference in _pieces(context, cut, held):
            number += 1
            rows.append(_line(context, number, cut, span, is_reference=is_reference))
        aloud = "".join(gap.of(telling.text) for gap in gaps(held, cut.span))
        gap = telling.text[before.end : cut.span.start] if cut.paragraph == paragraph else ""
        said = None if cut.utterance is None else context.utterances[cut.utterance]
        yield Passage(cut, said, tuple(rows), _on_lines(aloud, verse=cut.kind == "verse"), gap)
        before, paragraph = cut.span, cut.paragraph


def _on_lines(words: str, *, verse: bool) -> str:
    return "\n".join(
        joined for line in (words.split("\n") if verse else [words]) if (joined := " ".join(line.split()))
    )


def _context(telling: Telling) -> _Context:
    references: list[Span] = []
    for mark in telling.marked("footnote"):
        span = stripped(telling.text, mark.span)
        if mark.value == "reference" and (not references or span.start >= references[-1].end):
            references.append(span)
    matter: Sequence[Matter] = telling.layer("matter", wanted_by="lines")
    return _Context(
        telling,
        {who.id: who.name for who in telling.layer("characters", wanted_by="lines")},
        telling.layer("utterances", wanted_by="lines"),
        references,
        [span.start for span in references],
        own_times(telling),
        matter,
        [part.span.start for part in matter],
    )


def _references_in(context: _Context, line: ScriptLine) -> list[Span]:
    """Return where the numbers of footnotes stand in a line."""
    first, last = (index_at(context.reference_starts, at - 1) + 1 for at in line.span)
    return [span for span in context.references[first:last] if line.span.holds(span) and span.length]


def _pieces(context: _Context, line: ScriptLine, held: Sequence[Span]) -> Iterator[tuple[Span, bool]]:
    """Yield a line in one piece, or cut where numbers of footnotes stand (True for those) and timed lines begin."""
    cut = [(span, True) for span in held]
    cut += [(part, False) for gap in gaps(held, line.span) for part in _timed(context.times, gap)]
    for span, is_reference in sorted(cut):
        words = stripped(context.telling.text, span)
        if words.length:
            yield words, is_reference


def _timed(times: Times, span: Span) -> Iterator[Span]:
    """Yield a stretch cut where timed lines begin."""
    first, last = (index_at(times.starts, at) + 1 for at in (span.start, span.end - 1))
    yield from starmap(Span, pairwise([span.start, *times.starts[first:last], span.end]))


def _line(context: _Context, number: int, line: ScriptLine, span: Span, *, is_reference: bool) -> Line:
    telling = context.telling
    said = context.utterances[line.utterance] if line.utterance is not None and not is_reference else None
    return {
        "id": f"{telling.name}:{number}",
        "telling": telling.name,
        "chapter": None if line.chapter is None else line.chapter + 1,
        "scene": None if line.scene is None else line.scene + 1,
        "kind": "reference" if is_reference else said.kind if said else _kind(context, line),
        "channel": said.channel if said else None,
        "speaker": context.names[said.speaker] if said and said.speaker else None,
        "addressees": [context.names[who] for who in said.addressees] if said else [],
        "text": span.of(telling.text) if line.kind == "verse" else joined(telling.text, span),
        "confidence": round(said.confidence, 3) if said else None,
        "evidence": said.evidence if said else None,
        "reason": said.reason if said else "",
        "place": str(telling.source.place(span.start)),
        "start": span.start,
        "end": span.end,
        "speaker_id": said.speaker if said else None,
        "addressee_ids": list(said.addressees) if said else [],
        "time": context.times.of(span),
    }


def _kind(context: _Context, line: ScriptLine) -> str:
    """Return the kind of a line that nobody says."""
    if line.kind != "matter":
        return line.kind if line.kind in ("heading", "break") else "narration"
    kind = context.matter[index_at(context.matter_starts, line.span.start)].kind
    return "note" if kind == "body" else kind
