"""The summary of a story for the terminal. Nothing here prints, asks for the width or knows of colours it may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fabula.report.facts import counts
from fabula.report.markup import plural
from fabula.report.notes import MATCHED_BY_NAME, authors_word, labels, language_note, marks_note, no_doubts
from fabula.report.tables import (
    cast_table,
    doubt_lists,
    profile_table,
    scene_table,
    side_by_side,
    silent_line,
    talk_table,
)
from fabula.story import Story, Telling
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.text import Text


def summary(story: Story, *, width: int = 100, rows: int = 12) -> Group:
    """Tell a story on one screen or two: cast, scenes, talk, deeds, doubts.

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
    parts += (
        [_line(f"{len(story.tellings)} tellings of one story", "dim")] if several else _opening(story.tellings[0])
    )
    parts += _authors_word(story)
    if several:
        parts += [_head("Lines of each, side by side"), side_by_side(story, width=width, rows=rows)]
        parts.append(_line(MATCHED_BY_NAME, "dim"))
    for telling, label in zip(story.tellings, labels(story), strict=True):
        parts += [*_divider(telling, label), *_opening(telling)] if several else []
        parts += _telling(telling, width, rows)
    return Group(*parts)


def cast_sheet(story: Story, *, width: int = 100) -> Group:
    """List everybody in each telling: those who speak as a table, the others by name.

    Args:
        story: with the layers `characters` and `utterances` in every telling.
        width: columns of the terminal; 60 is the least that looks well.

    Returns:
        A rich renderable.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    from rich.console import Group

    parts: list[RenderableType] = []
    for telling, label in zip(story.tellings, labels(story), strict=True):
        parts += _divider(telling, label) if len(story.tellings) > 1 else []
        parts += [*_note(telling), *_cast(telling, width)]
    return Group(*parts)


def _cast(telling: Telling, width: int, rows: int | None = None) -> list[RenderableType]:
    silent = silent_line(telling, width=width, whole=rows is None)
    spoken = bool(telling.layer("utterances", wanted_by="cast"))
    table = cast_table(telling, width=width, rows=rows) if spoken else _line("Nobody is known to speak.", "dim")
    return [table, *([silent] if silent else [])]


def _opening(telling: Telling) -> list[RenderableType]:
    """Return the numbers, and what was not read."""
    return [_numbers(telling), *_note(telling)]


def _note(telling: Telling) -> list[RenderableType]:
    note = language_note(telling)
    return [_line(note, "bold yellow")] if note else []


def _authors_word(story: Story) -> list[RenderableType]:
    from rich.padding import Padding

    word = authors_word(story)
    told: list[RenderableType] = [_line(word.told, "bold yellow" if word.problems else "dim")] if word.told else []
    return [*told, *(Padding(_line(problem, ""), (0, 0, 0, 2)) for problem in word.problems)]


def _telling(telling: Telling, width: int, rows: int) -> list[RenderableType]:
    talk = talk_table(telling, width=width)
    done = profile_table(telling, width=width, rows=rows // 2)
    doubtful = doubt_lists(telling, width=width)
    parts: list[RenderableType] = [_head("Cast"), *_cast(telling, width, rows)]
    parts += [_head("Scenes"), scene_table(telling, width=width, rows=rows)]
    if talk:
        parts += [_head("Who talks to whom"), talk]
    if done:
        parts += [_head("What they do"), done]
    nothing = _line(no_doubts(telling), "dim")
    by_marks = marks_note(telling)
    shares: list[RenderableType] = [_line(by_marks, "dim")] if by_marks else []
    return [*parts, _head("What was doubtful"), *(doubtful or [nothing]), *shares]


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


def _divider(telling: Telling, label: str) -> list[RenderableType]:
    from rich.rule import Rule

    title = telling.metadata.title or label
    return [_line("", ""), Rule(_line(title if title == label else f"{label} · {title}", "bold"), style="dim")]


def _head(words: str) -> Text:
    return _line(f"\n{words}", "bold underline")


def _line(words: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(words), style=style)
