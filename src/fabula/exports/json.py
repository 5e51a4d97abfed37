"""The whole story as one JSON document."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, TextIO

from fabula.story import Story, Telling, Tokens

SCHEMA = "fabula-story/2"


def write(story: Story, out: TextIO) -> None:
    """Write every telling with its text, metadata and layers, and how tellings line up.

    Records are objects with the fields of the classes in `fabula.story`; spans are `[start, end]` in code points
    of `text`; the layer `tokens` is one object of columns, named as in the story file.

    Args:
        story: with any layers.
        out: an open text file.
    """
    document = {
        "schema": SCHEMA,
        "title": story.title,
        "tellings": [_telling(telling) for telling in story.tellings],
        "alignments": _plain(story.alignments),
    }
    out.write(json.dumps(document, ensure_ascii=False))  # `dump` writes cell by cell, and takes three times as long
    out.write("\n")


def _telling(telling: Telling) -> dict[str, Any]:
    return {
        "name": telling.name,
        "metadata": dataclasses.asdict(telling.metadata),
        "text": telling.text,
        "marks": [list(mark) for mark in telling.marks],
        "layers": {name: _plain(layer.records) for name, layer in telling.layers.items()},
        "made_by": {name: layer.made_by._asdict() for name, layer in telling.layers.items()},
    }


def _plain(records: tuple[Any, ...]) -> Any:
    if records and isinstance(records[0], Tokens):
        return _columns(records[0])
    return [dataclasses.asdict(record) for record in records]


def _columns(tokens: Tokens) -> dict[str, list[Any]]:
    starts, ends, *others = (field.name for field in dataclasses.fields(tokens))
    columns = {"start": starts, "end": ends, **{name: name for name in others}}
    return {column: getattr(tokens, name).tolist() for column, name in columns.items()}
