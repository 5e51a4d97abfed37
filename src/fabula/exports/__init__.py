"""For programs: one file an output, listed here by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TextIO

from fabula.exports import csv, json, jsonl
from fabula.story import Story


class Export(NamedTuple):
    """An output that can be chosen by name.

    Attributes:
        name: as given to `fabula export --to`.
        what: one line for the reference.
        suffix: usual ending of its files, with the dot.
        write: writes a story to an open text file.
    """

    name: str
    what: str
    suffix: str
    write: Callable[[Story, TextIO], None]


EXPORTS: tuple[Export, ...] = (
    Export("json", "the whole story: every record of every layer", ".json", json.write),
    Export("jsonl", "the script, one JSON object a line: every word once, in order", ".jsonl", jsonl.write),
    Export("csv", "the script as a table, for spreadsheets", ".csv", csv.write),
)
"""Every export, in the order shown."""

__all__ = ["EXPORTS", "Export"]
