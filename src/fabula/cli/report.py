"""`fabula report`: the reading page, or the summary again."""

from __future__ import annotations

import typer

from fabula.cli.common import Out, Quiet, Texts, check_output, destination, show, story_of


def report(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Show the summary, or write the report, one HTML page, to -o."""
    from fabula import api

    check_output(output, texts)
    story = story_of(texts, quiet=quiet)
    if output is None:
        show(story)
        return
    with destination(output) as out:
        api.write_report(story, out)
    if not quiet and str(output) != "-":
        typer.echo(f"written: {output}", err=True)
