"""Sentences and clauses of narration beside quotations."""

from __future__ import annotations

import re

from fabula.spans import Span

_STOP = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bMiss)(?<!\b[A-Z])[.!?;:](?=[\s\"“”’)*_]|$)")
_SEMICOLON = re.compile(r"[;:]\s+(?!(?:and|but|for|so|then|while|yet)\b)(?=[a-z])")
"""A stop that a tag may follow: `"Yes"; replied the servant`."""
_SENTENCE = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])[.!?][\"”’)*_]*\s+")


def clause_after(text: str, span: Span) -> Span:
    """Return the narration after a quotation up to the end of its sentence."""
    opens = _SEMICOLON.match(text, span.start, span.end)
    stop = _STOP.search(text, opens.end() if opens else span.start, span.end)
    return Span(span.start, stop.start() if stop else span.end)


def last_sentence(text: str, span: Span) -> Span:
    """Return the last sentence of some narration."""
    start = span.start
    for match in _SENTENCE.finditer(text, span.start, span.end):
        if text[match.end() : span.end].strip():
            start = match.end()
    return Span(start, span.end)


def first_sentence(text: str, span: Span) -> Span:
    """Return the first sentence of some narration."""
    match = _SENTENCE.search(text, span.start, span.end)
    return Span(span.start, match.start() + 1 if match else span.end)
