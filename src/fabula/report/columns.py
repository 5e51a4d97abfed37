"""Two tellings in two columns, for the terminal: what agrees, what differs, what only one tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fabula.report.drafts import summary_above
from fabula.report.markup import plural
from fabula.spans import Span
from fabula.story import Alignment, ChangeKind, Link, Story, rows
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

_SIGNS = {"same": "=", "punctuation": "≈", "wording": "≈", "event": "~"}
_STYLES = {
    "wording": "bold yellow",
    "case": "yellow",
    "punctuation": "yellow",
    "added": "bold green",
    "missing": "bold red",
}


def alignment_columns(story: Story, *, width: int = 100, brackets: bool = False) -> Group:
    """Show every alignment of a story in two columns.

    Between them stands how a row is linked: `=` the same, `≈` other words or marks, `~` the same event in other
    words, `<` and `>` told on this side only; `↕` after it where the line stands elsewhere in the other telling.
    Words that differ are coloured. Above the lines stands what changed by chapters and
    scenes, where there are several.

    Args:
        story: with its alignments, and the layers `chapters` and `scenes`.
        width: columns of the terminal; 60 is the least that looks well.
        brackets: put words that differ in square brackets, for where there is no colour.

    Returns:
        A rich renderable; the console decides about colour.
    """
    from rich.console import Group
    from rich.text import Text

    parts: list[RenderableType] = _opening(story.alignments) if len(story.alignments) > 1 else []
    for alignment in story.alignments:
        above = summary_above(story, alignment)
        parts += [above] if above else []
        parts += [_head(alignment), _table(story, alignment, width, "[{}]" if brackets else "{}"), Text()]
    return Group(*parts[:-1])


def _opening(alignments: Sequence[Alignment]) -> list[RenderableType]:
    """Say which tellings are set against which."""
    from rich.text import Text

    bases = dict.fromkeys(alignment.a.name for alignment in alignments)
    against = (
        f"{base}, and beside it {', '.join(each.b.name for each in alignments if each.a.name == base)}"
        for base in bases
    )
    return [Text(visible("\n".join(against)), style="bold"), Text()]


def _head(alignment: Alignment) -> Text:
    from rich.text import Text

    found = Counter(link.relation for link in alignment.links)
    moved = sum(link.moved for link in alignment.links)
    counts = (
        f"{found['same']} the same",
        f"{found['punctuation'] + found['wording']} in other words or marks",
        f"{plural(found['event'], 'event')} told otherwise",
        f"{moved} moved",
        f"{len(alignment.only_a)} only left",
        f"{len(alignment.only_b)} only right",
    )
    text = Text(visible(f"{alignment.a.name} | {alignment.b.name}"), style="bold")
    text.append("\n" + " · ".join(counts), style="dim not bold")
    if not alignment.links:
        text.append(
            "\nNothing is claimed: no two lines are more alike than chance makes them.", style="yellow not bold"
        )
    return text


def _table(story: Story, alignment: Alignment, width: int, frame: str) -> Table:
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 1), width=width, expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=2)
    table.add_column(ratio=1, overflow="fold")
    first, second = (story.tellings[side.telling].text for side in (alignment.a, alignment.b))
    for a, b, link in rows(alignment):
        changes = link.changes if link else ()
        left = _words(first, a, [(change.a, change.kind) for change in changes if change.a], frame)
        right = _words(second, b, [(change.b, change.kind) for change in changes if change.b], frame)
        table.add_row(left, _sign(a, link), right, style="" if link else "dim")
    return table


def _sign(a: Sequence[Span], link: Link | None) -> Text:
    from rich.text import Text

    if link is None:
        return Text("<" if a else ">", style="dim")
    return Text(_SIGNS[link.relation] + ("↕" if link.moved else ""), style="cyan" if link.moved else "")


def _words(text: str, spans: Sequence[Span], marked: Sequence[tuple[Span, ChangeKind]], frame: str) -> Text:
    """Return the words of some stretches on as few lines as they take, those that differ coloured."""
    from rich.text import Text

    shown = Text()
    for number, span in enumerate(spans):
        if number:
            shown.append(" … ", style="dim")
        at = span.start
        for words, kind in marked:
            if span.holds(words) and words.start >= at:
                shown.append(_flat(text[at : words.start]))
                shown.append(frame.format(_flat(words.of(text))), style=_STYLES[kind])
                at = words.end
        shown.append(_flat(text[at : span.end]))
    return shown


def _flat(words: str) -> str:
    return visible(words.replace("\n", " "))
