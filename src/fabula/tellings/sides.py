"""Which tellings are aligned with which: all of them, or the parts of the only one; one is the base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import PurePath

from fabula.errors import ConfigError, InputError
from fabula.story import Side, Telling
from fabula.tellings.parts import find_parts


def find_sides(tellings: Sequence[Telling]) -> tuple[Side, ...]:
    """Return what is aligned where nothing else is said: all tellings, or the parts of the only one.

    Args:
        tellings: of the story, with the layers `paragraphs`, `scenes`, `quotes` and `sentences`.

    Raises:
        InputError: the only telling has no parts which tell the same.
        LayerMissingError: when a layer is missing.
    """
    if len(tellings) > 1:
        return tuple(Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(tellings))
    sides = find_parts(tellings, 0)
    if len(sides) == 1:
        raise InputError(
            "no parts were found that tell the same",
            where=tellings[0].name,
            advice="Name a second text to align it with, or two of its parts with --telling FILE:PART",
        )
    return sides


def paired(sides: Sequence[Side], base: str | None, *, every: bool) -> Iterator[tuple[Side, Side]]:
    """Yield which is aligned with which.

    Args:
        sides: at least two.
        base: the name of the one that comes first; None for the first as it is.
        every: whether every two are paired, rather than each with the first.

    Raises:
        ConfigError: only one side; no side, or several, of that name.
    """
    if len(sides) < 2:
        raise ConfigError(
            "one telling alone cannot be aligned", where=sides[0].name, advice="Name a second one to align it with"
        )
    first = sides[0] if base is None else _named(sides, base)
    chosen = [first, *(side for side in sides if side is not first)]
    return combinations(chosen, 2) if every else ((first, side) for side in chosen[1:])


def _named(sides: Sequence[Side], name: str) -> Side:
    """Return the side that goes by a name: its own, that of its part, or that of its file."""
    for key in (name.casefold(), PurePath(name).stem.casefold()):
        found = [side for side in sides if key in (side.name.casefold(), side.name.casefold().partition(": ")[2])]
        if len(found) == 1:
            return found[0]
    known = ", ".join(f"'{side.name}'" for side in sides)
    raise ConfigError(f"no telling goes by the name '{name}'", advice=f"Choose one of {known}")
