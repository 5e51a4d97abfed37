"""`fabula read`: texts in, a summary and a story file out."""

from __future__ import annotations

import shlex

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
            typer.echo(_more(texts, story.tellings[0].name), err=True)
    if output is not None and not quiet:
        typer.echo(f"written: {output}", err=True)


def _more(texts: list[str], name: str) -> str:
    """Say how to keep a story, and how to see it as a page."""
    named = len(texts) == 1 and texts[0] != "-"
    which, stem = (shlex.quote(texts[0]), name) if named else ("FILE...", "STORY")
    kept, page = (shlex.quote(f"{stem}{ending}") for ending in (".fabula", ".html"))
    return f"To keep this, add -o {kept}. To see it as a page: fabula report {which} -o {page}"
