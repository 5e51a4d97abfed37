"""Where a quotation ends whose mark is missing, and what stands behind a speech dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.spans import Span, stripped
from fabula.story import Paragraph
from fabula.structure.quote_words import TAG

_STOP = re.compile(r"[,.!?…—–-]['’]?\s+")
_SENTENCE = re.compile(r"[.!?…]+['’\"”)]?\s+")
_BREATH = re.compile(r"[.!?,:;—]['’\"”]?\s+")
_DASH = re.compile(r"(?:—|―|–|--|-)\s?(?=[^\W\d_]|[¿¡\"'“‘«…])")
_ASIDE = re.compile(r"\s?(?:—|―|–|--)\s?(?=[^\W\d_])")
_TOLD = re.compile(r"(?:He|She|They|It|His|Her|Their|The|A|An|Then|There|[A-Z][a-z]+\s[a-z]+ed)\b")
_TALKED = re.compile(r"\b(?:I|you|your|we|my|our|me|us|yours|mine)\b|[!?]|['’](?:m|re|ll|ve)\b")
_FEW, _SHARE = 3, 0.4


def end_of_unclosed(text: str, start: int, limit: int) -> int:
    """Return where an opened quotation ends that no mark closes: before a speech tag, else at the limit.

    Args:
        text: all of it.
        start: first code point after the opening mark.
        limit: the paragraph's end, or where the next quotation opens.
    """
    for stop in _STOP.finditer(text, start, limit):
        if TAG.match(text, stop.end(), limit):
            return start + len(text[start : stop.end()].rstrip())
    return stripped(text, Span(start, limit)).end


def start_of_unopened(text: str, floor: int, closing: int, *, first: bool) -> int:
    """Return where a closed quotation starts that no mark opens.

    Args:
        text: all of it.
        floor: the paragraph's start, or the end of the quotation before.
        closing: where the closing mark stands.
        first: whether no quotation stands before in this paragraph.
    """
    if not first:
        breath = _BREATH.search(text, floor, closing)
        floor = breath.end() if breath else floor
    return stripped(text, Span(floor, closing)).start


def uses_dashes(text: str, paragraphs: Sequence[Paragraph], marked: int) -> bool:
    """Say whether this text puts a dash before speech.

    Args:
        text: all of it.
        paragraphs: those with running text.
        marked: number of paragraphs that begin with a quotation mark.
    """
    dashed = sum(1 for paragraph in paragraphs if _DASH.match(text, paragraph.span.start))
    return dashed >= _FEW and dashed >= _SHARE * (dashed + marked)


def dash_speech(text: str, paragraph: Span) -> Iterator[tuple[Span, Span]]:
    """Yield the pieces of speech in a paragraph that a dash opens.

    Speech lasts until a tag; after the tag's sentence it goes on where the words look spoken rather than told.

    Yields:
        The piece with its dash (the first one has one), and without.
    """
    dash = _DASH.match(text, paragraph.start, paragraph.end)
    if not dash:
        return
    start, inner = paragraph.start, dash.end()
    while inner < paragraph.end:
        end, after = _speech_end(text, inner, paragraph.end)
        if end > inner:
            yield Span(start, end), Span(inner, end)
        resumed = _resumption(text, after, paragraph.end)
        if resumed is None:
            return
        start, inner = resumed


def _speech_end(text: str, start: int, limit: int) -> tuple[int, int]:
    """Return where speech ends, and where the tag that ends it starts (the limit where there is none)."""
    stops = [*_STOP.finditer(text, start, limit), *_ASIDE.finditer(text, start, limit)]
    for stop in sorted(stops, key=lambda found: (found.end(), found.start())):
        if TAG.match(text, stop.end(), limit):
            return start + len(text[start : stop.end()].rstrip().rstrip("—―–-").rstrip()), stop.end()
    for sentence in _SENTENCE.finditer(text, start, limit):
        if _told(text, sentence.end(), limit):
            return start + len(text[start : sentence.end()].rstrip()), sentence.end()
    return stripped(text, Span(start, limit)).end, limit


def _told(text: str, start: int, limit: int) -> bool:
    """Say whether the sentence that starts here is told, not spoken."""
    stop = _SENTENCE.search(text, start, limit)
    sentence = text[start : stop.end() if stop else limit]
    return bool(_TOLD.match(sentence)) and not _TALKED.search(sentence)


def _resumption(text: str, tag: int, limit: int) -> tuple[int, int] | None:
    """Return start and inner start of speech after a tag; None where narration keeps the rest."""
    aside = _ASIDE.search(text, tag, limit)
    if aside:
        return aside.start() + len(aside.group()) - len(aside.group().lstrip()), aside.end()
    at = tag
    while sentence := _SENTENCE.search(text, at, limit):
        at = sentence.end()
        if at < limit and not _told(text, at, limit):
            return at, at
    return None
