"""Pieces of which the pages of results are made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def points(share: float | None) -> str:
    """Return a share in per cent; a dash for None."""
    return "–" if share is None else f"{100 * share:.1f}"


def origin(result: dict[str, Any]) -> str:
    """Return where a result comes from, as a line."""
    machine = result["machine"]
    return (
        f"`{result['command']}`, {result['date']}, after commit {result['after']}, Python {machine['python']}, "
        f"{machine['cores']} cores, {machine['processor']}.\n"
    )
