"""`fabula cast`: who is in it, and how much they say."""

from __future__ import annotations

from fabula.cli.common import Quiet, Texts, console, story_of


def cast(texts: Texts, quiet: Quiet = False) -> None:
    """List the cast: names, lines, words, whom they speak to."""
    from fabula.report import cast_sheet

    story = story_of(texts, quiet=quiet)
    shown = console()
    shown.print(cast_sheet(story, width=shown.width))
