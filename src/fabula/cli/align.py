"""`fabula align`: two tellings side by side."""

from __future__ import annotations

import os
import sys
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
    is_story_file,
    show_paged,
    told_written,
    write_text,
)

if TYPE_CHECKING:
    from fabula.story import Story


def align(
    texts: Texts,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=FORMATS_HELP,
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Line up two tellings of one story, side by side."""
    from fabula import api
    from fabula.exports import ALIGNMENTS
    from fabula.report import alignment_columns

    check_target(output, texts)
    form = form or format_of(output, ALIGNMENTS)
    write = None if form == TEXT else api.check_alignment(form).write
    story = _aligned(texts, quiet=quiet)
    if form == TEXT and (output is None or str(output) == "-"):
        plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
        show_paged(lambda width: alignment_columns(story, width=width, brackets=plain))
        return
    with destination(output) as out:
        if write:
            write(story, out)
        else:
            write_text(lambda width: alignment_columns(story, width=width, brackets=True), out)
    told_written(output, quiet=quiet)


def _aligned(texts: list[str], *, quiet: bool) -> Story:
    """Return the story of some texts, read as far as alignment needs, or of one story file."""
    from fabula import api
    from fabula.cli.progress import progress

    if len(texts) == 1 and is_story_file(texts[0]):
        return api.align_story(api.open_story(texts[0]))
    with progress(quiet=quiet) as told:
        return api.align(*texts, progress=told)
