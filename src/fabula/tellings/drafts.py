"""From one draft to the next: which chapters and scenes were moved, cut, added, reworded, split or merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.spans import Span, gaps, index_at
from fabula.story import Alignment, Chapter, Link, Scene, Side, Telling, WordChange
from fabula.tellings.collation.chains import best_chain
from fabula.tellings.collation.lines import WORD

Fate = Literal["same", "punctuation", "reordered", "reworded", "split", "merged", "recut", "cut", "added"]

_TOLD = 1 / 3
"""Share of the words of a chapter or scene that must be told in another one to take it for the same."""
_Group = tuple[tuple[int, ...], tuple[int, ...]]
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A chapter or a scene of a draft.

    Attributes:
        chapter: its chapter, from 1.
        scene: its place among the scenes of that chapter, from 1; None for a whole chapter.
        title: of the chapter; may be empty.
        span: where it stands.
        words: words in it, headings left out.
    """

    chapter: int
    scene: int | None
    title: str
    span: Span
    words: int


@dataclass(frozen=True, slots=True)
class PartChange:
    """What became of chapters or scenes of the first draft in the second.

    Attributes:
        fate: `same`; `punctuation` (marks or capitals only); `reordered` (the same words, some lines elsewhere in
            it); `reworded`; `split` (one became several), `merged` (several became one), `recut` (several became
            several others); `cut` (only the first draft has it), `added` (only the second has it).
        a: in the first draft, in order; empty where it was added.
        b: in the second draft, in order; empty where it was cut.
        moved: whether it stands in another place among the others.
        lost: words of `a` that `b` has not.
        gained: words of `b` that `a` has not.
    """

    fate: Fate
    a: tuple[DraftPart, ...]
    b: tuple[DraftPart, ...]
    moved: bool
    lost: int
    gained: int

    @property
    def share(self) -> float:
        """How much of the words changed, 0 to 1."""
        words = sum(part.words for part in (*self.a, *self.b))
        return (self.lost + self.gained) / words if words else 0.0


@dataclass(frozen=True, slots=True)
class DraftChanges:
    """What changed between two drafts, in the order of the first; what was added stands after what it follows.

    Attributes:
        chapters: every chapter of either draft, once.
        scenes: every scene of either draft, once.
    """

    chapters: tuple[PartChange, ...]
    scenes: tuple[PartChange, ...]


def find_changes(tellings: Sequence[Telling], alignment: Alignment) -> DraftChanges:
    """Sum up an alignment by chapters and scenes.

    Args:
        tellings: of the story, with the layers `chapters` and `scenes`.
        alignment: of two of them, or of parts of one; the first side is the older draft.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    chapters, scenes = (
        [_draft(tellings[side.telling], side, cut) for side in (alignment.a, alignment.b)]
        for cut in (_chapters, _scenes)
    )
    return DraftChanges(_changes(*chapters, links=alignment.links), _changes(*scenes, links=alignment.links))


class _Draft(NamedTuple):
    """One draft, cut into chapters or scenes, with its words.

    Attributes:
        parts: in order.
        starts: where each part starts.
        words: first code point of each word that counts, rising.
        owner: the part that each word stands in.
    """

    parts: tuple[DraftPart, ...]
    starts: tuple[int, ...]
    words: _Ints
    owner: _Ints

    def inside(self, span: Span) -> slice:
        """Return which words start in a stretch of the text."""
        low, high = np.searchsorted(self.words, [span.start, span.end])
        return slice(int(low), int(high))

    def part(self, span: Span) -> int:
        """Return the part in which a stretch starts; -1 for none."""
        at = index_at(self.starts, span.start)
        return at if at >= 0 and self.parts[at].span.has(span.start) else -1

    def told(self, spans: Iterable[Span]) -> dict[int, int]:
        """Return how many words some stretches have in each part."""
        counted: dict[int, int] = defaultdict(int)
        for span in spans:
            words = self.inside(span)
            if words.stop > words.start:
                counted[self.part(span)] += words.stop - words.start
        counted.pop(-1, None)
        return counted


def _draft(telling: Telling, side: Side, cut: Callable[[Telling], Iterator[DraftPart]]) -> _Draft:
    """Cut one side of an alignment into its parts, and find its words, those of headings left out."""
    heads = [one.heading for one in telling.layer("chapters", wanted_by="align") if one.heading]
    heads += [one.opening for one in telling.layer("scenes", wanted_by="align") if one.opening]
    parts = [part for part in cut(telling) if any(part.span.overlap(told) for told in side.parts)]
    starts = tuple(part.span.start for part in parts)
    words, owners = [], []
    for told in side.parts:
        for stretch in gaps(sorted(head for head in heads if told.overlap(head)), told):
            for match in WORD.finditer(telling.text, *stretch):
                owner = index_at(starts, match.start())
                if owner >= 0 and parts[owner].span.has(match.start()):
                    words.append(match.start())
                    owners.append(owner)
    counts = np.bincount(np.array(owners, np.int64), minlength=len(parts)).tolist()
    counted = tuple(replace(part, words=count) for part, count in zip(parts, counts, strict=True))
    return _Draft(counted, starts, np.array(words, np.int64), np.array(owners, np.int64))


def _chapters(telling: Telling) -> Iterator[DraftPart]:
    chapters: tuple[Chapter, ...] = telling.layer("chapters")
    for number, chapter in enumerate((one for one in chapters if one.level == "chapter"), 1):
        yield DraftPart(number, None, chapter.title, chapter.span, 0)


def _scenes(telling: Telling) -> Iterator[DraftPart]:
    scenes: tuple[Scene, ...] = telling.layer("scenes")
    titles = [chapter.title for chapter in _chapters(telling)]
    for chapter, inside in groupby(scenes, key=lambda scene: scene.chapter):
        title = titles[chapter] if chapter < len(titles) else ""
        for number, scene in enumerate(inside, 1):
            yield DraftPart(chapter + 1, number, title, scene.span, 0)


def _changes(a: _Draft, b: _Draft, *, links: Sequence[Link]) -> tuple[PartChange, ...]:
    groups = _groups(a, b, links)
    kept = _kept(a, b, links, groups)
    moved = _moved(a, groups)
    inside = _links_inside(a, b, links, groups)
    found = []
    for number, parts in enumerate(groups):
        told_a, told_b = tuple(a.parts[at] for at in parts[0]), tuple(b.parts[at] for at in parts[1])
        lost = sum(part.words for part in told_a) - int(kept[0][list(parts[0])].sum())
        gained = sum(part.words for part in told_b) - int(kept[1][list(parts[1])].sum())
        fate = _fate(len(told_a), len(told_b), lost + gained, inside[number])
        found.append(PartChange(fate, told_a, told_b, number in moved, lost, gained))
    return tuple(found)


def _groups(a: _Draft, b: _Draft, links: Sequence[Link]) -> list[_Group]:
    """Return the parts of either draft that tell the same, each part once, in the order of the first draft."""
    partners = _partners(a, b, links)
    seen: set[tuple[int, int]] = set()
    groups: list[_Group] = []
    for first in [(0, at) for at in range(len(a.parts))] + [(1, at) for at in range(len(b.parts))]:
        held: tuple[list[int], list[int]] = ([], [])
        queue = [] if first in seen else [first]
        seen.update(queue)
        while queue:
            side, at = part = queue.pop()
            held[side].append(at)
            queue += fresh if (fresh := partners[part] - seen) else ()
            seen |= partners[part]
        if held[0] or held[1]:
            groups.append((tuple(sorted(held[0])), tuple(sorted(held[1]))))
    return _in_order(groups)


def _in_order(groups: Sequence[_Group]) -> list[_Group]:
    """Put what was added after the part that it follows in the second draft."""
    old = {at: parts_a[-1] for parts_a, parts_b in groups if parts_a for at in parts_b}
    placed = []
    for parts_a, parts_b in groups:
        follows = next((old[at] for at in range(parts_b[0], -1, -1) if at in old), -1) if not parts_a else 0
        placed.append(((parts_a[0], 0, 0) if parts_a else (follows, 1, parts_b[0]), (parts_a, parts_b)))
    return [group for _, group in sorted(placed)]


def _partners(a: _Draft, b: _Draft, links: Sequence[Link]) -> Mapping[tuple[int, int], set[tuple[int, int]]]:
    """Return the parts of the other draft in which enough of a part is told, or of which it tells enough."""
    told: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for link in links:
        here, there = a.told(link.a), b.told(link.b)
        words_a, words_b = sum(here.values()), sum(there.values())
        for i, count_a in here.items():
            for j, count_b in there.items():
                told[i, j][0] += count_a * count_b / words_b
                told[i, j][1] += count_b * count_a / words_a
    found: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for (i, j), (told_a, told_b) in told.items():
        if max(told_a / a.parts[i].words, told_b / b.parts[j].words) >= _TOLD:
            found[0, i].add((1, j))
            found[1, j].add((0, i))
    return found


def _kept(a: _Draft, b: _Draft, links: Sequence[Link], groups: Sequence[_Group]) -> tuple[_Ints, _Ints]:
    """Return how many words of each part of either draft stand, as they are, in the parts of its group."""
    sides = ((a, _homes(groups, 0)), (b, _homes(groups, 1)))
    kept = np.zeros(len(a.words), bool), np.zeros(len(b.words), bool)
    for link in links:
        if link.relation == "event":
            continue
        spans = [
            [(span, home.get(draft.part(span))) for span in found]
            for (draft, home), found in zip(sides, (link.a, link.b), strict=True)
        ]
        shared = {group for _, group in spans[0]} & {group for _, group in spans[1]} - {None}
        for side, draft in enumerate((a, b)):
            lost = [words for change in link.changes if (words := _lost(change, side))]
            for span in (span for span, group in spans[side] if group in shared):
                for stretch in gaps(sorted(words for words in lost if span.holds(words)), span):
                    kept[side][draft.inside(stretch)] = True
    return (
        np.bincount(a.owner[kept[0]], minlength=len(a.parts)),
        np.bincount(b.owner[kept[1]], minlength=len(b.parts)),
    )


def _lost(change: WordChange, side: int) -> Span | None:
    """Return the words that a change takes away from one side; None where they are the same but for marks."""
    return (change.a, change.b)[side] if change.kind in ("wording", "missing", "added") else None


def _links_inside(a: _Draft, b: _Draft, links: Sequence[Link], groups: Sequence[_Group]) -> Mapping[int, list[Link]]:
    """Return the links between the parts of each group, by its place; those of headings left out."""
    homes = [_homes(groups, side) for side in (0, 1)]
    inside: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        here = homes[0].get(a.part(link.a[0])) if a.told(link.a) else None
        if here is not None and here == homes[1].get(b.part(link.b[0])):
            inside[here].append(link)
    return inside


def _homes(groups: Sequence[_Group], side: int) -> Mapping[int, int]:
    """Return the group of each part of one draft."""
    return {part: number for number, group in enumerate(groups) for part in group[side]}


def _moved(a: _Draft, groups: Sequence[_Group]) -> set[int]:
    """Return which groups stand elsewhere: those outside the chain in the old order that holds most words."""
    both = [number for number, (parts_a, parts_b) in enumerate(groups) if parts_a and parts_b]
    i, j = (np.array([groups[number][side][0] for number in both], np.int64) for side in (0, 1))
    words = np.array([1 + sum(a.parts[at].words for at in groups[number][0]) for number in both], float)
    return set(both) - {both[at] for at in best_chain(i, j, words)}


def _fate(parts_a: int, parts_b: int, changed: int, links: Sequence[Link]) -> Fate:
    if not parts_a:
        return "added"
    if not parts_b:
        return "cut"
    if parts_a > 1 or parts_b > 1:
        return "split" if parts_a == 1 else "merged" if parts_b == 1 else "recut"
    if changed:
        return "reworded"
    if any(before.b[0] > after.b[0] for before, after in pairwise(links)):
        return "reordered"
    return "same" if all(link.relation == "same" for link in links) else "punctuation"
