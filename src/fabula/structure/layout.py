"""The order of a text: paragraphs, matter, chapters, scenes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from fabula.spans import Span, stripped
from fabula.story import Chapter, Matter, Paragraph, Scene, Telling

_BLANK = re.compile(r"\n[ \t]*\n\s*")


def find_structure(telling: Telling) -> Mapping[str, Sequence[Any]]:
    """Find paragraphs, matter, chapters and scenes.

    Args:
        telling: text and marks are read; no layer is needed.

    Returns:
        Records of the layers `paragraphs`, `matter`, `chapters` and `scenes`.
    """
    edges = [0, *(m.end() for m in _BLANK.finditer(telling.text)), len(telling.text)]
    spans = [stripped(telling.text, Span(a, b)) for a, b in pairwise(edges)]
    return {
        "paragraphs": [Paragraph(span) for span in spans if span.length],
        "matter": [Matter(telling.whole, "body")],
        "chapters": [Chapter(telling.whole, "")],
        "scenes": [Scene(telling.whole, 0)],
    }
