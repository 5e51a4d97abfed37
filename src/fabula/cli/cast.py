"""`fabula cast`: who is in it, and how much they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.common import (
    FORMATS_HELP,
    TEXT,
    Out,
    Quiet,
    Texts,
    check_target,
    destination,
    format_of,
    show,
    story_of,
    told_written,
    write_text,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Story


def cast(
    texts: Texts,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help=FORMATS_HELP,
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """List the cast: names, lines, words, whom they speak to."""
    from fabula import api
    from fabula.exports import CAST_SHEETS

    check_target(output, texts)
    to = to or format_of(output, CAST_SHEETS)
    write = None if to == TEXT else api.check_cast_sheet(to).write
    story = story_of(texts, quiet=quiet)
    if to == TEXT and (output is None or str(output) == "-"):
        show(lambda width: _sheet(story, width))
        return
    with destination(output) as out:
        if write:
            write(story, out)
        else:
            write_text(lambda width: _sheet(story, width), out)
    told_written(output, quiet=quiet)


def _sheet(story: Story, width: int) -> RenderableType:
    from fabula.report import cast_sheet

    return cast_sheet(story, width=width)
