"""`fabula story`: the story behind one or more tellings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.common import (
    STORY_SUFFIX,
    TEXT,
    Out,
    Quiet,
    Texts,
    check_target,
    deliver,
    is_story_file,
    show_paged,
)
from fabula.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Knowledge, Plot, Story

_JSON = "json"


def story(
    texts: Texts,
    *,
    events: Annotated[
        bool, typer.Option("--events", help="A row for every event, not only for every scene.")
    ] = False,
    only: Annotated[
        str | None,
        typer.Option(
            "--only", metavar="TELLING", help="Show all that only this telling tells instead.", show_default=False
        ),
    ] = None,
    knows: Annotated[
        str | None,
        typer.Option(
            "--knows",
            metavar="NAME",
            help="Show what somebody witnessed, was told, or cannot know instead.",
            show_default=False,
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="PLACE",
            help="With --knows: before this chapter (its number or title), or before these words; TELLING:PLACE "
            "says in which telling. Without it, at the end.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text or json; without it the ending of -o decides, else text.",
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Merge tellings into one story: what happens, who tells, who knows."""
    from fabula.exports.plot import write_json
    from fabula.tellings import knows as find_known
    from fabula.tellings import plot as find_plot

    form = _format(form, output)
    _check_options(only, knows, at, form, every=events)
    check_target(output, texts)
    told = _story_of(texts, quiet=quiet)
    plot = find_plot(told)
    side = None if only is None else _side(plot, only)
    knowledge = None if knows is None else find_known(told, knows, at, plot=plot)

    def shown(width: int) -> RenderableType:
        return _shown(told, plot, knowledge, side, width, every=events)

    written = partial(write_json, told, plot, knowledge=knowledge) if form == _JSON else None
    deliver(output, shown, written, on_screen=lambda: show_paged(shown), quiet=quiet)


def _format(form: str | None, output: Path | None) -> str:
    ending = output.suffix.lower() if output else ""
    if ending == STORY_SUFFIX:
        raise ConfigError(
            "a story file holds what was read, from which the plot is made", advice="Make one with fabula align -o"
        )
    chosen = form or (_JSON if ending == ".json" else TEXT)
    if chosen not in (TEXT, _JSON):
        raise ConfigError(f"there is no format called '{chosen}' here", advice="Choose text or json")
    return chosen


def _check_options(only: str | None, knows: str | None, at: str | None, form: str, *, every: bool) -> None:
    """Make sure, before a long read, that the options go together."""
    if at is not None and knows is None:
        raise ConfigError("--at says when somebody knows", advice="Say who with --knows NAME")
    if only is not None and (knows is not None or every):
        raise ConfigError("--only shows lines alone", advice="Leave out --knows and --events")
    if only is not None and form == _JSON:
        raise ConfigError("--only is text, not json", advice="The json has what each tells alone: leave out --only")
    if every and (knows is not None or form == _JSON):
        raise ConfigError("--events is about the rows of the whole story as text", advice="Leave it out")


def _story_of(texts: list[str], *, quiet: bool) -> Story:
    from fabula import api
    from fabula.cli.progress import progress, reading_and_aligning
    from fabula.tellings import lined_up

    if len(texts) == 1 and is_story_file(texts[0]):
        return api.open_story(texts[0])
    with progress(quiet=quiet, shares=reading_and_aligning) as told:
        story = api.read(*texts, progress=told and (lambda stage, number, of: told(stage, number, of + 1)))
        if told:
            steps = sum(len(api.stages_for(telling.metadata.language)) for telling in story.tellings) + 1
            told("aligning", steps, steps)
        return lined_up(story)


def _side(plot: Plot, name: str) -> int:
    """Return the side of that name: as it stands in the table, or by its letter."""
    from fabula.report import letter

    wanted = name.casefold()
    found = [number for number, side in enumerate(plot.sides) if side.name.casefold() == wanted]
    found = found or [number for number in range(len(plot.sides)) if letter(number).casefold() == wanted]
    if not found:
        known = ", ".join(f"{letter(number)} ({side.name})" for number, side in enumerate(plot.sides))
        raise ConfigError(f"there is no telling called '{name}'", advice=f"There are {known}")
    return found[0]


def _shown(
    story: Story, plot: Plot, knowledge: Knowledge | None, side: int | None, width: int, *, every: bool
) -> RenderableType:
    from fabula.report import knowledge_lists, plot_table, told_alone

    if knowledge is not None:
        return knowledge_lists(story, plot, knowledge)
    if side is not None:
        return told_alone(story, plot, side)
    return plot_table(story, plot, width=width, every=every)
