"""Sentence ends, inside and outside quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from fabula.lexicon.abbreviations import BEFORE_NAMES, BEFORE_NUMBERS
from fabula.spans import Span, stripped
from fabula.story import Paragraph, Sentence, Telling

_OPENERS = r"[\"“‘'«„‚¿¡(\[_*—–\-]*"
# A row of stops is tried from its first one only, and a spaced row has a limit, so that time stays linear.
_END = regex.compile(
    rf"""(?P<stop>(?<![.!?…])[.!?…]++(?:\s(?:\.\s?){{1,20}}\.)?)   # the stop, also ". . ."
        (?P<close>["”’'»›)\]_*]*)                      # marks that close with it
        (?: (?=\s+{_OPENERS}[\p{{Lu}}\p{{N}}])         # a capital after white space …
          | (?=[—–\-]{{1,3}}["“‘']?\p{{Lu}})           # … or after a dash
          | (?<=\p{{Ll}}\p{{Ll}}[.!?])(?=\p{{Lu}}\p{{Ll}})   # … or at once, the space forgotten
          | (?=\s*$) )                                 # … or the paragraph's end
    """,
    regex.VERBOSE,
)
_ABBREVIATED = regex.compile(
    rf"""(?<![\p{{L}}\p{{N}}])(?:
        (?i:{"|".join(BEFORE_NAMES)})\.
      | \p{{Lu}}\.                                     # an initial, …
      | (?:\p{{L}}\.){{2,}}                            # … or several: U.S., i.e.
    )$""",
    regex.VERBOSE,
)
_NUMBERED = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{'|'.join(BEFORE_NUMBERS)})\.$", regex.IGNORECASE)
_COUNT = regex.compile(r"\s*[(\[]?(?:\p{N}{1,3}|[IVXLC]{1,5})\.")
_PRONOUN = regex.compile(r"\s+I\b")
# "Go!" Mary cried: the tag goes on with the sentence, though it opens with a name.
_TAG = regex.compile(
    r"""\s+(?:\p{Lu}[\p{L}.'’-]*\s+){1,3}
    (?:said|says|asked|asks|cried|cries|answered|replied|exclaimed|shouted|yelled|called|whispered|murmured|muttered
      |demanded|inquired|enquired|screamed|gasped|laughed|begged|insisted|repeated|wondered|thought|returned)\b""",
    regex.VERBOSE,
)


def find_sentences(telling: Telling) -> tuple[Sentence, ...]:
    """Cut every paragraph into sentences.

    A quotation with its tag is one sentence where the tag goes on in small letters or is a name with a verb of
    saying; a quotation of several sentences is several.

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


def _cut(text: str, paragraph: Paragraph) -> Iterator[Sentence]:
    start, end = paragraph.span
    words = text[start:end]
    edges = [0]
    for match in _END.finditer(words):
        if not _goes_on(words, match, edges[-1]):
            edges.append(match.end())
    edges.append(len(words))
    for low, high in pairwise(edges):
        span = stripped(text, Span(start + low, start + high))
        if span.length:
            yield Sentence(span)


def _goes_on(words: str, match: regex.Match[str], start: int) -> bool:
    """Whether a stop ends no sentence.

    Args:
        words: of the paragraph.
        match: the stop and what closes with it.
        start: where the sentence began.
    """
    stop, close = match["stop"], match["close"]
    after = words[match.end() : match.end() + 60]
    if stop == ".":
        before = words[max(start, match.start() - 14) : match.start() + 1]
        if not close and _ABBREVIATED.search(before) and not _ends_in_pronoun(before):
            return True
        if not close and after.lstrip()[:1].isdigit() and _NUMBERED.search(before):
            return True
        return _COUNT.fullmatch(words[start : match.end()]) is not None
    if stop[0] in ".…":
        return not close and _PRONOUN.match(after) is not None and stop[-1] in ".…"
    return bool(close) and close[-1] in "\"”’'»" and _TAG.match(after) is not None


def _ends_in_pronoun(before: str) -> bool:
    """Whether the initial before a stop is the pronoun: "so do I."."""
    return before.endswith(" I.") or before.endswith("\nI.")
