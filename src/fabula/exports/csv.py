"""The script as a table."""

from __future__ import annotations

import csv
from typing import TextIO

from fabula.exports.lines import Line, lines
from fabula.story import Story

# A cell that starts with one of these is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(story: Story, out: TextIO) -> None:
    """Write a header row and one row a line; the columns are those of `fabula.exports.lines.Line`.

    Addressees are joined by `; `. A text that a spreadsheet would take for a formula gets an apostrophe in front,
    as spreadsheets themselves write it.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    table = csv.writer(out, lineterminator="\n")
    table.writerow(Line.__annotations__)
    for line in lines(story):
        table.writerow([_cell(line[column]) for column in Line.__annotations__])  # type: ignore[literal-required]


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
