"""Two tellings side by side: all steps in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from fabula.story import Alignment, Side, Telling
from fabula.tellings.assembly import assemble
from fabula.tellings.attached import Linked, Pair, attach
from fabula.tellings.lines import Lines, find_lines
from fabula.tellings.moved import find_moved
from fabula.tellings.ordered import find_ordered
from fabula.tellings.similarity import Similarity


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
    likes, moved = link_lines(lines_a, lines_b)
    return Alignment(a, b, *assemble(lines_a, lines_b, likes, moved))


def link_lines(a: Lines, b: Lines) -> tuple[dict[Pair, float], set[Pair]]:
    """Link the lines of two tellings.

    Returns:
        The linked lines with how alike they are, 0 to 1; and those of them that stand in another place.
    """
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
