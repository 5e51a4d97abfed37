"""Two tellings side by side: all steps in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fabula.story import Alignment, ChangeKind, Side, Telling, WordChange
from fabula.tellings.collation.assembly import Linking, assemble
from fabula.tellings.collation.attached import Linked, Pair, attach
from fabula.tellings.collation.chains import best_chain
from fabula.tellings.collation.lines import Lines, find_lines
from fabula.tellings.collation.moved import find_moved
from fabula.tellings.collation.ordered import Ordered, find_ordered
from fabula.tellings.collation.similarity import Similarity
from fabula.tellings.collation.songs import HEARD, Song, find_songs

_MIRROR: Mapping[ChangeKind, ChangeKind] = {"added": "missing", "missing": "added"}

_FIRM, _QUOTED = 0.45, 3
"""How alike lines are that are surely the same; how many words quote a song."""


def align_parts(
    tellings: Sequence[Telling], a: Side, b: Side, *, tick: Callable[[float], None] = lambda _: None
) -> Alignment:
    """Align two tellings, or parts of them.

    Args:
        tellings: of the story, with the layers `paragraphs` and `sentences`.
        a: the first.
        b: the second; may be another part of the same telling.
        tick: told the share of the lines that is understood, 0 to 1; what takes longest.

    Returns:
        Every line of either side in a link or one-sided; no links at all for texts that have nothing in common.

    Raises:
        LayerMissingError: when a layer is missing.
        WeightsError: when the network's files are missing or damaged.
    """
    lines_a, lines_b = (find_lines(tellings[side.telling], side.parts) for side in (a, b))
    if (len(lines_b), lines_b.words) < (len(lines_a), lines_a.words):
        return _mirrored(_aligned(b, lines_b, a, lines_a, tick))
    return _aligned(a, lines_a, b, lines_b, tick)


def _aligned(a: Side, lines_a: Lines, b: Side, lines_b: Lines, tick: Callable[[float], None]) -> Alignment:
    linking = link_lines(lines_a, lines_b, tick=tick)
    return Alignment(a, b, *assemble(lines_a, lines_b, linking))


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


def link_lines(
    a: Lines, b: Lines, *, by_words: bool = False, tick: Callable[[float], None] = lambda _: None
) -> Linking:
    """Link the lines of two tellings.

    Args:
        a: lines of the first telling.
        b: lines of the second telling.
        by_words: whether their meaning is left aside, which takes longest.
        tick: told the share of the lines that is understood, 0 to 1.

    Returns:
        What is linked; nothing for texts that have nothing in common.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    if a.words == b.words:
        return Linking({(line, line): 1.0 for line in range(len(a))}, frozenset(), ())
    if not len(a) or not len(b):
        return Linking({}, frozenset(), ())
    ordered = find_ordered(Similarity(a, b), by_words=by_words, tick=tick)
    if ordered.reading is None:
        return _linked(a, b, ordered)
    order = ordered.reading.lines.tolist()
    return _as_they_stand(_linked(a, b.reordered(order), ordered), order)


def _linked(a: Lines, b: Lines, ordered: Ordered) -> Linking:
    """Return all links: those in order, what moved, songs, and lines told as several.

    Args:
        a: lines of the first telling.
        b: lines of the second telling, in the order in which they were read.
        ordered: what was found of the ordered bulk.
    """
    similarity = ordered.similarity
    likes: dict[Pair, float] = {}
    if ordered.related:
        i, j, like = (column.tolist() for column in ordered.pairs)
        likes = dict(zip(zip(i, j, strict=True), like, strict=True))
    linked = Linked(likes)
    free = find_moved(similarity, linked, likes, ordered.least, related=ordered.related)
    in_order = sorted(set(likes) & set(linked.pairs()))
    firm = [pair for pair in in_order if likes[pair] >= _FIRM]
    songs = find_songs(a, b, firm) if ordered.related else []
    likes |= free | _heard(songs, linked, likes | free, (a, b)) | attach(similarity, linked, ordered.least)
    kept = linked.pairs()
    away = {pair for pair in free if _is_moved(pair, in_order)}
    away_a, away_b = {i for i, _ in away}, {j for _, j in away}
    moved = {(i, j) for i, j in kept if (i in away_a or j in away_b) and (i, j) not in in_order}
    return Linking({pair: likes[pair] for pair in kept}, frozenset(moved), tuple(songs))


def _as_they_stand(linking: Linking, order: Sequence[int]) -> Linking:
    """Return links with the lines of the second telling as they stand, not as they were read.

    Of what tells the same in another order, that has moved which stands outside the longest row of lines that kept
    their order.

    Args:
        linking: as they were read.
        order: which line was read when.
    """
    likes = {(i, order[j]): like for (i, j), like in linking.likes.items()}
    every = np.array(sorted(likes), np.int64).reshape(-1, 2)
    kept = best_chain(every[:, 0], every[:, 1], np.ones(len(every)))
    in_order = [(i, j) for i, j in every[kept].tolist()]
    moved = frozenset(pair for pair in likes if _is_moved(pair, in_order))
    songs = tuple(song for song in (_sung_as_it_stands(song, order) for song in linking.songs) if song)
    return Linking(likes, moved, songs)


def _sung_as_it_stands(song: Song, order: Sequence[int]) -> Song | None:
    """Return a song in the lines as they stand; None where they stand apart."""
    if song.side == 0:
        return song._replace(heard=order[song.heard])
    lines = [order[line] for line in song.sung]
    return song._replace(sung=range(lines[0], lines[-1] + 1)) if lines[-1] - lines[0] == len(lines) - 1 else None


def _heard(
    songs: Sequence[Song], linked: Linked, likes: Mapping[Pair, float], lines: tuple[Lines, Lines]
) -> dict[Pair, float]:
    """Link songs with what tells of them, instead of what little their lines have in common; return the pairs."""
    found: dict[Pair, float] = {}
    for song in songs:
        for pair in linked.pairs():
            words = len(lines[1 - song.side].words[pair[1 - song.side]])
            if pair[song.side] in song.sung and (likes[pair] < _FIRM or words < _QUOTED):
                linked.remove(*pair)
        for pair in song.pairs():
            linked.add(*pair)
            found[pair] = max(HEARD, likes.get(pair, 0.0))
    return found


def _is_moved(pair: Pair, in_order: Sequence[Pair]) -> bool:
    """Whether a pair crosses the nearest pairs that are in order."""
    at = bisect_left(in_order, pair)
    before = at > 0 and in_order[at - 1][1] > pair[1]
    return before or (at < len(in_order) and in_order[at][1] < pair[1])
