"""`fabula align`: several tellings side by side."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from fabula.cli.carry import carry_over
from fabula.cli.common import (
    STORY_SUFFIX,
    TEXT,
    Out,
    Quiet,
    check_target,
    deliver,
    format_of,
    is_story_file,
    show_paged,
    told_written,
)
from fabula.cli.streams import say
from fabula.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from fabula.story import Story

_MANY = 200
"""From how many alignments on it is said beforehand how many they are."""
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
    summary: Annotated[
        bool, typer.Option("--summary", help="Only what changed, by chapters and scenes; as text.")
    ] = False,
    carry: Annotated[
        Path | None,
        typer.Option(
            "--carry",
            metavar="CORRECTIONS",
            help="Instead, carry these corrections of the first draft over to the second.",
            show_default=False,
        ),
    ] = None,
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Line up tellings of one story, side by side."""
    wanted = _Wanted(list(texts or ()), [file_and_part(value) for value in tellings or ()], base, pairs)
    if carry is not None:
        given = {"--format": form, "--summary": summary, "--base": base, "--pairs": pairs}
        if extra := [option for option, value in given.items() if value]:
            raise ConfigError(
                "--carry writes the corrections of the first draft for the second",
                advice=f"Leave out {' and '.join(extra)}",
            )
        carry_over(carry, wanted.files, output, lambda: _aligned(wanted, quiet=quiet), quiet=quiet)
    elif output is not None and output.suffix.lower() == STORY_SUFFIX and form is None and not summary:
        _keep(wanted, output, quiet=quiet)
    else:
        _show(wanted, form, output, summary=summary, quiet=quiet)


class _Wanted(NamedTuple):
    """Which tellings are aligned: whole texts, parts of texts, the base, whether every two of them."""

    files: list[str]
    parts: list[tuple[str, str]]
    base: str | None
    pairs: bool

    @property
    def named(self) -> list[str]:
        """All files that are read."""
        return [*self.files, *(file for file, _ in self.parts)]


def _show(wanted: _Wanted, form: str | None, output: Path | None, *, summary: bool, quiet: bool) -> None:
    """Write the tellings side by side, in a format or as text; a terminal gets them a page at a time."""
    from fabula import api

    check_target(output, wanted.named)
    form = form or (TEXT if summary else format_of(output, api.alignment_formats()))
    if summary and form != TEXT:
        raise ConfigError(f"--summary is text, not {form}", advice="Leave out one of --summary and --format")
    write = None if form == TEXT else api.check_alignment(form).write
    story = _aligned(wanted, quiet=quiet)
    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))

    def shown(width: int, *, brackets: bool = True) -> RenderableType:
        return _shown(story, width, brackets=brackets, summary=summary)

    written = partial(write, story) if write else None
    deliver(output, shown, written, on_screen=lambda: show_paged(partial(shown, brackets=plain)), quiet=quiet)


def _keep(wanted: _Wanted, output: Path, *, quiet: bool) -> None:
    """Write a story file: the tellings read whole, and how they line up."""
    from fabula import api

    api.check_story_file(output, wanted.named)
    api.save(_aligned(wanted, quiet=quiet, whole=True), output)
    told_written(output, quiet=quiet)


def _shown(story: Story, width: int, *, brackets: bool, summary: bool) -> RenderableType:
    from fabula.report import alignment_columns, draft_summary

    return draft_summary(story) if summary else alignment_columns(story, width=width, brackets=brackets)


def file_and_part(value: str) -> tuple[str, str]:
    r"""Cut what was given with --telling at the colon before the part.

    Args:
        value: `FILE:PART`; colons may stand in either, as in `C:\drafts\storm.docx:Chapter 2: Rain`.

    Returns:
        The file and the part: the longest beginning that exists is the file.

    Raises:
        ConfigError: no colon but that of a drive; no part behind it.
    """
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


def _aligned(wanted: _Wanted, *, quiet: bool, whole: bool = False) -> Story:
    """Return the story with its alignments; says so where they are of two languages."""
    story = _lined_up(wanted, quiet=quiet, whole=whole)
    if not quiet:
        for note in of_two_languages(story):
            say(note)
    return story


def of_two_languages(story: Story) -> tuple[str, ...]:
    """Return a line for every two languages whose tellings were aligned: little can be found there.

    Args:
        story: with its alignments.
    """
    notes: dict[frozenset[str], str] = {}
    for alignment in story.alignments:
        sides = [
            (side.name, story.tellings[side.telling].metadata.language.split("-")[0].lower())
            for side in (alignment.a, alignment.b)
        ]
        (a, one), (b, other) = sides
        if one != other:
            told = f"note: {a} is in one language ({one}), {b} in another ({other}): only shared words are compared"
            notes.setdefault(frozenset((one, other)), told)
    return tuple(notes.values())


def _lined_up(wanted: _Wanted, *, quiet: bool, whole: bool) -> Story:
    """Return the story of some texts, read as far as alignment needs or whole, or of one story file."""
    from fabula import api
    from fabula.cli.progress import aligning, progress, reading_and_aligning

    files, parts, base, pairs = wanted
    if len(files) == 1 and not parts and is_story_file(files[0]):
        return _of_story_file(wanted, quiet=quiet)
    _announce(wanted, len(files) + len(parts), quiet=quiet)
    shares = partial(reading_and_aligning if whole else aligning, every=pairs)
    with progress(quiet=quiet, shares=shares) as told:
        return api.align(*files, parts=parts, base=base, pairs=pairs, whole=whole, progress=told)


def _of_story_file(wanted: _Wanted, *, quiet: bool) -> Story:
    """Return a story file's story with the alignments it has, or with those that are asked for."""
    from fabula import api
    from fabula.cli.progress import aligning, progress

    story = api.open_story(wanted.files[0])
    if story.alignments and wanted.base is None and not wanted.pairs:
        return story
    _announce(wanted, len(story.tellings), quiet=quiet)
    with progress(quiet=quiet, shares=aligning) as told:

        def tick(share: float) -> None:
            if told:
                told("aligning", 1 + share, 1)

        return api.align_story(story, base=wanted.base, pairs=wanted.pairs, tick=tick)


def _announce(wanted: _Wanted, tellings: int, *, quiet: bool) -> None:
    """Say beforehand how many alignments `--pairs` makes, where they are very many."""
    every = tellings * (tellings - 1) // 2
    if wanted.pairs and every >= _MANY and not quiet:
        say(
            f"note: --pairs aligns every two of {tellings} tellings, {every} times; "
            f"--base NAME instead sets all against one, {tellings - 1} times"
        )
