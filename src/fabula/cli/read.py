"""`fabula read`: texts in, a summary and a story file out."""

from __future__ import annotations

import shlex

from fabula.cli.common import Out, Quiet, Texts, check_kind, show_story, story_of, told_written
from fabula.cli.streams import say


def read(texts: Texts, output: Out = None, quiet: Quiet = False) -> None:
    """Read texts and show a summary; -o keeps the story in a file."""
    from fabula import api

    check_kind(output, "read")
    if output is not None:
        api.check_story_file(output, texts)
    story = story_of(texts, quiet=quiet)
    if output is not None:
        api.save(story, output)
    if not quiet:
        show_story(story)
        if output is None:
            say(_more(texts, story.tellings[0].name))
    told_written(output, quiet=quiet)


def _more(texts: list[str], name: str) -> str:
    """Say how to keep a story, and how to see it as a page."""
    named = len(texts) == 1 and texts[0] != "-"
    which, stem = (shlex.quote(texts[0]), name) if named else ("FILE...", "STORY")
    kept, page = (shlex.quote(f"{stem}{ending}") for ending in (".fabula", ".html"))
    return f"To keep this, add -o {kept}. To see it as a page: fabula report {which} -o {page}"
