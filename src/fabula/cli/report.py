"""`fabula report`: the reading page, or the summary again."""

from __future__ import annotations

from fabula.cli.common import (
    Out,
    Quiet,
    Texts,
    check_kind,
    check_target,
    destination,
    show_story,
    story_of,
    told_written,
)


def report(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Show the summary, or write the report, one HTML page, to -o."""
    from fabula import api

    check_target(output, texts)
    check_kind(output, "report")
    story = story_of(texts, quiet=quiet)
    if output is None:
        show_story(story)
        return
    with destination(output) as out:
        api.write_report(story, out)
    told_written(output, quiet=quiet)
