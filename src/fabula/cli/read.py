"""`fabula read`: texts in, a summary and a story file out."""

from __future__ import annotations

from fabula.cli.common import Out, Quiet, Texts, show_story, story_of, told_written
from fabula.cli.streams import say


def read(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Read texts, show a summary, and keep the story in a .fabula file where -o says so."""
    from fabula import api

    if output is not None:
        api.check_story_file(output, texts)
    story = story_of(texts, quiet=quiet)
    if output is not None:
        api.save(story, output)
    if not quiet:
        show_story(story)
        if output is None:
            say("Say -o STORY.fabula to keep this; fabula report -o REPORT.html for the reading page.")
    told_written(output, quiet=quiet)
