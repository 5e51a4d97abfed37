"""`fabula align`: two tellings side by side."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from fabula.cli.common import (
    Out,
    Quiet,
    Texts,
    check_target,
    destination,
    is_story_file,
    show_paged,
    told_written,
)

if TYPE_CHECKING:
    from fabula.story import Story

_TEXT = "text"
_PAGE = 120


def align(
    texts: Texts,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, csv or json; without it the ending of -o decides, else text.",
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Line up two tellings of one story, side by side."""
    from fabula import api
    from fabula.report import alignment_columns

    check_target(output, texts)
    form = form or _format_of(output)
    write = _write_text if form == _TEXT else api.check_alignment(form).write
    story = _aligned(texts, quiet=quiet)
    if form == _TEXT and (output is None or str(output) == "-"):
        plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
        show_paged(lambda width: alignment_columns(story, width=width, brackets=plain))
        return
    with destination(output) as out:
        write(story, out)
    told_written(output, quiet=quiet)


def _aligned(texts: list[str], *, quiet: bool) -> Story:
    """Return the story of some texts, read as far as alignment needs, or of one story file."""
    from fabula import api
    from fabula.cli.progress import progress

    if len(texts) == 1 and is_story_file(texts[0]):
        return api.align_story(api.open_story(texts[0]))
    with progress(quiet=quiet) as told:
        return api.align(*texts, progress=told)


def _format_of(output: Path | None) -> str:
    from fabula.exports import ALIGNMENTS

    ending = output.suffix.lower() if output else ""
    return next((form.name for form in ALIGNMENTS if form.suffix == ending), _TEXT)


def _write_text(story: Story, out: TextIO) -> None:
    from rich.console import Console

    from fabula.report import alignment_columns

    shown = alignment_columns(story, width=_PAGE, brackets=True)
    Console(file=out, width=_PAGE, color_system=None).print(shown)
