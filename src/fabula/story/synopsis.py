"""Several tellings in parallel columns: what tells the same stands in one row, and every word in one cell.

A synopsis, as scholars of the gospels call it, keeps two orders at once. Its rows follow the base telling; and the
words of every other telling, read down its own column, stand in that telling's order too, once what stands elsewhere
is read where its telling has it (`Displaced`) instead of in its row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from fabula.spans import Span, index_at, stripped
from fabula.story.links import Alignment, Link, Side
from fabula.story.telling import Telling


class Cell(NamedTuple):
    """What one telling has in a row.

    Attributes:
        spans: the words, in order; between two of them the telling has others. Empty where it lacks the row.
        here: those that stand here in the telling's own order too: the first of `spans`, or nothing.
    """

    spans: tuple[Span, ...] = ()
    here: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Parallel:
    """A row: what several tellings tell the same, or what one has alone.

    Attributes:
        cells: one a telling, the base first.
        links: what joins the base with each telling; none in the first place.
    """

    cells: tuple[Cell, ...]
    links: tuple[tuple[Link, ...], ...]


class Displaced(NamedTuple):
    """The place in a telling's own order of words that stand in another row.

    Attributes:
        column: which telling.
        spans: the words.
        parallel: index of their row among the entries.
    """

    column: int
    spans: tuple[Span, ...]
    parallel: int


@dataclass(frozen=True, slots=True)
class Synopsis:
    """Tellings in parallel columns.

    Attributes:
        sides: the tellings, the base first.
        alignments: of the base with each of the others.
        entries: rows, and between them the places of what is displaced.
    """

    sides: tuple[Side, ...]
    alignments: tuple[Alignment, ...]
    entries: tuple[Parallel | Displaced, ...]


class _Atom(NamedTuple):
    """Words that no alignment cuts: which links hold them, and which one-sided lines."""

    span: Span
    links: tuple[int, ...]
    only: tuple[int, ...]


class _Run(NamedTuple):
    """Words of one row in one column with no others between."""

    column: int
    span: Span
    row: int


def synopses(tellings: Sequence[Telling], alignments: Sequence[Alignment]) -> Iterator[Synopsis]:
    """Yield a synopsis for each telling that others are aligned with.

    Args:
        tellings: of the story.
        alignments: of the story.
    """
    by_base: dict[Side, list[Alignment]] = defaultdict(list)
    for alignment in alignments:
        by_base[alignment.a].append(alignment)
    for base, found in by_base.items():
        sides = (base, *(alignment.b for alignment in found))
        yield Synopsis(sides, tuple(found), _entries(tellings, sides, found))


def rows_holding(found: Synopsis, column: int, spans: Sequence[Span]) -> list[int | None]:
    """Return for each stretch of a telling the index of the row in which it begins; None where there is none.

    Args:
        found: the synopsis.
        column: which of its tellings.
        spans: stretches of that telling.
    """
    held = sorted(
        (span, at)
        for at, entry in enumerate(found.entries)
        if isinstance(entry, Parallel)
        for span in entry.cells[column].spans
    )
    starts = [span.start for span, _ in held]
    places = (index_at(starts, wanted.start) for wanted in spans)
    return [
        held[place][1] if place >= 0 and held[place][0].has(wanted.start) else None
        for place, wanted in zip(places, spans, strict=True)
    ]


def _entries(
    tellings: Sequence[Telling], sides: Sequence[Side], alignments: Sequence[Alignment]
) -> tuple[Parallel | Displaced, ...]:
    links = [(column, link) for column, alignment in enumerate(alignments, 1) for link in alignment.links]
    atoms = [
        _atoms(tellings[side.telling].text, side, _claims(links, column), _one_sided(alignments, column))
        for column, side in enumerate(sides)
    ]
    rows = _united(len(links), (atom.links for column in atoms for atom in column))
    runs = list(_runs(atoms, rows))
    held: dict[int, list[tuple[int, Link]]] = defaultdict(list)
    for number, joined in enumerate(links):
        held[rows[number]].append(joined)
    return tuple(_ordered(runs, held, len(sides)))


def _claims(links: Sequence[tuple[int, Link]], column: int) -> list[tuple[Span, int]]:
    """Return the stretches of a column that links hold, each with its link."""
    return [
        (span, number)
        for number, (other, link) in enumerate(links)
        for span in (link.a if column == 0 else link.b if column == other else ())
    ]


def _one_sided(alignments: Sequence[Alignment], column: int) -> list[tuple[Span, int]]:
    """Return the one-sided lines of a column, each with a number of its own."""
    only = [a.only_a for a in alignments] if column == 0 else [alignments[column - 1].only_b]
    return [(span, number) for number, span in enumerate(span for spans in only for span in spans)]


def _atoms(
    text: str, side: Side, claims: Sequence[tuple[Span, int]], only: Sequence[tuple[Span, int]]
) -> list[_Atom]:
    """Cut a column wherever a link or a one-sided line begins or ends; what has no words falls away."""
    edges: dict[int, list[tuple[bool, bool, int]]] = {edge: [] for part in side.parts for edge in part}
    for is_link, spans in ((True, claims), (False, only)):
        for span, number in spans:
            edges.setdefault(span.start, []).append((True, is_link, number))
            edges.setdefault(span.end, []).append((False, is_link, number))
    found, before = [], 0
    active: dict[bool, dict[int, int]] = {True: {}, False: {}}
    starts = [part.start for part in side.parts]
    for at in sorted(edges):
        part = index_at(starts, before)
        words = stripped(text, Span(before, at))
        if words.length and part >= 0 and at <= side.parts[part].end:
            found.append(_Atom(words, _of(active[True]), _of(active[False])))
        for opens, is_link, number in edges[at]:
            depth = active[is_link].get(number, 0) + (1 if opens else -1)
            active[is_link][number] = depth
            if not depth:
                del active[is_link][number]
        before = at
    return found


def _of(active: dict[int, int]) -> tuple[int, ...]:
    return tuple(sorted(number for number, depth in active.items() if depth > 0))


def _united(count: int, groups: Iterable[Sequence[int]]) -> list[int]:
    """Return for each link the first of those that share words with it, by way of others too."""
    first = list(range(count))

    def root(link: int) -> int:
        while first[link] != link:
            first[link] = first[first[link]]
            link = first[link]
        return link

    for group in groups:
        for other in group[1:]:
            one, two = sorted((root(group[0]), root(other)))
            first[two] = one
    return [root(link) for link in range(count)]


def _runs(columns: Sequence[Sequence[_Atom]], rows: Sequence[int]) -> Iterator[_Run]:
    """Yield the words of each row; one-sided lines are rows of their own, numbered after the links' rows."""
    new = len(rows)
    for column, atoms in enumerate(columns):
        for (linked, row, only), inside in groupby(atoms, key=lambda atom: _row_of(atom, rows)):
            held = list(inside)
            if linked or only:
                yield _Run(column, Span(held[0].span.start, held[-1].span.end), row if linked else new)
                new += not linked
                continue
            for atom in held:
                yield _Run(column, atom.span, new)
                new += 1


def _row_of(atom: _Atom, rows: Sequence[int]) -> tuple[bool, int, tuple[int, ...]]:
    return (True, rows[atom.links[0]], ()) if atom.links else (False, -1, atom.only)


def _ordered(
    runs: Sequence[_Run], links: dict[int, list[tuple[int, Link]]], columns: int
) -> Iterator[Parallel | Displaced]:
    """Yield rows and displaced words in the order of the base, and of every column within it."""
    cells: dict[int, list[list[Span]]] = defaultdict(lambda: [[] for _ in range(columns)])
    for run in runs:
        cells[run.row][run.column].append(run.span)
    base = [run for run in runs if run.column == 0]
    first_of: dict[int, int] = {}
    for at, run in enumerate(base):
        first_of.setdefault(run.row, at)
    placed = [((at, 0, 0, 0), run, first_of[run.row] == at) for at, run in enumerate(base)]
    here = {(run.column, run.span) for _, run, is_first in placed if is_first}
    for column in range(1, columns):
        own = [run for run in runs if run.column == column]
        steady = _steady(own, first_of, links)
        here |= {(column, run.span) for run in steady}
        starts = [run.span.start for run in steady]
        for run in own:
            if (column, run.span) not in here:
                before = index_at(starts, run.span.start)
                anchor = first_of[steady[before].row] if before >= 0 else -1
                is_row = run.row not in first_of
                placed.append(((anchor, 1, column, run.span.start), run, is_row))
                here |= {(column, run.span)} if is_row else set()
    placed.sort(key=lambda each: each[0])
    index = {run.row: at for at, (_, run, is_row) in enumerate(placed) if is_row}
    for _, run, is_row in placed:
        yield (
            _parallel(cells[run.row], links.get(run.row, ()), here)
            if is_row
            else Displaced(run.column, (run.span,), index[run.row])
        )


def _parallel(
    cells: Sequence[Sequence[Span]], links: Sequence[tuple[int, Link]], here: set[tuple[int, Span]]
) -> Parallel:
    return Parallel(
        tuple(
            Cell(tuple(spans), tuple(span for span in spans if (column, span) in here))
            for column, spans in enumerate(cells)
        ),
        tuple(tuple(link for other, link in links if other == column) for column in range(len(cells))),
    )


def _steady(own: Sequence[_Run], first_of: dict[int, int], links: dict[int, list[tuple[int, Link]]]) -> list[_Run]:
    """Return the runs of a column that go forward with the base: one a row at most, none that has moved."""
    seen: set[int] = set()
    runs = []
    for run in own:
        if run.row in first_of and run.row not in seen:
            seen.add(run.row)
            if not all(link.moved for column, link in links[run.row] if column == run.column):
                runs.append(run)
    return _rising(runs, [first_of[run.row] for run in runs])


def _rising(runs: Sequence[_Run], places: Sequence[int]) -> list[_Run]:
    """Return the most runs whose places rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(runs[at])
        at = before[at]
    return found[::-1]
