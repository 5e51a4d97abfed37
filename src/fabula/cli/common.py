"""What several commands share: where stories come from, progress, and where output goes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from fabula.errors import OutputError

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


def check_output(output: Path | None, texts: list[str]) -> None:
    """Make sure, before a long read, that a file can be put there, and that none of the texts would be lost.

    Args:
        output: as given with `-o`; None or `-` for standard output.
        texts: as given on the command line.

    Raises:
        OutputError: when it cannot, or when it is one of the texts or their corrections.
        FabulaError: when a folder of texts cannot be read.
    """
    from fabula.output import check_writable

    if output is None or str(output) == "-":
        return
    check_writable(output)
    if output.exists() and any(file.exists() and file.samefile(output) for file in _kept(texts)):
        raise OutputError(
            "this is one of the files that are read, and it is left as it is",
            where=str(output),
            advice="Choose another name",
        )


def _kept(texts: list[str]) -> Iterator[Path]:
    """Yield every file that is read."""
    from fabula.formats.books.book import SETTINGS, book_of
    from fabula.store import find_corrections

    named = [Path(text) for text in texts if text != "-"]
    yield from named
    yield from find_corrections(named)
    for path in named:
        if path.is_dir() or path.name == SETTINGS:
            yield from (book_of(path).folder / SETTINGS, *book_of(path).files)


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
