"""What several commands share: where stories come from, progress, and where output goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from fabula.story import Story

Texts = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        help="Texts, a folder, a fabula.toml, - for standard input; or one .fabula file. Several are several "
        "tellings of one story.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Where to write; an existing file is replaced.", show_default=False
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no summary.")]


def story_of(texts: list[str], *, quiet: bool = False) -> Story:
    """Return the story of some texts, read now, or of one story file, opened.

    Args:
        texts: as given on the command line.
        quiet: show no progress.
    """
    from fabula import api
    from fabula.cli.progress import progress

    if len(texts) == 1 and _is_story_file(texts[0]):
        return api.open_story(texts[0])
    with progress(quiet=quiet) as told:
        return api.read(*texts, progress=told)


def _is_story_file(name: str) -> bool:
    from fabula.store import is_story_file, read_header

    path = Path(name)
    if not path.is_file():
        return path.suffix == ".fabula"
    return is_story_file(read_header(path))


@contextmanager
def destination(path: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that appears whole at the end.

    Args:
        path: the file; None or `-` for standard output.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    from io import StringIO

    from fabula.output import check_writable, write_whole

    check_writable(path)
    out = StringIO(newline="")
    yield out
    write_whole(path, out.getvalue().encode("utf-8"))


def console() -> Console:
    """Return the console that data is shown on: standard output, colour where it is a terminal."""
    from rich.console import Console

    return Console()


def show(story: Story) -> None:
    """Print the summary of a story to standard output, as wide as it is."""
    from fabula.report import summary

    out = console()
    out.print(summary(story, width=out.width))
