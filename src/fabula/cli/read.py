"""`fabula read`: texts in, a summary and a story file out."""

from __future__ import annotations

import typer

from fabula.cli.common import Out, Quiet, Texts, show, story_of


def read(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Read texts and show a summary; -o keeps the story in a file."""
    from fabula import api

    if output is not None:
        api.check_story_file(output)
    story = story_of(texts, quiet=quiet)
    if output is not None:
        api.save(story, output)
    if not quiet:
        show(story)
        if output is None:
            typer.echo(
                "Say -o STORY.fabula to keep this; fabula report -o REPORT.html for the reading page.", err=True
            )
    if output is not None and not quiet:
        typer.echo(f"written: {output}", err=True)
