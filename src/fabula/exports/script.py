"""The script as JSON lines: every word once, in order, each line with its speaker."""

from __future__ import annotations

import json
from typing import TextIO

from fabula.exports.lines import lines
from fabula.story import Story


def write(story: Story, out: TextIO) -> None:
    """Write one JSON object a line; the fields are those of `fabula.exports.lines.Line`.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    for line in lines(story):
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
