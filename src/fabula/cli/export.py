"""`fabula export`: the story for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from fabula.cli.common import Out, Quiet, Texts, check_target, destination, story_of, told_written

# Written out, for the list of exports is imported only when one is made.
_FORMATS = (
    "script (a JSON object a line), csv (for spreadsheets), fountain (a screenplay), ssml and sml (for speech "
    "synthesis), tei (for scholars), json (all there is)."
)


def export(
    texts: Texts,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=_FORMATS, show_default=False)],
    output: Out = None,
    quiet: Quiet = False,
) -> None:
    """Write the story for programs: as data, as a script, or as marked-up text for voices and for scholars."""
    from fabula import api

    api.check_export(to)
    check_target(output, texts)
    story = story_of(texts, quiet=quiet)
    with destination(output) as out:
        api.export(story, to, out)
    told_written(output, quiet=quiet)
