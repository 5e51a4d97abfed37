"""Two tellings side by side: all steps in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fabula.story import Alignment, ChangeKind, Side, Telling, WordChange
from fabula.tellings.assembly import assemble
from fabula.tellings.attached import Linked, Pair, attach
from fabula.tellings.lines import Lines, find_lines
from fabula.tellings.moved import find_moved
from fabula.tellings.ordered import find_ordered
from fabula.tellings.similarity import Similarity

_MIRROR: Mapping[ChangeKind, ChangeKind] = {"added": "missing", "missing": "added"}


def align_parts(tellings: Sequence[Telling], a: Side, b: Side) -> Alignment:
    """Align two tellings, or parts of them.

    Args:
        tellings: of the story, with the layers `paragraphs` and `sentences`.
        a: the first.
        b: the second; may be another part of the same telling.

    Returns:
        Every line of either side in a link or one-sided; no links at all for texts that have nothing in common.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    lines_a, lines_b = (find_lines(tellings[side.telling], side.parts) for side in (a, b))
    if (len(lines_b), lines_b.words) < (len(lines_a), lines_a.words):
        return _mirrored(_aligned(b, lines_b, a, lines_a))
    return _aligned(a, lines_a, b, lines_b)


def _aligned(a: Side, lines_a: Lines, b: Side, lines_b: Lines) -> Alignment:
    likes, moved = link_lines(lines_a, lines_b)
    return Alignment(a, b, *assemble(lines_a, lines_b, likes, moved))


def _mirrored(alignment: Alignment) -> Alignment:
    """Return an alignment with its sides changed, so that it does not matter which telling is named first."""
    links = [
        replace(
            link,
            a=link.b,
            b=link.a,
            changes=tuple(WordChange(each.b, each.a, _MIRROR.get(each.kind, each.kind)) for each in link.changes),
        )
        for link in alignment.links
    ]
    return Alignment(
        alignment.b,
        alignment.a,
        tuple(sorted(links, key=lambda link: (link.a[0], link.b[0]))),
        alignment.only_b,
        alignment.only_a,
    )


def link_lines(a: Lines, b: Lines) -> tuple[dict[Pair, float], set[Pair]]:
    """Link the lines of two tellings.

    Returns:
        The linked lines with how alike they are, 0 to 1; and those of them that stand in another place.
    """
    if a.words == b.words:
        return {(line, line): 1.0 for line in range(len(a))}, set()
    if not len(a) or not len(b):
        return {}, set()
    similarity = Similarity(a, b)
    ordered = find_ordered(similarity)
    likes: dict[Pair, float] = {}
    if ordered.related:
        i, j, _ = ordered.pairs
        likes = dict(zip(zip(i.tolist(), j.tolist(), strict=True), similarity.of(i, j).tolist(), strict=True))
    linked = Linked(likes)
    free = find_moved(similarity, linked, likes, ordered.least, related=ordered.related)
    in_order = sorted(set(likes) & set(linked.pairs()))
    likes |= free | attach(similarity, linked, ordered.least)
    kept = linked.pairs()
    away = {pair for pair in free if _is_moved(pair, in_order)}
    away_a, away_b = {i for i, _ in away}, {j for _, j in away}
    moved = {(i, j) for i, j in kept if (i, j) not in in_order and (i in away_a or j in away_b)}
    return {pair: likes[pair] for pair in kept}, moved


def _is_moved(pair: Pair, in_order: Sequence[Pair]) -> bool:
    """Whether a pair crosses the nearest pairs that are in order."""
    at = bisect_left(in_order, pair)
    before = at > 0 and in_order[at - 1][1] > pair[1]
    return before or (at < len(in_order) and in_order[at][1] < pair[1])
