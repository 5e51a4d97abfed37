"""Chapter 4, PEOPLE: where the text points at somebody, and who they are."""

from __future__ import annotations

from fabula.story import Character, Mention, Telling


def find_people(_: Telling) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Find mentions and the characters behind them."""
    return (), ()
