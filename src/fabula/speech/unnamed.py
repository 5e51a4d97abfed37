"""Who speaks without being named: people known by a handle alone, and the `you` of the narration."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.speech.handles import with_handles
from fabula.speech.second import with_second_person
from fabula.story import Character, Mention, Telling


def with_unnamed(
    telling: Telling, mentions: Sequence[Mention], characters: Sequence[Character]
) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Add to the people of a text those who only speak in it.

    Args:
        telling: with the layer `quotes`; marks of kind `cue` are read.
        mentions: as the people chapter found them, in order.
        characters: as the people chapter found them.

    Returns:
        Mentions in order, and characters, with what handles and the second person add.
    """
    return with_second_person(telling, *with_handles(telling, mentions, characters))
