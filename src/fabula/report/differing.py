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

    start, end = _passage(telling.text, words)
    shown = Text(f"{visible(telling.source.place(words.start).brief)}  ", style="cyan")
    shown.append(_flat(("…" if start else "") + telling.text[start : words.start]), style="default")
    shown.append(frame.format(_flat(words.of(telling.text))), style=DIFFERING[difference.verdict])
    shown.append(_flat(telling.text[words.end : end] + ("…" if end < len(telling.text) else "")), style="default")
    return shown


def _passage(text: str, words: Span) -> Span:
    """Return some words with what stands around them, cut at blanks and at the ends of the paragraph."""
    start = max(text.rfind("\n\n", 0, words.start) + 2, words.start - _AROUND, 0)
    if words.start - start == _AROUND:
        start = min(words.start, text.find(" ", start, words.start) + 1 or start)
    end = text.find("\n\n", words.end)
    end = min(len(text) if end < 0 else end, words.end + _AROUND)
    if end == words.end + _AROUND and end < len(text):
        end = max(text.rfind(" ", words.end, end), words.end)
    return Span(start, end)


def _flat(words: str) -> str:
    return visible(words.replace("\n", " "))
