"""The tables of the terminal's summary. Each fits a given width; long ones are cut, and say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from fabula.report.facts import Doubt, doubts, names, pairs, scenes
from fabula.report.markup import plural
from fabula.report.notes import labels, language_note
from fabula.report.roles import Counted, profiles
from fabula.story import CastRow, Story, Telling, cast
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_STYLES = ("blue", "red", "cyan", "magenta", "yellow", "green", "bright_blue", "bright_magenta")
_BAR = " ▏▎▍▌▋▊▉█"
_NARROW, _ROOMY = 76, 110
_CHAPTER = re.compile(r"^chapter\s+(?=\w)", re.I)


def cast_table(telling: Telling, *, width: int = 100, rows: int | None = None) -> Table:
    """Make the cast sheet of a telling.

    Args:
        telling: with the layers `characters` and `utterances`.
        width: columns of the terminal; narrow ones leave out whom people speak to.
        rows: most rows; None for all.

    Returns:
        A rich table of those who speak; people most lines first, the unknown last.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    found = cast(telling)
    known = [row for row in found if row.character and row.lines]
    shown = known if rows is None or len(known) <= rows + 1 else known[:rows]
    most = max((row.words for row in found), default=0)
    called = names(telling)
    table = _table()
    table.add_column("Name", ratio=5, no_wrap=True, overflow="ellipsis")
    table.add_column("Lines", justify="right", no_wrap=True, min_width=5)
    table.add_column("Words", justify="right", no_wrap=True, min_width=6)
    table.add_column("", no_wrap=True, width=_bar_width(width))
    if width >= _NARROW:
        table.add_column("Mostly to", ratio=4, no_wrap=True, overflow="ellipsis")
    for at, row in enumerate(shown):
        table.add_row(*_cast_cells(row, _style(at), most, called, width))
    if len(shown) < len(known):
        table.add_row(_text(f"… and {len(known) - len(shown)} more", style="dim"))
    for row in found:
        if row.character is None:
            table.add_row(*_cast_cells(row, "dim", most, called, width))
    return table


def silent_line(telling: Telling, *, width: int = 100, whole: bool = False) -> Text | None:
    """Name those who never speak, in a line or two.

    Args:
        telling: with the layers `characters` and `utterances`.
        width: columns of the terminal.
        whole: name all of them, however many lines that takes.

    Returns:
        None where everybody speaks.
    """
    silent = [row.character.name for row in cast(telling) if row.character and not row.lines]
    if not silent:
        return None
    head = f"{plural(len(silent), 'person', 'people')} who say{'s' if len(silent) == 1 else ''} nothing: "
    room = 2 * width - len(head) - len("… and 1,000 more")
    kept = list(silent) if whole else [name for name, end in zip(silent, _ends(silent), strict=True) if end <= room]
    more = len(silent) - len(kept)
    return _line(head + ", ".join(kept) + (f"{' … ' if kept else ''}and {more:,} more" if more else ""), style="dim")


def _ends(names: Sequence[str]) -> Iterator[int]:
    """Yield where each name ends in a list with commas."""
    return accumulate(len(name) + 2 for name in names)


def _cast_cells(
    row: CastRow, style: str, most: int, called: Mapping[str, str], width: int
) -> Iterator[RenderableType]:
    yield _who(row, style)
    yield f"{row.lines:,}"
    yield f"{row.words:,}"
    yield _bar(row.words, most, _bar_width(width), style)
    if width >= _NARROW:
        yield _text(", ".join(f"{called.get(to, to)} {lines}" for to, lines in row.hearers[:2]))


def scene_table(telling: Telling, *, width: int, rows: int) -> Table:
    """Make the list of scenes: chapter, viewpoint where any is stated, first words, who speaks."""
    found = scenes(telling)
    called = names(telling)
    seen, headed = any(scene.viewpoint for scene in found), any(scene.chapter for scene in found)
    shown = found if len(found) <= rows + 1 else found[:rows]
    table = _table()
    table.add_column("", justify="right", style="dim", no_wrap=True)
    if headed:
        table.add_column("Chapter", ratio=3, no_wrap=True, overflow="ellipsis")
    if seen:
        table.add_column("Seen by", ratio=2, no_wrap=True, overflow="ellipsis")
    table.add_column("Begins", ratio=5, no_wrap=True, overflow="ellipsis")
    if width >= _NARROW:
        table.add_column("Who speaks", ratio=4, no_wrap=True, overflow="ellipsis")
    for scene in shown:
        cells = [str(scene.number)]
        cells += [_CHAPTER.sub("", scene.chapter) or "–"] if headed else []
        cells += [scene.viewpoint or "–"] if seen else []
        cells.append(scene.opening or "–")
        if width >= _NARROW:
            said = (f"{called.get(id, id) if id else 'unknown'} {lines}" for id, lines in scene.voices)
            cells.append(", ".join(said) or "nobody")
        table.add_row(*map(_text, cells))
    if len(shown) < len(found):
        blank = [""] * (1 + headed + seen)
        table.add_row(*blank, _text(f"… and {plural(len(found) - len(shown), 'more scene')}", style="dim"))
    return table


def talk_table(telling: Telling, *, width: int) -> Table | None:
    """Make the list of the strongest pairs: what each says to the other, in one row.

    Returns:
        None where nobody is known to speak to anybody.
    """
    flows = {(a, b): lines for a, b, lines in pairs(telling)}
    if not flows:
        return None
    called = names(telling)
    couples = {(min(pair), max(pair)) for pair in flows}
    both = {two: flows.get(two, 0) + flows.get(two[::-1], 0) for two in couples}
    strongest = sorted(both, key=lambda two: (-both[two], two))[: 5 if width < _ROOMY else 8]
    most = max(both.values())
    table = _table(heads=False)
    table.add_column("", ratio=3, no_wrap=True, overflow="ellipsis", justify="right")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", justify="center", no_wrap=True, style="dim")
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", ratio=3, no_wrap=True, overflow="ellipsis")
    table.add_column("", no_wrap=True, width=_bar_width(width))
    for a, b in strongest:
        if flows.get((a, b), 0) < flows.get((b, a), 0):
            a, b = b, a  # noqa: PLW2901 - the one who says more stands first
        bar = _bar(flows.get((a, b), 0) + flows.get((b, a), 0), most, _bar_width(width), "cyan")
        ahead, back = str(flows.get((a, b), 0)), str(flows.get((b, a), 0))
        table.add_row(_text(called.get(a, a)), ahead, "⇄", back, _text(called.get(b, b)), bar)
    if len(couples) > len(strongest):
        table.add_row(_text(f"… and {plural(len(couples) - len(strongest), 'more pair')}", style="dim"))
    return table


def profile_table(telling: Telling, *, width: int, rows: int) -> Table | None:
    """Make the list of what people do, undergo, have and are; narrow terminals leave out the middle two.

    Returns:
        None where nothing is known of that.
    """
    found = profiles(telling)
    if not found:
        return None
    shown = found if len(found) <= rows + 1 else found[:rows]
    table = _table()
    heads = ("Name", "Does", "Has done to them", "Has", "Is") if width >= _NARROW else ("Name", "Does", "Is")
    for head in heads:
        table.add_column(head, ratio=3, no_wrap=True, overflow="ellipsis")
    for each in shown:
        kinds = (each.does, each.undergoes, each.owns, each.traits) if width >= _NARROW else (each.does, each.traits)
        cells = (_counted(words[: 3 if width < _ROOMY else None]) for words in kinds)
        table.add_row(_text(each.character.name, style="bold"), *cells)
    if len(shown) < len(found):
        table.add_row(_text(f"… and {len(found) - len(shown)} more", style="dim"))
    return table


def _counted(words: Counted) -> Text:
    return _text(", ".join(f"{word} {times}" if times > 1 else word for word, times in words) or "–")


def doubt_lists(telling: Telling, *, width: int) -> list[RenderableType]:
    """Make the lists of doubts: for each reason how many, then the first of them with their words and places.

    Returns:
        Nothing where nothing was doubtful.
    """
    shown: list[RenderableType] = []
    for group in doubts(telling):
        number, kind, reason = plural(len(group), group[0].kind), group[0].kind, group[0].reason
        shown.append(_line(f"{number}: {reason}"))
        if not (kind == "unknown speaker" and language_note(telling)):
            shown.append(_examples(group, width))
    return shown


def _examples(group: Sequence[Doubt], width: int) -> Table:
    most = 3 if width < _ROOMY else 5
    kept = group if len(group) <= most + 1 else group[:most]
    table = _table(heads=False)
    table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("", no_wrap=True, overflow="ellipsis", justify="right", max_width=width // 2)
    for doubt in kept:
        table.add_row(_text(f"  {doubt.words}"), _text(doubt.place, style="dim"))
    if len(kept) < len(group):
        table.add_row(_text(f"  … and {len(group) - len(kept):,} more", style="dim"))
    return table


def side_by_side(story: Story, *, width: int, rows: int) -> Table:
    """Make the cast of several tellings: each person's lines and words in every telling."""
    tables = [{row.character.id: row for row in cast(telling) if row.character} for telling in story.tellings]
    people = {id: row.character.name for table in reversed(tables) for id, row in table.items() if row.character}
    order = sorted(people, key=lambda id: (-sum(table[id].lines for table in tables if id in table), people[id]))
    spoken = [id for id in order if any(id in table and table[id].lines for table in tables)]
    shown = spoken if len(spoken) <= rows + 1 else spoken[:rows]
    table = _table()
    table.add_column("Name", ratio=3, no_wrap=True, overflow="ellipsis")
    for label in labels(story):
        table.add_column(_text(label), ratio=2, no_wrap=True, justify="right")
    for at, id in enumerate(shown):
        cells = (_lines_and_words(columns.get(id), width) for columns in tables)
        table.add_row(_text(people[id], style=_style(at)), *cells)
    if len(shown) < len(spoken):
        table.add_row(_text(f"… and {len(spoken) - len(shown)} more", style="dim"))
    return table


def _lines_and_words(row: CastRow | None, width: int) -> Text:
    if row is None:
        return _text("–", style="dim")
    return _text(f"{plural(row.lines, 'line')}, {plural(row.words, 'word')}" if width >= _ROOMY else f"{row.lines:,}")


def _who(row: CastRow, style: str) -> Text:
    if row.character is None:
        return _text("unknown", style="dim italic")
    others = [alias for alias in row.character.aliases if alias != row.character.name]
    return _text(row.character.name, style=style).append_text(
        _text("  " + ", ".join(others) if others else "", style="dim")
    )


def _bar(number: int, most: int, width: int, style: str) -> Text:
    """Return a bar in eighths of a column; every number above nothing shows."""
    eighths = max(1, round(8 * width * number / most)) if number and most else 0
    return _text("█" * (eighths // 8) + _BAR[eighths % 8].strip(), style=style)


def _bar_width(width: int) -> int:
    return 6 if width < _NARROW else 10 if width < _ROOMY else 16


def _style(at: int) -> str:
    return f"bold {_STYLES[at]}" if at < len(_STYLES) else "bold"


def _text(words: str, *, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(words).replace("\n", " "), style=style, no_wrap=True, overflow="ellipsis")


def _line(words: str, *, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(words), style=style)


def _table(*, heads: bool = True) -> Table:
    from rich.table import Table

    return Table(box=None, show_header=heads, header_style="dim", expand=True, pad_edge=False, padding=(0, 2, 0, 0))
