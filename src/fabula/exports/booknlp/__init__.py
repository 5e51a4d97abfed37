"""BookNLP's files, for the scripts that read them: words, entities, quotations, and characters with what they do.

Columns, numbers and odd cases are those of BookNLP 1.0 (`english_booknlp.py`, `pipelines.py`, `entity_tagger.py`):
tokens count from 0, the last one of a stretch is named, nothing is quoted, `None` stands where there is nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fabula.exports.booknlp.book import book
from fabula.exports.booknlp.page import Page, page_of
from fabula.exports.booknlp.quotes import quotes
from fabula.exports.booknlp.tables import entities, tokens
from fabula.story import Telling

_MAKERS: Mapping[str, Callable[[Page], str]] = {
    ".tokens": tokens,
    ".entities": entities,
    ".quotes": quotes,
    ".book": book,
}
ENDINGS = tuple(_MAKERS)
"""Endings of the files, with the dot."""


def files(telling: Telling) -> dict[str, str]:
    """Return the text of each of the files.

    Args:
        telling: with the layers of all stages, in a language that is read.

    Returns:
        Ending of each file, with the dot, to its text.

    Raises:
        LayerMissingError: when a layer is missing.
        InputError: when the words have no tags and arcs, as in a language that is not read.
    """
    page = page_of(telling)
    return {ending: make(page) for ending, make in _MAKERS.items()}


__all__ = ["ENDINGS", "files"]
