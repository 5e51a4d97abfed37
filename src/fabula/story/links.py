"""Records of what two tellings have in common: which lines tell the same, and which words of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fabula.spans import Span

Relation = Literal["same", "punctuation", "wording", "event"]
ChangeKind = Literal["wording", "case", "punctuation", "added", "missing"]


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
    """

    a: Side
    b: Side
    links: tuple[Link, ...]
    only_a: tuple[Span, ...]
    only_b: tuple[Span, ...]
