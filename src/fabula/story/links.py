"""Records of what two tellings have in common: which lines tell the same, and which words of them differ."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fabula.spans import Span, index_at

Relation = Literal["same", "punctuation", "wording", "event"]
ChangeKind = Literal["wording", "case", "punctuation", "added", "missing"]
Verdict = Literal["contradiction", "perception"]
MatchKind = Literal["same", "narrator", "renamed"]
Subject = Literal["number", "time", "place", "speaker", "presence", "outcome", "attribute"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words of two linked lines that differ.

    Attributes:
        a: the words in the first telling; None where it lacks them.
        b: the words in the second telling; None where it lacks them.
        kind: `wording` (other words), `case` (the same but for capitals), `punctuation` (marks only, on either side
            or both), `added` (only the second has them), `missing` (only the first has them).
    """

    a: Span | None
    b: Span | None
    kind: ChangeKind


@dataclass(frozen=True, slots=True)
class Link:
    """Lines of two tellings that tell the same.

    Attributes:
        a: the lines in the first telling, in order; at least one.
        b: the lines in the second telling, in order; at least one.
        relation: `same` (the same words and marks), `punctuation` (the same words; marks or capitals differ),
            `wording` (the same line, some words differ), `event` (the same told in other words).
        moved: True where it stands in another place among its neighbours than in the other telling.
        confidence: 0 to 1 that the lines belong together.
        changes: the words that differ, in the order of the first telling; empty for `same` and for `event`.
    """

    a: tuple[Span, ...]
    b: tuple[Span, ...]
    relation: Relation
    moved: bool = False
    confidence: float = 1.0
    changes: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two places, one in either telling, that tell one thing in two ways.

    Attributes:
        a: the words in the first telling.
        b: the words in the second telling.
        verdict: `contradiction` (both cannot be true), `perception` (what one viewpoint could not see or hear).
        subject: what they differ in.
        reason: one sentence that says why, for a reader.
        confidence: 0 to 1.
    """

    a: Span
    b: Span
    verdict: Verdict
    subject: Subject
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody, or something with a name, in both tellings.

    Attributes:
        a: the name in the first telling; `I` for its narrator.
        b: the name in the second telling; `I` for its narrator.
        kind: `same` (one name), `narrator` (one of the two tells it), `renamed` (another name with the same part: a
            proposal).
        links: how many linked lines have the one where they have the other.
        confidence: 0 to 1.
        character_a: id of the character in the first telling; empty where people have not been read.
        character_b: id of the character in the second telling; empty where people have not been read.
    """

    a: str
    b: str
    kind: MatchKind
    links: int
    confidence: float
    character_a: str = ""
    character_b: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts that an alignment joins: a whole telling, or a part of one.

    Attributes:
        telling: index of the telling in its story.
        name: what to call it: the telling's name, or the part's.
        parts: the stretches of the text that are meant, in order.
    """

    telling: int
    name: str
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two tellings side by side. Every line of either is in a link or one-sided.

    Attributes:
        a: the first telling.
        b: the second telling.
        links: in the order of the first telling.
        only_a: lines that only the first tells, in order.
        only_b: lines that only the second tells, in order.
        differences: where linked lines tell one thing in two ways, in the order of the first telling.
        people: who is who in the other telling, the most often told first.
    """

    a: Side
    b: Side
    links: tuple[Link, ...]
    only_a: tuple[Span, ...]
    only_b: tuple[Span, ...]
    differences: tuple[Difference, ...] = ()
    people: tuple[Match, ...] = ()


def differences_of(alignment: Alignment, link: Link | None) -> list[Difference]:
    """Return where the lines of a link tell one thing in two ways, in order.

    Args:
        alignment: with its differences.
        link: one of its links; None has none.
    """
    if link is None:
        return []
    first = bisect_left(alignment.differences, link.a[0].start, key=lambda each: each.a.start)
    last = bisect_left(alignment.differences, link.a[-1].end, key=lambda each: each.a.start)
    return [
        each
        for each in alignment.differences[first:last]
        if any(span.holds(each.a) for span in link.a) and any(span.holds(each.b) for span in link.b)
    ]


class Row(NamedTuple):
    """One line of a side-by-side view.

    Attributes:
        a: what the first telling has; empty where only the second tells.
        b: what the second telling has; empty where only the first tells.
        link: what joins them; None for a one-sided line.
    """

    a: tuple[Span, ...]
    b: tuple[Span, ...]
    link: Link | None


def rows(alignment: Alignment) -> Iterator[Row]:
    """Yield links and one-sided lines as they are read side by side.

    The order is that of the first telling; what only the second tells stands after the line that it follows there.
    """
    placed: list[tuple[tuple[int, int, int], Row]] = [
        ((link.a[0].start, 0, link.b[0].start), Row(link.a, link.b, link)) for link in alignment.links
    ]
    placed += [((span.start, 0, 0), Row((span,), (), None)) for span in alignment.only_a]
    steady = sorted((link.b[0].start, link.a[-1].start) for link in alignment.links if not link.moved)
    starts = [start for start, _ in steady]
    for span in alignment.only_b:
        before = index_at(starts, span.start)
        placed.append(((steady[before][1] if before >= 0 else -1, 1, span.start), Row((), (span,), None)))
    return (row for _, row in sorted(placed, key=lambda each: each[0]))
