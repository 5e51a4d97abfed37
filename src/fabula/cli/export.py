"""`fabula export`: the story for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.common import Out, Quiet, Texts, check_target, destination, story_of, told_written
from fabula.errors import ConfigError

if TYPE_CHECKING:
    from fabula.exports import ExportSet

# Written out, for the list of exports is imported only when one is made.
_FORMATS = (
    "script (a JSON object a line), csv (for spreadsheets), fountain (a screenplay), ssml and sml (for speech "
    "synthesis), tei (for scholars), json (all there is), booknlp (files in a folder, for scripts made for BookNLP)."
)


def export(
    texts: Texts,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=_FORMATS, show_default=False)],
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Write the story as data, script, screenplay, voices, or TEI."""
    from fabula import api
    from fabula.exports import ExportSet

    chosen = api.check_export(to)
    if isinstance(chosen, ExportSet):
        _export_set(texts, chosen, output, quiet=quiet)
        return
    check_target(output, texts)
    story = story_of(texts, quiet=quiet)
    with destination(output) as out:
        api.export(story, to, out)
    told_written(output, quiet=quiet)


def _export_set(texts: list[str], to: ExportSet, folder: Path | None, *, quiet: bool) -> None:
    """Write an export of several files into the folder given with -o."""
    from fabula import api

    if folder is None or str(folder) == "-":
        endings = ", ".join(to.suffixes)
        raise ConfigError(f"'{to.name}' is several files ({endings})", advice="Name a folder for them with -o")
    api.check_target_folder(folder, to, texts)
    story = story_of(texts, quiet=quiet)
    for file in api.export_set(story, to, folder):
        told_written(file, quiet=quiet)
