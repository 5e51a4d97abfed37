"""`fabula verify`: proof that no word was lost."""

from __future__ import annotations

import typer

from fabula.cli.common import Quiet, Texts, story_of
from fabula.visible import visible


def verify(texts: Texts, quiet: Quiet = False) -> None:
    """Prove that every word of the text is kept once and in order."""
    from fabula.story import verify as prove

    for telling in story_of(texts, quiet=quiet).tellings:
        count = prove(telling)
        typer.echo(visible(f"{telling.name}: every word once and in order ({count:,} characters compared)"))
