"""`fabula cast`: who is in it, and how much they say."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fabula.cli.common import Quiet, Texts, show, story_of

if TYPE_CHECKING:
    from rich.table import Table

    from fabula.story import Telling


def cast(texts: Texts, quiet: Quiet = False) -> None:
    """List the cast: names, lines, words, whom they speak to."""
    for telling in story_of(texts, quiet=quiet).tellings:
        show(partial(_sheet, telling))


def _sheet(telling: Telling, width: int) -> Table:
    from fabula.report import cast_table

    return cast_table(telling, width=width)
