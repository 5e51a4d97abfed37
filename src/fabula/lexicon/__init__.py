"""Word lists as data, each with its source and licence; read when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def words(table: str, *keys: str) -> frozenset[str]:
    """Return the words under some keys of a table, in lower case.

    Args:
        table: file name without its ending (`titles`).
        keys: entries of that file; all of them together.

    Raises:
        KeyError: when the table has no such entry.
    """
    return frozenset(word for key in keys for word in _table(table)[key].split())


@cache
def entries(table: str, key: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of a list of tables (`[[class]]`), in the order of the file.

    Args:
        table: file name without its ending (`opposites`).
        key: name of the list.
    """
    return tuple(_table(table)[key])


@cache
def forms(table: str) -> dict[str, frozenset[str]]:
    """Return the section `forms` of a table: each word with the words it may stand for."""
    return {word: frozenset(full.split()) for word, full in _table(table)["forms"].items()}


@cache
def inflected(table: str, key: str) -> dict[str, str]:
    """Return the forms in an entry whose lines begin with what the words behind have in common: each with that.

    The first word of a line stands for itself unless another line has it as a form.

    Args:
        table: file name without its ending (`inflections`).
        key: entry of that file.
    """
    lines = [line.split() for line in _table(table)[key].strip().splitlines()]
    return {first: first for first, *_ in lines} | {form: first for first, *forms in lines for form in forms}
