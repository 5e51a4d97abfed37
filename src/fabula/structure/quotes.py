"""Quotations: where they open and close."""

from __future__ import annotations

import re

from fabula.spans import Span
from fabula.story import Quote, Telling

_PAIR = re.compile(r'"[^"]+"')


def find_quotes(telling: Telling) -> tuple[Quote, ...]:
    """Find every quotation.

    Args:
        telling: with the layer `paragraphs`.

    Returns:
        Quotes sorted by start, wider first; nested ones have a greater depth.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    return tuple(
        Quote(Span(m.start(), m.end()), Span(m.start() + 1, m.end() - 1), "straight")
        for paragraph in telling.layer("paragraphs", wanted_by="quotes")
        for m in _PAIR.finditer(telling.text, paragraph.span.start, paragraph.span.end)
    )
