"""Tellings side by side as one HTML file that fetches nothing and runs only its own script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from fabula.report.cells import Cells
from fabula.report.drafts import Changes, changes_above
from fabula.report.markup import cut, safe
from fabula.report.minimap import Marks, Scale, minimap
from fabula.report.parallels import Facts, Filter, Marked, Told, agreement, differences, facts, filters, marked
from fabula.report.shell import part, policy_hash, style_of, templates
from fabula.story import Displaced, Parallel, Side, Story, Synopsis, Telling, synopses

_CHUNK = 25
"""Rows that the browser lays out together, when they come near the screen."""

_LINE, _REM = 76, 1.7
"""Letters a line of two columns holds, and its height."""
_MOST_GUESSED = 40
_AROUND = 110
_GLIMPSE = 60
_VERDICTS = {"contradiction": "cannot both be true", "perception": "seen otherwise"}


class Quoted(NamedTuple):
    """A difference as it is listed.

    Attributes:
        told: the record, with its place.
        names: of the two tellings.
        passages: before, the words, after; of either.
        verdict: what it means, for a reader.
        link: id of its row; empty where it is in none.
    """

    told: Told
    names: tuple[str, str]
    passages: tuple[tuple[str, str, str], tuple[str, str, str]]
    verdict: str
    link: str


class Share(NamedTuple):
    """How another telling agrees with the base.

    Attributes:
        name: of the other telling.
        column: its number.
        counts: rows by how they agree; `moved`, `only_a`, `only_b`.
        bar: kind, start and width of each stretch of the bar, in per cent of the rows.
        claimed: whether anything was linked.
    """

    name: str
    column: int
    counts: Mapping[str, int]
    bar: tuple[tuple[str, float, float], ...]
    claimed: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the template shows of one synopsis.

    Attributes:
        key: makes ids unique in the file.
        names: of the tellings, the base first.
        shares: how each of the others agrees with the base.
        changes: what changed from the base to each of the others, by chapters and scenes, where there are several.
        filters: kinds of rows.
        quoted: what the tellings tell in two ways.
        language: of the base, as a BCP 47 tag; empty where unknown.
        rows: how many there are.
        html: the rows.
        map: an SVG element, or nothing.
    """

    key: str
    names: tuple[str, ...]
    shares: tuple[Share, ...]
    changes: tuple[Changes, ...]
    filters: tuple[Filter, ...]
    quoted: tuple[Quoted, ...]
    language: str
    rows: int
    html: str
    map: str


def write_synopsis(story: Story, out: TextIO) -> None:
    """Write tellings side by side as one HTML file.

    Args:
        story: with its alignments, and the layer `paragraphs` in every telling.
        out: a text file, in UTF-8.

    Raises:
        LayerMissingError: when the layer is missing; nothing is written then.
    """
    short = len({side.telling for each in story.alignments for side in (each.a, each.b)}) == 1
    cells = [Cells(telling) for telling in story.tellings]
    sheets = [
        _sheet(story.tellings, found, cells, str(at), short=short)
        for at, found in enumerate(synopses(story.tellings, story.alignments))
    ]
    names = tuple(dict.fromkeys(name for sheet in sheets for name in sheet.names))
    titles = {telling.metadata.title for telling in story.tellings}
    title = titles.pop() if len(titles) == 1 else ""
    if short and not title:
        title = story.tellings[story.alignments[0].a.telling].name
    style, code = style_of("parallels.css") + _sizes(sheets), part("parallels.js")
    out.write(
        templates()
        .get_template("parallels.html")
        .render(
            title=title or _together(names),
            names=_together(names) if title else "",
            sheets=sheets,
            style=style,
            code=code,
            style_hash=policy_hash(style),
            code_hash=policy_hash(code),
        )
    )


def _sheet(tellings: Sequence[Telling], found: Synopsis, cells: Sequence[Cells], key: str, *, short: bool) -> Sheet:
    names = tuple(_name(side, short=short) for side in found.sides)
    told = differences(found)
    known = facts(found, tellings, told)
    scales = [Scale(side) for side in found.sides]
    texts = [tellings[side.telling].text for side in found.sides]
    marks = [
        marked(entry, about.told, texts) if about and isinstance(entry, Parallel) else {}
        for entry, about in zip(found.entries, known, strict=True)
    ]
    writer = _Writer(found, names, [cells[side.telling] for side in found.sides], scales, key)
    return Sheet(
        key,
        names,
        tuple(_share(names[column], column, found, known) for column in range(1, len(names))),
        tuple(_changes(tellings, found)),
        filters(known, len(names)),
        tuple(writer.quoted(each) for each in told),
        cells[found.sides[0].telling].language,
        sum(about is not None and about.kind != "break" for about in known),
        "".join(_chunks(writer, known, marks)),
        minimap(found, known, marks, scales),
    )


def _changes(tellings: Sequence[Telling], found: Synopsis) -> Iterator[Changes]:
    for alignment in found.alignments:
        both = (tellings[side.telling] for side in (alignment.a, alignment.b))
        if all({"chapters", "scenes"} <= telling.layers.keys() for telling in both):
            changed = changes_above(tellings, alignment)
            if changed and changed.rows:
                yield changed


def _name(side: Side, *, short: bool) -> str:
    """Return the name of a telling; where all are parts of one text, that of the part alone."""
    name = (short and side.name.partition(": ")[2]) or side.name
    return f"Part {name}" if name.isdecimal() else name


def _together(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _share(name: str, column: int, found: Synopsis, known: Sequence[Facts | None]) -> Share:
    counts = Counter[str]()
    for entry, about in zip(found.entries, known, strict=True):
        if not isinstance(entry, Parallel) or about is None or about.kind == "break":
            continue
        links = entry.links[column]
        if links:
            counts[agreement(links)] += 1
            counts["moved"] += column in about.moved
        elif entry.cells[0].spans or entry.cells[column].spans:
            counts["only_a" if entry.cells[0].spans else "only_b"] += 1
    kinds = ("same", "punctuation", "wording", "event", "only_a", "only_b")
    whole = sum(counts[kind] for kind in kinds) or 1
    bar, at = [], 0.0
    for kind in kinds:
        width = 100 * counts[kind] / whole
        if width:
            bar.append((kind.partition("_")[0].replace("only", "single"), round(at, 2), round(width, 2)))
        at += width
    return Share(name, column, counts, tuple(bar), bool(found.alignments[column - 1].links))


def _sizes(sheets: Sequence[Sheet]) -> str:
    """Return the rules for as many columns as there are, and the classes that tell how high chunks will be."""
    columns = sorted({len(sheet.names) for sheet in sheets})
    guesses = (f".g{step}{{--guess:{5 * step}rem}}" for step in range(1, _MOST_GUESSED + 1))
    return "".join((*(f'[data-columns="{count}"]{{--n:{count}}}' for count in columns), *guesses, "\n"))


class _Writer:
    """Writes the rows of a synopsis as HTML."""

    def __init__(
        self, found: Synopsis, names: Sequence[str], cells: Sequence[Cells], scales: Sequence[Scale], key: str
    ) -> None:
        self.found, self.names, self.cells, self.scales, self.key = found, names, cells, scales, key
        self.away = {
            (entry.parallel, entry.column): at
            for at, entry in enumerate(found.entries)
            if isinstance(entry, Displaced)
        }

    def row(self, at: int, about: Facts | None, marks: Marks) -> str:
        """Write one entry."""
        entry = self.found.entries[at]
        if isinstance(entry, Displaced) or about is None:
            return self._place(at, entry) if isinstance(entry, Displaced) else ""
        cells = "".join(
            self._cell(at, entry, column, marks.get(column, ()), is_break=about.kind == "break")
            for column in range(len(self.names))
        )
        notes = "".join(map(self._note, about.told))
        begins = any(self.cells[column].begins(cell.spans) for column, cell in enumerate(entry.cells) if cell.spans)
        css = f"row r-{about.kind}{' para' if begins else ''}{' told' if notes else ''}"
        ys = " ".join(
            f"{self.scales[column].at(cell.here[0].start):.1f}" if cell.here else "-"
            for column, cell in enumerate(entry.cells)
        )
        item = "" if about.kind == "break" else f' role="listitem" data-k="{" ".join(about.traits)}"'
        return f'<div class="{css}" id="r{self.key}-{at}"{item} data-y="{ys}">{cells}{notes}</div>\n'

    def _cell(self, at: int, row: Parallel, column: int, marks: Sequence[Marked], *, is_break: bool) -> str:
        spans = row.cells[column].spans
        if not spans:
            return '<div class="cell none"></div>'
        links = row.links[column]
        alone = column and not any(row.links) and not is_break
        sign = agreement(links) if links else "single" if alone else ""
        css = f"cell s-{sign}" if sign else "cell"
        language = self.cells[column].language
        lang = f' lang="{safe(language)}"' if language != self.cells[0].language else ""
        words = self.cells[column].write(spans, marks)
        return f'<div class="{css}"{lang}>{words}{self._elsewhere(at, column)}</div>'

    def _elsewhere(self, at: int, column: int) -> str:
        """Write the link to the place of words that stand elsewhere in their telling; nothing where they do not."""
        place = self.away.get((at, column))
        if place is None:
            return ""
        return (
            f'<p class="moved"><a href="#r{self.key}-{place}"><span aria-hidden="true">↕ </span>'
            f'<span lang="en">stands elsewhere in <bdi>{safe(self.names[column])}</bdi></span></a></p>'
        )

    def _place(self, at: int, entry: Displaced) -> str:
        """Write the place in a telling of words that stand in another row."""
        words = safe(cut(self.cells[entry.column].plain(entry.spans[0]), _GLIMPSE))
        shown = (
            f'<p class="away"><a href="#r{self.key}-{entry.parallel}"><span aria-hidden="true">↕ </span>'
            f'<span lang="en">Here stands</span> <i dir="auto">{words}</i></a></p>'
        )
        cells = "".join(
            f'<div class="cell{"" if column == entry.column else " none"}">{shown * (column == entry.column)}</div>'
            for column in range(len(self.names))
        )
        return f'<div class="row r-away" id="r{self.key}-{at}">{cells}</div>\n'

    def _note(self, told: Told) -> str:
        each = told.difference
        words = [
            f'<q dir="auto">{safe(self.cells[column].plain(span))}</q>'
            for column, span in ((0, each.a), (told.column, each.b))
        ]
        return (
            f'<p class="why {each.verdict}" lang="en" data-c="d{told.number}"><b>{safe(each.subject)}</b> '
            f"{words[0]} / {words[1]} <span>{safe(each.reason)}</span></p>"
        )

    def quoted(self, told: Told) -> Quoted:
        """Return a difference as it is listed."""
        row = next((row for row in told.rows if row is not None), None)
        each = told.difference
        return Quoted(
            told,
            (self.names[0], self.names[told.column]),
            (self.cells[0].around(each.a, _AROUND), self.cells[told.column].around(each.b, _AROUND)),
            _VERDICTS[each.verdict],
            "" if row is None else f"r{self.key}-{row}",
        )

    def lines(self, at: int) -> float:
        """Return about how many lines of text an entry takes."""
        entry = self.found.entries[at]
        if isinstance(entry, Displaced):
            return 1.2
        letters = max(sum(span.length for span in cell.spans) for cell in entry.cells)
        return 0.4 + letters // (2 * _LINE // len(self.names)) + 1


def _chunks(writer: _Writer, known: Sequence[Facts | None], marks: Sequence[Marks]) -> Iterator[str]:
    for start in range(0, len(known), _CHUNK):
        group = range(start, min(len(known), start + _CHUNK))
        height = sum(map(writer.lines, group)) * _REM
        guess = min(_MOST_GUESSED, max(1, round(height / 5)))
        yield f'<div class="chunk g{guess}">\n{"".join(writer.row(at, known[at], marks[at]) for at in group)}</div>\n'
