"""`fabula report`: the reading page, or the summary again."""

from __future__ import annotations

from fabula.cli.common import Out, Quiet, Texts, check_target, destination, show_story, story_of, told_written


def report(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Write the report as one HTML page to -o (or - for standard output); without -o show the summary."""
    from fabula import api

    check_target(output, texts)
    story = story_of(texts, quiet=quiet)
    if output is None:
        show_story(story)
        return
    with destination(output) as out:
        api.report(story, out)
    told_written(output, quiet=quiet)
