"""What several commands share: where stories come from, progress, and where output goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from fabula.cli.streams import data_output, say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.exports import Export
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
LEAST_WIDTH = 20
"""Columns below which a table shows nothing but dots."""

STORY_SUFFIX = ".fabula"
"""Usual ending of story files."""
TEXT = "text"
"""The format for people: what a terminal shows."""
FORMATS_HELP = "text, csv or json; without it the ending of -o decides, else text."
_PAGE = 120
"""Columns of text that goes to a file."""
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no summary.")]


def story_of(texts: list[str], *, quiet: bool = False) -> Story:
    """Return the story of some texts, read now, or of one story file, opened.

    Args:
        texts: as given on the command line.
        quiet: show no progress.
    """
    from fabula import api
    from fabula.cli.progress import progress

    if len(texts) == 1 and is_story_file(texts[0]):
        return api.open_story(texts[0])
    with progress(quiet=quiet) as told:
        return api.read(*texts, progress=told)


def is_story_file(name: str) -> bool:
    """Whether an argument names a story file, rather than a text."""
    from fabula.store import is_story_file as begins_one
    from fabula.store import read_header

    if not os.path.isfile(name):  # noqa: PTH113 - it never raises
        return Path(name).suffix == STORY_SUFFIX
    try:
        return begins_one(read_header(name))
    except OSError:
        return False  # to be told where texts are read


def check_target(path: Path | None, texts: list[str]) -> None:
    """Make sure, before a long read, that a result can be written and replaces nothing that is read.

    Args:
        path: as given with -o.
        texts: as given on the command line.
    """
    if path is not None and str(path) != "-":
        from fabula import api

        api.check_target(path, texts)


def check_kind(path: Path | None, command: str) -> None:
    """Make sure, before a long read, that a result is not named like that of another command.

    Args:
        path: as given with -o.
        command: `read`, which writes a story file, or `report`, which writes a page.

    Raises:
        OutputError: for a page called `x.fabula`, a story file called `x.html`.
    """
    from fabula.errors import OutputError

    named = {".html": "report", ".htm": "report", STORY_SUFFIX: "read"}.get(path.suffix.lower() if path else "")
    if named and named != command:
        made, wanted = ("a story file", "a page") if command == "read" else ("a page", "a story file")
        raise OutputError(
            f"`fabula {command}` writes {made}, and this is named like {wanted}",
            where=str(path),
            advice=f"For {wanted}: fabula {named} … -o {path}; else choose another ending",
        )


@contextmanager
def destination(path: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that appears whole at the end.

    Args:
        path: the file; None or `-` for standard output, in UTF-8.
    """
    if path is None or str(path) == "-":
        yield data_output()
        return
    from io import StringIO

    from fabula.output import write_whole

    out = StringIO(newline="")
    yield out
    write_whole(path, out.getvalue().encode("utf-8"))


def format_of(output: Path | None, formats: Sequence[Export]) -> str:
    """Return the format that a file's ending asks for, else that for people."""
    ending = output.suffix.lower() if output else ""
    return next((form.name for form in formats if form.suffix == ending), TEXT)


def write_text(shown: Callable[[int], RenderableType], out: TextIO) -> None:
    """Write what a terminal would show as plain text.

    Args:
        shown: makes it for a width in columns.
        out: an open text file.
    """
    from rich.console import Console

    Console(file=out, width=_PAGE, color_system=None).print(shown(_PAGE))


def told_written(path: Path | None, *, quiet: bool) -> None:
    """Say where a result was written; nothing for standard output.

    Args:
        path: as given with -o.
        quiet: say nothing.
    """
    if path is not None and not quiet and str(path) != "-":
        say(f"written: {path}")


def deliver(
    output: Path | None,
    shown: Callable[[int], RenderableType],
    write: Callable[[TextIO], None] | None = None,
    *,
    on_screen: Callable[[], None],
    quiet: bool,
) -> None:
    """Give a result to people on the screen, or to a file or a program.

    Args:
        output: as given with -o.
        shown: makes it as text, for a width in columns.
        write: writes it in a format for programs; None where text is wanted.
        on_screen: shows the text where there is no file.
        quiet: do not say where it was written.
    """
    if write is None and (output is None or str(output) == "-"):
        on_screen()
        return
    with destination(output) as out:
        if write:
            write(out)
        else:
            write_text(shown, out)
    told_written(output, quiet=quiet)


def show(shown: Callable[[int], RenderableType]) -> None:
    """Print something for people to standard output, with colour where it is a terminal.

    Args:
        shown: makes it, for a number of columns.
    """
    sys.stdout.write(drawn(shown))


def show_paged(shown: Callable[[int], RenderableType]) -> None:
    """Print something long for people: a page at a time in a terminal, else as `show`.

    Args:
        shown: makes it, for a number of columns.
    """
    import pydoc

    text = drawn(shown)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or text.count("\n") < get_terminal_size().lines:
        sys.stdout.write(text)
        return
    os.environ.setdefault("LESS", "FRX")  # colours as they are; what fits on one screen stays there
    pydoc.pager(text)


def drawn(shown: Callable[[int], RenderableType]) -> str:
    """Return something for people as text, with colour where standard output is a terminal.

    Args:
        shown: makes it, for a number of columns.
    """
    from io import StringIO

    from rich.console import Console

    width = max(LEAST_WIDTH, get_terminal_size().columns)
    # Not straight to standard output, since rich answers a closed pipe by ending the process.
    out = StringIO()
    Console(file=out, width=width, force_terminal=sys.stdout.isatty() or None).print(shown(width))
    return out.getvalue()


def show_story(story: Story) -> None:
    """Print the summary of a story to standard output.

    Args:
        story: with the layers of all stages.
    """
    from fabula.report import summary

    show(lambda width: summary(story, width=width))
