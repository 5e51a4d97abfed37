"""Chapter 7, TELLINGS: two tellings in, an alignment out; and which parts of one text are tellings of the same."""

from fabula.tellings.collation.alignment import align_parts
from fabula.tellings.collation.words import SharedWords, shared_words, word_changes
from fabula.tellings.drafts import DraftChanges, DraftPart, PartChange, find_changes
from fabula.tellings.judging.verdicts import judge
from fabula.tellings.merging.knowledge import knows
from fabula.tellings.merging.plots import lined_up, plot
from fabula.tellings.named import part_named
from fabula.tellings.parts import find_parts
from fabula.tellings.sides import find_sides, paired

__all__ = [
    "DraftChanges",
    "DraftPart",
    "PartChange",
    "SharedWords",
    "align_parts",
    "find_changes",
    "find_parts",
    "find_sides",
    "judge",
    "knows",
    "lined_up",
    "paired",
    "part_named",
    "plot",
    "shared_words",
    "word_changes",
]
