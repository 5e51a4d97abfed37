"""Two tellings in two columns, for the terminal: what agrees, what differs, what only one tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fabula.report.differing import DIFFERING, SIGNS, differing
from fabula.report.drafts import summary_above
from fabula.report.markup import plural
from fabula.spans import Span
from fabula.story import Alignment, Difference, Link, Story, differences_of, rows
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text

_Marked = tuple[Span, str]
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
    words, `<` and `>` told on this side only, `≠` where both cannot be true; `↕` after it where the line stands
    elsewhere in the other telling. Words that differ are coloured. Before the columns stands what changed by chapters
    and scenes, where there are several, then each contradiction, and what one viewpoint could not see, with both
    passages.

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
        frame = "[{}]" if brackets else "{}"
        parts.append(_head(alignment))
        if alignment.differences:
            parts += [differing(story, alignment, width, frame), Text()]
        parts += [_table(story, alignment, width, frame), Text()]
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
    if alignment.links:
        return text.append_text(_verdicts(alignment))
    return text.append(
        "\nNothing is claimed: no two lines are more alike than chance makes them.", style="yellow not bold"
    )


def _verdicts(alignment: Alignment) -> Text:
    from rich.text import Text

    found = Counter(each.verdict for each in alignment.differences)
    alarm = "bold red" if found["contradiction"] else "dim not bold"
    text = Text("\n").append(plural(found["contradiction"], "contradiction"), style=alarm)
    if found["perception"]:
        text.append(f" · {found['perception']} that one telling could not see or know", style="dim not bold")
    if others := [f"{match.a} = {match.b}" for match in alignment.people if match.kind != "same"]:
        text.append("\nWho is who: " + visible(", ".join(others)), style="dim not bold")
    return text


def _table(story: Story, alignment: Alignment, width: int, frame: str) -> Table:
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 1), width=width, expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=2)
    table.add_column(ratio=1, overflow="fold")
    first, second = (story.tellings[side.telling].text for side in (alignment.a, alignment.b))
    for a, b, link in rows(alignment):
        told = differences_of(alignment, link)
        changes = link.changes if link else ()
        left = [(change.a, _STYLES[change.kind]) for change in changes if change.a]
        right = [(change.b, _STYLES[change.kind]) for change in changes if change.b]
        left = _marked([(each.a, DIFFERING[each.verdict]) for each in told], left)
        right = _marked([(each.b, DIFFERING[each.verdict]) for each in told], right)
        shown = _words(first, a, left, frame), _words(second, b, right, frame)
        table.add_row(shown[0], _sign(a, link, told), shown[1], style="" if link else "dim")
    return table


def _marked(told: Sequence[_Marked], changed: Sequence[_Marked]) -> list[_Marked]:
    """Return words to mark, in order: what differs in what it tells, and other words that differ beside it."""
    return sorted([*told, *(each for each in changed if not any(_touch(each[0], other[0]) for other in told))])


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _sign(a: Sequence[Span], link: Link | None, told: Sequence[Difference]) -> Text:
    from rich.text import Text

    if link is None:
        return Text("<" if a else ">", style="dim")
    if any(each.verdict == "contradiction" for each in told):
        return Text(SIGNS["contradiction"] + ("↕" if link.moved else ""), style=DIFFERING["contradiction"])
    return Text(_SIGNS[link.relation] + ("↕" if link.moved else ""), style="cyan" if link.moved else "")


def _words(text: str, spans: Sequence[Span], marked: Sequence[_Marked], frame: str) -> Text:
    """Return the words of some stretches on as few lines as they take, those that differ coloured."""
    from rich.text import Text

    shown = Text()
    for number, span in enumerate(spans):
        if number:
            shown.append(" … ", style="dim")
        at = span.start
        for words, style in marked:
            if span.holds(words) and words.start >= at:
                shown.append(_flat(text[at : words.start]))
                shown.append(frame.format(_flat(words.of(text))), style=style)
                at = words.end
        shown.append(_flat(text[at : span.end]))
    return shown


def _flat(words: str) -> str:
    return visible(words.replace("\n", " "))
