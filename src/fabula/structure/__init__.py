"""Chapter 2, TEXT: what the text is made of, and where speech opens and closes."""

from fabula.structure.layout import find_structure
from fabula.structure.quotes import find_quotes
from fabula.structure.title import find_title

__all__ = ["find_quotes", "find_structure", "find_title"]
