"""The script as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from fabula.exports.lines import Line, lines
from fabula.story import Story

BYTE_ORDER_MARK = "\ufeff"
"""What spreadsheets need to take a table for UTF-8; without it they show “ as â€œ."""

# A cell that starts with one of these is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(story: Story, out: TextIO) -> None:
    """Write the script as a table; the columns are those of `fabula.exports.lines.Line`.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    write_table(Line.__annotations__, lines(story), out)


def write_table(columns: Iterable[str], rows: Iterable[Mapping[str, object]], out: TextIO) -> None:
    """Write a byte order mark, a header row, and the rows, as spreadsheets like them.

    A list is joined by `; `. A text that a spreadsheet would take for a formula gets an apostrophe in front, as
    spreadsheets themselves write it.

    Args:
        columns: names of the columns, in order.
        rows: each with a value for every column.
        out: an open text file.
    """
    columns = tuple(columns)
    out.write(BYTE_ORDER_MARK)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([_cell(row[column]) for column in columns])


def _cell(value: object) -> object:
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
