"""Chapter 7, TELLINGS: two tellings in, an alignment out; and which parts of one text are tellings of the same."""

from fabula.tellings.alignment import align_parts
from fabula.tellings.asked import find_person, find_places
from fabula.tellings.drafts import DraftChanges, DraftPart, PartChange, find_changes
from fabula.tellings.knowledge import find_knowledge
from fabula.tellings.parts import find_parts
from fabula.tellings.plot import find_plot

__all__ = [
    "DraftChanges",
    "DraftPart",
    "PartChange",
    "align_parts",
    "find_changes",
    "find_knowledge",
    "find_parts",
    "find_person",
    "find_places",
    "find_plot",
]
