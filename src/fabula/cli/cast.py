"""`fabula cast`: who is in it, and how much they say."""

from __future__ import annotations

from fabula.cli.common import Quiet, Texts, console, story_of


def cast(texts: Texts, quiet: Quiet = False) -> None:
    """List the cast: names, lines, words, whom they speak to."""
    from fabula.report import terminal

    story = story_of(texts, quiet=quiet)
    shown = console()
    for telling in story.tellings:
        shown.print(terminal.cast_table(telling, width=shown.width))
