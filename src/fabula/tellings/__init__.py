"""Chapter 7, TELLINGS: two tellings in, an alignment out; and which parts of one text are tellings of the same."""

from fabula.tellings.alignment import align_parts
from fabula.tellings.parts import find_parts
from fabula.tellings.verdicts import judge

__all__ = ["align_parts", "find_parts", "judge"]
