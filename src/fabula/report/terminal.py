"""The summary of a story for the terminal. Nothing here prints, asks for the width or knows of colours it may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.report.facts import counts
from fabula.report.markup import plural
from fabula.report.tables import cast_table, doubt_table, scene_table, side_by_side, talk_table
from fabula.story import Story, Telling
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.text import Text


def summary(story: Story, *, width: int = 100, rows: int = 12) -> Group:
    """Tell a story on one screen or two: cast, scenes, talk, doubts.

    Args:
        story: with all layers of `fabula.pipeline` in every telling.
        width: columns of the terminal; 60 is the least that looks well.
        rows: most rows of a table before it is cut with "… and 37 more".

    Returns:
        A rich renderable; the console decides about colour.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    from rich.console import Group

    several = len(story.tellings) > 1
    parts: list[RenderableType] = [_line(story.title, "bold")]
    if several:
        parts.append(_line(f"{len(story.tellings)} tellings of one story", "dim"))
        parts += [_head("Cast, side by side"), side_by_side(story, width=width, rows=rows)]
    for telling in story.tellings:
        parts += _divider(telling) if several else []
        parts += _telling(telling, width, rows)
    return Group(*parts)


def _telling(telling: Telling, width: int, rows: int) -> list[RenderableType]:
    talk = talk_table(telling, width=width)
    doubtful = doubt_table(telling, width=width)
    parts: list[RenderableType] = [_numbers(telling)]
    parts += [_head("Cast"), cast_table(telling, width=width, rows=rows)]
    parts += [_head("Scenes"), scene_table(telling, width=width, rows=rows)]
    if talk:
        parts += [_head("Who talks to whom"), talk]
    nothing = _line("Nothing: every line has a speaker, every quotation is closed.", "dim")
    return [*parts, _head("What was doubtful"), doubtful or nothing]


def _numbers(telling: Telling) -> Text:
    found = counts(telling)
    numbers = (
        plural(found.words, "word"),
        plural(found.chapters, "chapter"),
        plural(found.scenes, "scene"),
        plural(found.quotations, "quotation"),
    )
    author = (telling.metadata.author,) if telling.metadata.author else ()
    return _line(" · ".join([*author, *numbers]), "dim")


def _divider(telling: Telling) -> list[RenderableType]:
    from rich.rule import Rule

    return [_line("", ""), Rule(_line(telling.metadata.title or telling.name, "bold"), style="dim")]


def _head(words: str) -> Text:
    return _line(f"\n{words}", "bold underline")


def _line(words: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(words), style=style)


__all__ = ["cast_table", "summary"]
