"""Sentence ends, inside and outside quotation marks."""

from __future__ import annotations

from itertools import pairwise

import regex

from fabula.spans import Span, stripped
from fabula.story import Paragraph, Sentence, Telling

# Abbreviations that stand before a name or a number, so that a capital after them starts no sentence.
_ABBREVIATION = regex.compile(
    r"(?:^|[\s(\"“‘'—-])(?:M|Mr|Mrs|Ms|Dr|St|Prof|Capt|Col|Gen|Lt|Sergt|Rev|Hon|Messrs|Mme|Mlle|Mt|No|vs|cf|\p{Lu})\.$"
)
_END = regex.compile(
    r"""(?:[.!?…]+|\.{2,})           # the stop
        ["”’'»“)\]_*]*               # marks that close with it
        (?=\s+["“‘'«„(\[_*—–-]*[\p{Lu}\p{N}]   # a capital after white space …
         |\s*$)                      # … or the paragraph's end
    """,
    regex.VERBOSE,
)


def find_sentences(telling: Telling) -> tuple[Sentence, ...]:
    """Cut every paragraph into sentences.

    Args:
        telling: with the layer `paragraphs`.

    Returns:
        Sentences in order; together with white space they tile the paragraphs. A line of verse is a sentence of
        its own only where it ends in a stop.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    found: list[Sentence] = []
    for paragraph in telling.layer("paragraphs", wanted_by="sentences"):
        found.extend(_cut(telling.text, paragraph))
    return tuple(found)


def _cut(text: str, paragraph: Paragraph) -> list[Sentence]:
    start, end = paragraph.span
    words = text[start:end]
    cuts: list[int] = []
    for match in _END.finditer(words):
        if words[match.start()] == "." and _ABBREVIATION.search(words, max(0, match.start() - 12), match.start() + 1):
            continue
        cuts.append(match.end())
    edges = [0, *cuts, len(words)]
    spans = (stripped(text, Span(start + a, start + b)) for a, b in pairwise(edges))
    return [Sentence(span) for span in spans if span.length]
