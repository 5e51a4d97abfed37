"""The second central record: one or more tellings and the world they tell of."""

from __future__ import annotations

from dataclasses import dataclass

from fabula.story.links import Alignment
from fabula.story.telling import Telling


@dataclass(frozen=True, slots=True)
class Story:
    """Tellings of one story. One book is a story of one telling.

    Attributes:
        tellings: in the order given; their names differ.
        alignments: pairs of tellings, or of parts of one, that were lined up; empty where none were.
    """

    tellings: tuple[Telling, ...]
    alignments: tuple[Alignment, ...] = ()

    @property
    def title(self) -> str:
        """The title the first telling states, else its name."""
        first = self.tellings[0]
        return first.metadata.title or first.name
