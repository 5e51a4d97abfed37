"""Answers on the cases of `tellings`: what corresponds to what in two texts, in the schema of `score_cases.py`."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fabula import pipeline
from fabula.errors import FabulaError, InputError
from fabula.formats.gather import gather
from fabula.spans import Span, index_at
from fabula.story import Alignment, Link, Side, Telling
from fabula.tellings import align_parts, judge

Align = Callable[[Sequence[Telling], Side, Side], Alignment]


def align_and_judge(tellings: Sequence[Telling], a: Side, b: Side) -> Alignment:
    """Align two tellings and say where they contradict each other, as `fabula align` does.

    Args:
        tellings: of the story.
        a: the first.
        b: the second.
    """
    return judge(tellings, align_parts(tellings, a, b))


def answer_cases(folder: Path, align: Align = align_and_judge) -> dict[str, Any]:
    """Return the answers for every case that the folder's `index.json` lists.

    Args:
        folder: of the cases.
        align: lines up two sides.

    Raises:
        InputError: when the list or a text cannot be read.
    """
    index = folder / "index.json"
    try:
        cases = json.loads(index.read_text("utf-8"))["cases"]
        return {"cases": [answer_case(folder, case, align) for case in cases]}
    except FabulaError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"cannot be read as a list of cases ({error})", where=str(index)) from error


def answer_case(folder: Path, case: dict[str, Any], align: Align) -> dict[str, Any]:
    """Return the answer for one case.

    Args:
        folder: of the cases.
        case: its entry in the list: `id`, `a`, `b`, and the region of each where both are in one file.
        align: lines up two sides.
    """
    tellings = [_read(folder / case[side]) for side in ("a", "b")]
    sides = [
        Side(number, side, (_region(telling, case.get(f"{side}_region")),))
        for number, (side, telling) in enumerate(zip(("a", "b"), tellings, strict=True))
    ]
    alignment = align(tellings, sides[0], sides[1])
    pairs = [pair for link in alignment.links for pair in _pairs(tellings, link)]
    if pairs:
        pairs[0]["word_changes"] += _left_out(tellings, alignment)
    contradictions = [
        {side: raw_span(telling, getattr(each, side)) for side, telling in zip(("a", "b"), tellings, strict=True)}
        for each in alignment.differences
        if each.verdict == "contradiction"
    ]
    return {"case": case["id"], "pairs": pairs, "contradictions": contradictions}


def raw_span(telling: Telling, span: Span) -> list[int]:
    """Return a span of the text as code points of the raw file."""
    start, last = (_raw(telling, at) for at in (span.start, span.end - 1))
    return [start, last + 1]


def _read(path: Path) -> Telling:
    (telling,) = gather([path], lambda: b"")
    return pipeline.run(telling, stages=pipeline.RULE_STAGES)


def _raw(telling: Telling, at: int) -> int:
    character = telling.source.place(at).character
    if character is None:
        raise ValueError(f"{telling.name} has no code points to point at")
    return character


def _region(telling: Telling, raw: list[int] | None) -> Span:
    """Return the stretch of text that a stretch of the raw file has become."""
    if raw is None:
        return telling.whole
    start, end = (bisect_left(range(len(telling.text)), at, key=lambda here: _raw(telling, here)) for at in raw)
    return Span(start, end)


def _left_out(tellings: Sequence[Telling], alignment: Alignment) -> list[dict[str, Any]]:
    """Return the lines that only one side has in a paragraph that is linked: all their words differ."""
    found: list[dict[str, Any]] = []
    for side, telling in zip(("a", "b"), tellings, strict=True):
        paragraphs = [paragraph.span for paragraph in telling.layer("paragraphs")]
        starts = [paragraph.start for paragraph in paragraphs]
        linked = {index_at(starts, span.start) for link in alignment.links for span in getattr(link, side)}
        only: Sequence[Span] = getattr(alignment, f"only_{side}")
        other = "b" if side == "a" else "a"
        found += [
            {side: raw_span(telling, span), other: None} for span in only if index_at(starts, span.start) in linked
        ]
    return found


def _pairs(tellings: Sequence[Telling], link: Link) -> list[dict[str, Any]]:
    """Return a link as pairs of one stretch with one stretch; the words that differ go with the first."""
    a, b = tellings
    changes = [
        {
            "a": raw_span(a, change.a) if change.a else None,
            "b": raw_span(b, change.b) if change.b else None,
        }
        for change in link.changes
        if change.kind != "punctuation"
    ]
    relation = "wording" if link.relation == "punctuation" else link.relation
    pairs: list[dict[str, Any]] = [
        {"a": raw_span(a, mine), "b": raw_span(b, theirs), "relation": relation}
        for mine in link.a
        for theirs in link.b
    ]
    pairs[0]["word_changes"] = changes
    return pairs
