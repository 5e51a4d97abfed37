"""Chapter 7, TELLINGS: two tellings in, an alignment out; and which parts of one text are tellings of the same."""

from fabula.tellings.alignment import align_parts
from fabula.tellings.drafts import DraftChanges, DraftPart, PartChange, find_changes
from fabula.tellings.knowledge import knows
from fabula.tellings.parts import find_parts
from fabula.tellings.plots import lined_up, plot

__all__ = [
    "DraftChanges",
    "DraftPart",
    "PartChange",
    "align_parts",
    "find_changes",
    "find_parts",
    "knows",
    "lined_up",
    "plot",
]
