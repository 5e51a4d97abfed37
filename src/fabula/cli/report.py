"""`fabula report`: the reading page, or the summary again."""

from __future__ import annotations

import typer

from fabula.cli.common import Out, Quiet, Texts, destination, show, story_of


def report(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Write the report as one HTML page to -o (or - for standard output); without -o show the summary."""
    from fabula import api

    story = story_of(texts, quiet=quiet)
    if output is None:
        show(story)
        return
    with destination(output) as out:
        api.write_report(story, out)
    if not quiet and str(output) != "-":
        typer.echo(f"written: {output}", err=True)
