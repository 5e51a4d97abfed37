"""`fabula align`: two tellings side by side."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.carry import carry_over
from fabula.cli.common import (
    FORMATS_HELP,
    STORY_SUFFIX,
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
from fabula.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Story


def align(
    texts: Texts,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=FORMATS_HELP,
            show_default=False,
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Only what changed, by chapters and scenes; as text.")
    ] = False,
    carry: Annotated[
        Path | None,
        typer.Option(
            "--carry",
            metavar="CORRECTIONS",
            help="Instead, carry these corrections of the first draft over to the second.",
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Line up two tellings of one story, side by side."""
    from fabula import api
    from fabula.exports import ALIGNMENTS

    if carry is not None:
        if form or summary:
            raise ConfigError("--carry writes corrections", advice=f"Leave out {'--format' if form else '--summary'}")
        carry_over(carry, texts, output, lambda: _aligned(texts, quiet=quiet), quiet=quiet)
        return
    if output is not None and output.suffix.lower() == STORY_SUFFIX and form is None and not summary:
        _keep(texts, output, quiet=quiet)
        return
    check_target(output, texts)
    form = form or (TEXT if summary else format_of(output, ALIGNMENTS))
    if summary and form != TEXT:
        raise ConfigError(f"--summary is text, not {form}", advice="Leave out one of --summary and --format")
    write = None if form == TEXT else api.check_alignment(form).write
    story = _aligned(texts, quiet=quiet)
    if form == TEXT and (output is None or str(output) == "-"):
        plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
        show_paged(lambda width: _shown(story, width, brackets=plain, summary=summary))
        return
    with destination(output) as out:
        if write:
            write(story, out)
        else:
            write_text(lambda width: _shown(story, width, brackets=True, summary=summary), out)
    told_written(output, quiet=quiet)


def _keep(texts: list[str], output: Path, *, quiet: bool) -> None:
    """Write a story file: the tellings read whole, and how they line up."""
    from fabula import api

    api.check_story_file(output, texts)
    api.save(_aligned(texts, quiet=quiet, whole=True), output)
    told_written(output, quiet=quiet)


def _shown(story: Story, width: int, *, brackets: bool, summary: bool) -> RenderableType:
    from fabula.report import alignment_columns, draft_summary

    return draft_summary(story) if summary else alignment_columns(story, width=width, brackets=brackets)


def _aligned(texts: list[str], *, quiet: bool, whole: bool = False) -> Story:
    """Return the story of some texts, read as far as alignment needs or whole, or of one story file."""
    from fabula import api
    from fabula.cli.progress import aligning, progress, reading_and_aligning

    if len(texts) == 1 and is_story_file(texts[0]):
        story = api.open_story(texts[0])
        return story if story.alignments else api.align_story(story)
    with progress(quiet=quiet, shares=reading_and_aligning if whole else aligning) as told:
        return api.align(*texts, whole=whole, progress=told)
