"""`fabula export`: the story for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from fabula.cli.common import Out, Quiet, Texts, check_target, destination, story_of, told_written


def export(
    texts: Texts,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="json, jsonl or csv.", show_default=False)],
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Write the story for programs, as json, jsonl or csv."""
    from fabula import api

    api.check_export(to)
    check_target(output, texts)
    story = story_of(texts, quiet=quiet)
    with destination(output) as out:
        api.export(story, to, out)
    told_written(output, quiet=quiet)
