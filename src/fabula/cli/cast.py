"""`fabula cast`: who is in it, and how much they say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.common import (
    FORMATS_HELP,
    TEXT,
    Out,
    Quiet,
    Texts,
    check_target,
    deliver,
    format_of,
    show,
    story_of,
)

if TYPE_CHECKING:
    from rich.console import RenderableType


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

    def shown(width: int) -> RenderableType:
        from fabula.report import cast_sheet

        return cast_sheet(story, width=width)

    written = partial(write, story) if write else None
    deliver(output, shown, written, on_screen=lambda: show(shown), quiet=quiet)
