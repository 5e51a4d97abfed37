"""`fabula cast`: who is in it, and how much they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from fabula.cli.common import Out, Quiet, Texts, check_target, destination, show, story_of, told_written

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Story

TEXT = "text"
"""The format for people: what a terminal shows."""

_PAGE = 120


def cast(
    texts: Texts,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="text, csv or json; without it the ending of -o decides, else text.",
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """List the cast: names, lines, words, whom they speak to."""
    from fabula import api

    check_target(output, texts)
    to = to or _format_of(output)
    write = _write_text if to == TEXT else api.check_cast_sheet(to).write
    story = story_of(texts, quiet=quiet)
    if to == TEXT and (output is None or str(output) == "-"):
        show(lambda width: _sheet(story, width))
        return
    with destination(output) as out:
        write(story, out)
    told_written(output, quiet=quiet)


def _format_of(output: Path | None) -> str:
    """Return the format that a file's ending asks for."""
    from fabula.exports import CAST_SHEETS

    ending = output.suffix.lower() if output else ""
    return next((sheet.name for sheet in CAST_SHEETS if sheet.suffix == ending), TEXT)


def _write_text(story: Story, out: TextIO) -> None:
    from rich.console import Console

    Console(file=out, width=_PAGE, color_system=None).print(_sheet(story, _PAGE))


def _sheet(story: Story, width: int) -> RenderableType:
    from fabula.report import cast_sheet

    return cast_sheet(story, width=width)
