"""`fabula demo`: the example story, read and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fabula.cli.common import destination, show_story


def demo(
    folder: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where to write.")] = Path(
        "fabula-demo"
    ),
) -> None:
    """Read the example story, show it, and write its report."""
    from fabula import api
    from fabula.cli.progress import progress
    from fabula.examples import example_paths
    from fabula.output import make_folder

    make_folder(folder)
    with progress(quiet=False) as told:
        story = api.read(*example_paths(), progress=told)
    api.save(story, folder / "demo.fabula")
    with destination(folder / "report.html") as out:
        api.write_report(story, out)
    show_story(story)
    typer.echo(f"\nThe report, to open in a browser:  {folder / 'report.html'}")
    typer.echo(f"The story file, for fabula cast, report, export:  {folder / 'demo.fabula'}")
    typer.echo("Your own text next:  fabula read NOVEL.epub -o NOVEL.fabula")
