"""From linked lines to links that people can read: paragraph by paragraph, with the words that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from fabula.spans import Span
from fabula.story import Link, Relation, WordChange
from fabula.tellings.collation.lines import Lines, folded
from fabula.tellings.collation.songs import Song
from fabula.tellings.collation.words import word_changes

_SLOPE, _EVEN = 6.5, 0.245
_Pair = tuple[int, int]
_WHOLE = 0.5
"""Share of the words of two paragraphs that must be linked to take them as wholes."""
_WORDING = 0.35
"""Share of the words that must be the same for the same line in other words; below it is only the same event."""


class Linking(NamedTuple):
    """Which lines are linked with which.

    Attributes:
        likes: the linked lines, and how alike they are, 0 to 1.
        moved: those of them that stand in another place.
        songs: those that one telling sings and the other hears; among `likes` too.
    """

    likes: Mapping[_Pair, float]
    moved: frozenset[_Pair]
    songs: tuple[Song, ...]


def assemble(a: Lines, b: Lines, linking: Linking) -> tuple[tuple[Link, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Make links of linked lines.

    Lines of one paragraph that are linked with lines of one paragraph are one link; two paragraphs that are linked
    with each other alone, for the most part of both, are taken as wholes. A song is one link with what tells of it.

    Args:
        a: lines of the first telling.
        b: lines of the second telling.
        linking: which of them are linked.

    Returns:
        Links in the order of the first telling; lines that only the first has; lines that only the second has.
    """
    groups: dict[_Pair, list[_Pair]] = defaultdict(list)
    heard = {pair: number for number, song in enumerate(linking.songs, 1) for pair in song.pairs()}
    for i, j in linking.likes:
        # Songs take the place of paragraphs, with numbers below zero.
        number = heard.get((i, j), 0)
        side = linking.songs[number - 1].side if number else None
        groups[-number if side == 0 else a.blocks[i], -number if side == 1 else b.blocks[j]].append((i, j))
    alone = _alone(groups)
    used: tuple[set[int], set[int]] = (set(), set())
    links = []
    for blocks, pairs in groups.items():
        lines = [sorted({pair[side] for pair in pairs}) for side in (0, 1)]
        if blocks in alone:
            lines = _whole((a, b), lines)
        for side in (0, 1):
            used[side].update(lines[side])
        like = float(np.mean([linking.likes[pair] for pair in pairs]))
        moved_here = 2 * len(linking.moved.intersection(pairs)) > len(pairs)
        links.append(_link((a, b), blocks, lines, like, moved=moved_here))
    only = [
        _merged(side, [at for at in range(len(side)) if at not in taken])
        for side, taken in zip((a, b), used, strict=True)
    ]
    return tuple(sorted(links, key=lambda link: (link.a[0], link.b[0]))), only[0], only[1]


def _alone(groups: Iterable[_Pair]) -> set[_Pair]:
    """Return the pairs of paragraphs that are linked with nothing else."""
    seen: tuple[dict[int, set[int]], dict[int, set[int]]] = (defaultdict(set), defaultdict(set))
    for p, q in groups:
        seen[0][p].add(q)
        seen[1][q].add(p)
    return {(p, q) for p, partners in seen[0].items() for q in partners if len(partners) == 1 == len(seen[1][q])}


def _whole(sides: tuple[Lines, Lines], lines: list[list[int]]) -> list[list[int]]:
    """Return all lines of two paragraphs, if most of their words are linked."""
    whole = []
    for side, linked in zip(sides, lines, strict=True):
        block = side.blocks[linked[0]]
        first, last = linked[0], linked[-1]
        while first and side.blocks[first - 1] == block:
            first -= 1
        while last + 1 < len(side) and side.blocks[last + 1] == block:
            last += 1
        every = list(range(first, last + 1))
        if sum(len(side.words[at]) for at in linked) < _WHOLE * sum(len(side.words[at]) for at in every):
            return lines
        whole.append(every)
    return whole


def _link(
    sides: tuple[Lines, Lines], blocks: _Pair, lines: Sequence[Sequence[int]], like: float, *, moved: bool
) -> Link:
    a, b = sides
    spans_a, spans_b = (
        _merged(side, chosen, whole=block < 0) for side, block, chosen in zip(sides, blocks, lines, strict=True)
    )
    words = [[word for at in chosen for word in side.words[at]] for side, chosen in zip(sides, lines, strict=True)]
    changes: tuple[WordChange, ...] = ()
    if [span.of(a.text) for span in spans_a] != [span.of(b.text) for span in spans_b]:
        changes = word_changes(a.text, spans_a, b.text, spans_b)
    relation = _relation(changes, a.text, b.text, max(map(len, words)))
    shown = () if relation == "event" else changes
    return Link(spans_a, spans_b, relation, moved, round(_confidence(like), 3), shown)


def _relation(changes: Sequence[WordChange], a: str, b: str, words: int) -> Relation:
    if not changes:
        return "same"
    if all(change.kind in ("punctuation", "case") for change in changes):
        return "punctuation"
    lost = [
        sum(len(folded(span.of(text)).split()) for span in spans if span)
        for text, spans in (
            (a, [change.a for change in changes if change.kind in ("wording", "missing")]),
            (b, [change.b for change in changes if change.kind in ("wording", "added")]),
        )
    ]
    return "wording" if words - max(lost) >= _WORDING * words else "event"


def _confidence(like: float) -> float:
    """Return how sure a link is, from how alike its lines are; fitted on half of the development cases."""
    return 1 / (1 + float(np.exp(-_SLOPE * (like - _EVEN))))


def _merged(lines: Lines, chosen: Sequence[int], *, whole: bool = False) -> tuple[Span, ...]:
    """Return where lines stand; those that follow each other in one paragraph, or in one song, are one stretch.

    Args:
        lines: of one telling.
        chosen: rising.
        whole: whether they are one song.
    """
    spans: list[Span] = []
    before = None
    for at in chosen:
        if before is not None and at == before + 1 and (whole or lines.blocks[at] == lines.blocks[before]):
            spans[-1] = Span(spans[-1].start, lines.spans[at].end)
        else:
            spans.append(lines.spans[at])
        before = at
    return tuple(spans)
