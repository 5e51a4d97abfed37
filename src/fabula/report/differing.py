"""Where two tellings cannot both be true, for the terminal: both passages, one beside the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.spans import Span
from fabula.story import Alignment, Difference, Story, Telling
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

DIFFERING = {"contradiction": "bold red", "perception": "bold magenta"}
"""The style of words that differ in what they tell."""
SIGNS = {"contradiction": "≠", "perception": "?"}
"""The sign between two places that tell one thing in two ways."""
_AROUND = 60


def differing(story: Story, alignment: Alignment, width: int, frame: str) -> Table:
    """Show every place where two tellings tell one thing in two ways, contradictions first.

    Args:
        story: with its alignments.
        alignment: one of them.
        width: columns of the terminal.
        frame: what stands around words that differ, with `{}` for them.

    Returns:
        A rich table: for each its reason, then both passages with where they stand in their files.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, padding=(0, 1), width=width, expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(width=2)
    table.add_column(ratio=1, overflow="fold")
    first, second = (story.tellings[side.telling] for side in (alignment.a, alignment.b))
    for each in sorted(alignment.differences, key=lambda difference: difference.verdict):
        sign = Text(SIGNS[each.verdict], style=DIFFERING[each.verdict])
        table.add_row(_quoted(first, each.a, each, frame), sign, _quoted(second, each.b, each, frame))
        table.add_row(Text(each.reason, style="dim"), "", "")
    return table


def _quoted(telling: Telling, words: Span, difference: Difference, frame: str) -> Text:
    """Return words amid their passage, after their place in the file."""
    from rich.text import Text

    text = telling.text
    start, end = _passage(text, words)
    lead = "…" if text[:start].strip() and text[start - 1] == " " else ""
    trail = "…" if text[end : end + 1] == " " else ""
    shown = Text(f"{visible(telling.source.place(words.start).brief)}  ", style="cyan")
    shown.append(lead + _flat(text[start : words.start]), style="default")
    shown.append(frame.format(_flat(words.of(text))), style=DIFFERING[difference.verdict])
    shown.append(_flat(text[words.end : end]) + trail, style="default")
    return shown


def _passage(text: str, words: Span) -> Span:
    """Return some words with what stands around them in their paragraph, cut at blanks."""
    before, after = text.rfind("\n\n", 0, words.start), text.find("\n\n", words.end)
    start, end = before + 2 if before >= 0 else 0, after if after >= 0 else len(text)
    if words.start - start > _AROUND:
        start = text.find(" ", words.start - _AROUND, words.start) + 1 or words.start
    if end - words.end > _AROUND:
        end = max(text.rfind(" ", words.end, words.end + _AROUND), words.end)
    return Span(start, end)


def _flat(words: str) -> str:
    return visible(words.replace("\n", " "))
