"""The whole story as one JSON document."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, TextIO

from fabula.story import Story, Telling, Tokens

SCHEMA = "fabula-story/1"


def write(story: Story, out: TextIO) -> None:
    """Write every telling with its text, metadata and layers.

    Records are objects with the fields of the classes in `fabula.story`; spans are `[start, end]` in code points
    of `text`; the layer `tokens` is a list of such spans.

    Args:
        story: with any layers.
        out: an open text file.
    """
    document = {
        "schema": SCHEMA,
        "title": story.title,
        "tellings": [_telling(telling) for telling in story.tellings],
    }
    json.dump(document, out, ensure_ascii=False)
    out.write("\n")


def _telling(telling: Telling) -> dict[str, Any]:
    return {
        "name": telling.name,
        "metadata": dataclasses.asdict(telling.metadata),
        "text": telling.text,
        "marks": [list(mark) for mark in telling.marks],
        "layers": {name: [_plain(record) for record in layer.records] for name, layer in telling.layers.items()},
        "made_by": {name: layer.made_by._asdict() for name, layer in telling.layers.items()},
    }


def _plain(record: Any) -> Any:
    if isinstance(record, Tokens):
        return [[int(a), int(b)] for a, b in zip(record.starts, record.ends, strict=True)]
    return dataclasses.asdict(record)
