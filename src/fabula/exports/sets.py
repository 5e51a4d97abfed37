"""Outputs of several files, and what these are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import count
from typing import NamedTuple

from fabula.story import Story, Telling

# No name of a telling, whatever a story file says, leads out of the folder or is refused by some system.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|]')


class ExportSet(NamedTuple):
    """An output of several files a telling, which go into a folder and are named after the telling.

    Attributes:
        name: as given with `--to`.
        what: one line for the reference.
        suffixes: endings of the files, with the dot.
        files: ending to text, for one telling.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    files: Callable[[Telling], Mapping[str, str]]


def named_files(story: Story, to: ExportSet) -> dict[str, str]:
    """Return the files of all tellings.

    Args:
        story: with the layers of all stages.
        to: the export.

    Returns:
        Name of each file to its text; no two names differ in capitals alone.

    Raises:
        InputError, LayerMissingError: when the story was not read as far as the export needs.
    """
    made: dict[str, str] = {}
    taken: set[str] = set()
    for telling in story.tellings:
        plain = _NOT_IN_NAMES.sub("_", telling.name).strip(" .") or "telling"
        stems = (f"{plain}-{number}" if number > 1 else plain for number in count(1))
        stem = next(stem for stem in stems if stem.casefold() not in taken)
        taken.add(stem.casefold())
        made |= {f"{stem}{suffix}": text for suffix, text in to.files(telling).items()}
    return made
