"""What a row of tellings side by side says: how it agrees, what differs in it, and how often that is so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fabula.spans import Span
from fabula.story import Difference, Displaced, Link, Parallel, Relation, Synopsis, Telling, WordChange, rows_holding

RowKind = Literal["same", "punctuation", "wording", "event", "single", "break"]
_FROM_LEAST: tuple[Relation, ...] = ("same", "punctuation", "wording", "event")


def agreement(links: Sequence[Link]) -> Relation:
    """Return how links agree, by the one that agrees least.

    Args:
        links: at least one.
    """
    return max((link.relation for link in links), key=_FROM_LEAST.index)


class Filter(NamedTuple):
    """A kind of rows that can be chosen.

    Attributes:
        key: as in `Facts.traits`.
        label: words for the button.
        rows: how many there are.
    """

    key: str
    label: str
    rows: int


class Told(NamedTuple):
    """A difference between the base and another telling, at the row where the base tells it.

    Attributes:
        number: from 1, in the order of the synopsis.
        column: the other telling.
        difference: the record.
        rows: indices of the entries where the base and the other tell it; None where they are in no row.
    """

    number: int
    column: int
    difference: Difference
    rows: tuple[int | None, int | None]


class Marked(NamedTuple):
    """Words of a cell that are marked.

    Attributes:
        span: where they stand.
        kind: `wording`, `case`, `punctuation`, `only` (the other side lacks them), `contradiction`, `perception`.
        partner: what their counterpart is marked with too; unique in the row.
    """

    span: Span
    kind: str
    partner: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one row.

    Attributes:
        kind: how it agrees, by the link that agrees least.
        traits: the filters it goes by.
        told: differences that begin in it.
        moved: columns whose words stand elsewhere in their telling.
    """

    kind: RowKind
    traits: tuple[str, ...]
    told: tuple[Told, ...] = ()
    moved: tuple[int, ...] = ()


def differences(found: Synopsis) -> tuple[Told, ...]:
    """Return all differences of a synopsis in the order of the base, contradictions first.

    Args:
        found: the synopsis.
    """
    told = []
    for column, alignment in enumerate(found.alignments, 1):
        rows_a = rows_holding(found, 0, [each.a for each in alignment.differences])
        rows_b = rows_holding(found, column, [each.b for each in alignment.differences])
        told += [(each, column, rows) for each, *rows in zip(alignment.differences, rows_a, rows_b, strict=True)]
    told.sort(key=lambda each: (each[0].verdict, each[0].a, each[1]))
    return tuple(
        Told(number, column, each, (rows[0], rows[1])) for number, (each, column, rows) in enumerate(told, 1)
    )


def facts(found: Synopsis, tellings: Sequence[Telling], told: Sequence[Told]) -> tuple[Facts | None, ...]:
    """Return what is known of each entry; None for the place of displaced words.

    Args:
        found: the synopsis.
        tellings: of the story.
        told: its differences.
    """
    begins: dict[int, list[Told]] = defaultdict(list)
    for each in told:
        for row in dict.fromkeys(each.rows):
            if row is not None:
                begins[row].append(each)
    away: dict[int, list[int]] = defaultdict(list)
    for entry in found.entries:
        if isinstance(entry, Displaced):
            away[entry.parallel].append(entry.column)
    return tuple(
        None
        if isinstance(entry, Displaced)
        else _facts(entry, _is_break(entry, found, tellings), tuple(begins[at]), tuple(dict.fromkeys(away[at])))
        for at, entry in enumerate(found.entries)
    )


def _is_break(row: Parallel, found: Synopsis, tellings: Sequence[Telling]) -> bool:
    """Whether a row is a scene break or the like: marks without a word, in no link."""
    return not any(row.links) and not any(
        char.isalnum()
        for side, cell in zip(found.sides, row.cells, strict=True)
        for span in cell.spans
        for char in span.of(tellings[side.telling].text)
    )


def _facts(row: Parallel, is_break: bool, told: tuple[Told, ...], moved: tuple[int, ...]) -> Facts:
    if is_break:
        return Facts("break", ())
    relations = {link.relation for links in row.links for link in links}
    kind: RowKind = agreement([link for links in row.links for link in links]) if relations else "single"
    traits: list[str] = [*sorted(relations, key=_FROM_LEAST.index)] if relations else ["single"]
    if relations and not all(cell.spans for cell in row.cells):
        traits.append("lacking")
    traits += ["moved"] * bool(moved)
    traits += sorted({each.difference.verdict for each in told})
    return Facts(kind, tuple(traits), told, moved)


def filters(found: Sequence[Facts | None], columns: int) -> tuple[Filter, ...]:
    """Return the kinds of rows that can be chosen, with their counts.

    Args:
        found: of all entries.
        columns: how many tellings there are.
    """
    counted = Counter(trait for each in found if each for trait in each.traits)
    labels = {
        "same": "Agree",
        "wording": "Words differ",
        "punctuation": "Marks differ",
        "event": "Told otherwise",
        "single": "Told by one",
        **({"lacking": "Lacking in some"} if columns > 2 else {}),
        "moved": "Moved",
        "contradiction": "Contradict",
        **({"perception": "Seen otherwise"} if counted["perception"] else {}),
    }
    return tuple(Filter(key, label, counted[key]) for key, label in labels.items())


def marked(row: Parallel, told: Sequence[Told], texts: Sequence[str]) -> Mapping[int, Sequence[Marked]]:
    """Return the words of a row that are marked, by column.

    Args:
        row: the row.
        told: its differences.
        texts: of the tellings, one a column.
    """
    found: dict[int, list[Marked]] = defaultdict(list)
    for column, links in enumerate(row.links):
        for number, change in enumerate(_changes(row, column, links, texts)):
            kind = "only" if change.kind in ("added", "missing") else change.kind
            for side, span in ((0, change.a), (column, change.b)):
                if span:
                    found[side].append(Marked(span, kind, f"{column}.{number}"))
    for each in told:
        for column, span in ((0, each.difference.a), (each.column, each.difference.b)):
            found[column].append(Marked(span, each.difference.verdict, f"d{each.number}"))
    return found


def _changes(row: Parallel, column: int, links: Sequence[Link], texts: Sequence[str]) -> Sequence[WordChange]:
    """Return the words that differ between the base and another telling.

    Links that share words differ together in less than each alone: what one lacks the other has.
    """
    from fabula.tellings import word_changes

    if len(links) < 2 or all(link.relation == "event" for link in links):
        return [change for link in links for change in link.changes]
    claimed = sorted(span for link in links for span in link.a)
    base: list[Span] = []
    for span in claimed:
        if base and span.start <= base[-1].end:
            base[-1] = Span(base[-1].start, max(base[-1].end, span.end))
        else:
            base.append(span)
    return word_changes(texts[0], base, texts[column], row.cells[column].spans)
