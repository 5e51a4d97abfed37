"""`fabula align`: several tellings side by side."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.common import (
    TEXT,
    Out,
    Quiet,
    check_target,
    destination,
    format_of,
    is_story_file,
    show_paged,
    told_written,
    write_text,
)

if TYPE_CHECKING:
    from fabula.story import Story

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")

_Texts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="Two tellings of one story or more, the base first; or one text that tells the same again. Each is a "
        "text, a folder, a fabula.toml or - for standard input; or all are in one .fabula file.",
        show_default=False,
    ),
]
_Parts = Annotated[
    list[str] | None,
    typer.Option(
        "--telling",
        metavar="FILE:PART",
        help="A telling that is part of a text: by viewpoint, heading or number of the chapter. May be given again.",
        show_default=False,
    ),
]
_Base = Annotated[
    str | None,
    typer.Option(
        "--base",
        metavar="NAME",
        help="The telling that the others are set against, if not the first.",
        show_default=False,
    ),
]
_Pairs = Annotated[bool, typer.Option("--pairs", help="Align every two tellings, not only each with the base.")]
_Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="text, html, csv, json or tei; without it the ending of -o decides, else text.",
        show_default=False,
    ),
]


def align(
    texts: _Texts = None,
    *,
    tellings: _Parts = None,
    base: _Base = None,
    pairs: _Pairs = False,
    form: _Format = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Line up tellings of one story, side by side."""
    from fabula import api
    from fabula.report import alignment_columns

    files = list(texts or ())
    parts = [file_and_part(value) for value in tellings or ()]
    check_target(output, [*files, *(file for file, _ in parts)])
    form = form or format_of(output, api.alignment_formats())
    write = None if form == TEXT else api.check_alignment(form).write
    story = _aligned(files, parts, base, pairs=pairs, quiet=quiet)
    if form == TEXT and (output is None or str(output) == "-"):
        plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
        show_paged(lambda width: alignment_columns(story, width=width, brackets=plain))
        return
    with destination(output) as out:
        if write:
            write(story, out)
        else:
            write_text(lambda width: alignment_columns(story, width=width, brackets=True), out)
    told_written(output, quiet=quiet)


def file_and_part(value: str) -> tuple[str, str]:
    r"""Cut what was given with --telling at the colon before the part.

    Args:
        value: `FILE:PART`; colons may stand in either, as in `C:\drafts\storm.docx:Chapter 2: Rain`.

    Returns:
        The file and the part: the longest beginning that exists is the file.

    Raises:
        ConfigError: no colon but that of a drive; no part behind it.
    """
    from fabula.errors import ConfigError

    drive = 2 if _DRIVE.match(value) else 0
    cuts = [match.start() for match in re.finditer(":", value) if match.start() >= drive]
    exists = [at for at in cuts if value[:at] == "-" or os.path.exists(value[:at])]  # noqa: PTH110 - it never raises
    at = (exists or cuts or [len(value)])[-1 if exists else 0]
    if not value[:at] or not value[at + 1 :].strip():
        raise ConfigError(
            f"--telling {value}: no part is named",
            advice="Write FILE:PART, as in --telling novel.txt:Anna; name whole texts without --telling",
        )
    return value[:at], value[at + 1 :].strip()


def _aligned(files: list[str], parts: list[tuple[str, str]], base: str | None, *, pairs: bool, quiet: bool) -> Story:
    """Return the story of some texts, read as far as alignment needs, or of one story file."""
    from fabula import api
    from fabula.cli.progress import progress

    if len(files) == 1 and not parts and is_story_file(files[0]):
        return api.align_story(api.open_story(files[0]), base=base, pairs=pairs)
    with progress(quiet=quiet) as told:
        return api.align(*files, parts=parts, base=base, pairs=pairs, progress=told)
