"""Texts without quotation marks: only what a tag gives to somebody can be told from narration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech import reasons
from fabula.speech.tagging.tags import Tag, tag_after
from fabula.speech.view import View
from fabula.story import Utterance

_BREAK = re.compile(r"[,?!—–][\"”’]?\s+")
_TAIL = re.compile(r"(?:\s+\w+ly|\s+(?:to|at) (?:\w+ ?){1,3})?\s*(?:[.,;:!?—–]|$)")
_FEW = 0.05
"""Share of paragraphs with a quotation up to which a text is without marks."""
_LEAST = 2
_LONGEST = 300
_SURE = 0.7


def unmarked_lines(view: View) -> list[Utterance]:
    """Find what is said in a text without quotation marks: `There is always soup, said Ida.`.

    Args:
        view: what the speech chapter reads.

    Returns:
        Utterances whose limits are a guess, as their reason says; none for a text with quotation marks.
    """
    if len(view.quotes) > _FEW * len(view.paragraphs):
        return []
    found = [line for index in range(len(view.paragraphs)) for line in _line(view, index)]
    return found if len(found) >= _LEAST else []


def _line(view: View, index: int) -> Iterator[Utterance]:
    span = view.paragraphs[index]
    if view.kinds[index] != "prose" or any(quote.overlap(span) for quote in view.quotes_before(span.end, 1)):
        return
    for match in _BREAK.finditer(view.text, span.start, min(span.end, span.start + _LONGEST)):
        piece = Span(span.start, match.start() + len(match[0].rstrip()))
        tag = tag_after(view, piece, Span(piece.end, span.end))
        if tag is None or tag.verb not in words("verbs", "plain") or not _closes(view.text, piece, tag, span.end):
            continue
        thinks = tag.verb in words("verbs", "thought")
        said = Utterance((piece,), kind="thought" if thinks else "speech", channel="thought" if thinks else "face")
        if tag.character is None:
            yield Utterance(said.pieces, kind=said.kind, channel=said.channel, reason=reasons.NO_MARKS)
        else:
            yield Utterance(
                said.pieces, tag.character, (), said.kind, said.channel, "tag", tag.span, _SURE, reasons.NO_MARKS
            )
        return


def _closes(text: str, piece: Span, tag: Tag, limit: int) -> bool:
    """Whether nothing but a tag follows the words: `he said.`, not `he said hello`."""
    verb = re.search(rf"\b{re.escape(tag.verb)}\b", text[piece.end : min(limit, piece.end + 80)])
    if verb is None:
        return False
    return _TAIL.match(text, max(tag.span.end, piece.end + verb.end()), limit) is not None
