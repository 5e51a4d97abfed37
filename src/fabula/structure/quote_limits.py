"""Where a quotation ends whose mark is missing, and what stands behind a speech dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span, stripped
from fabula.story import Paragraph

# The look-behinds keep runs of stops and of spaces from being tried again at every place.
_STOP = re.compile(r"[,.!?…—–-]['’]?\s+")
_SENTENCE = re.compile(r"(?<![.!?…])[.!?…]+['’\"”)]?\s+")
_BREATH = re.compile(r"[.!?,:;—]['’\"”]?\s+")
_DASH = re.compile(r"(?:—|―|–|--|-)\s?(?=[^\W\d_]|[¿¡\"'“‘«…])")
_TURN = re.compile(
    r"""(?<![.!?…,])(?:[.!?…]+|,)['’\"”)]?\s+   # a stop
      | \s?(?:—|―|–|--)[.,:;!?]?\s?(?=\S)         # a dash with words behind""",
    re.VERBOSE,
)
_TOLD = re.compile(r"(?:He|She|They|It|His|Her|Their|The|A|An|Then|There|[A-Z][a-z]+\s[a-z]+ed)\b")
_TALKED = re.compile(r"\b(?:I|you|your|we|my|our|me|us|yours|mine)\b|[!?]|['’](?:m|re|ll|ve)\b")
_SUBJECT = (
    r"(?:he|she|they|it|I|we|you|one|[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}"
    r"|(?:the|his|her|my|their|our|a|an|another)\s(?:[\w'’-]+\s){0,3}?[\w'’-]+)"
)
_VERB = "(?:" + "|".join(sorted(words("quotations", "speaking", "abroad"))) + r")\b"
_TAG = re.compile(rf"(?:{_SUBJECT}\s(?:\w+ly\s)?{_VERB}|{_VERB}\s{_SUBJECT})")  # `he said`, `said the old man`
_FEW, _SHARE = 3, 0.4
_LOOK = 400  # code points of a sentence that are looked at


def end_of_unclosed(text: str, start: int, limit: int) -> int:
    """Return where an opened quotation ends that no mark closes: before a speech tag, else at the limit.

    Args:
        text: all of it.
        start: first code point after the opening mark.
        limit: the paragraph's end, or where the next quotation opens.
    """
    for stop in _STOP.finditer(text, start, limit):
        if _TAG.match(text, stop.end(), limit):
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

    Speech lasts until a tag, or a sentence that is told; it goes on where a dash or a sentence looks spoken.

    Args:
        text: all of it.
        paragraph: where to look.

    Yields:
        The piece with its dash (the first one has one), and without.
    """
    dash = _DASH.match(text, paragraph.start, paragraph.end)
    if not dash:
        return
    start, inner, speaking = paragraph.start, dash.end(), True
    for turn in _turns(text, dash.end(), paragraph.end):
        if speaking and not turn.spoken:
            yield Span(start, turn.before), Span(inner, max(inner, turn.before))
        elif turn.spoken and not speaking:
            start, inner = turn.dash, turn.after
        speaking = turn.spoken
    if speaking:
        end = stripped(text, Span(inner, paragraph.end)).end
        yield Span(start, end), Span(inner, end)


class _Turn(NamedTuple):
    """A place where speech and narration may change.

    Attributes:
        before: end of the words before it.
        dash: first code point after it that belongs to what follows, dash included.
        after: the same without a dash.
        spoken: whether what follows is speech.
    """

    before: int
    dash: int
    after: int
    spoken: bool


def _turns(text: str, start: int, end: int) -> Iterator[_Turn]:
    tagged = False  # inside a tag, until its sentence ends or a dash comes
    for stop in _TURN.finditer(text, start, end):
        sign = stop.group().strip()
        at = stop.start() + len(stop.group()) - len(stop.group().lstrip())
        before = stop.start() if sign[0] in "—―–-" else stop.start() + len(sign)
        if not tagged and _TAG.match(text, stop.end(), end):
            tagged = True
            yield _Turn(before, stop.end(), stop.end(), spoken=False)
        elif tagged and sign[0] in "—―–-":
            tagged = False
            yield _Turn(before, stop.end() if sign[-1] in ".,:;!?" else at, stop.end(), spoken=True)
        elif sign[-1] in ".!?…" or sign[0] in ".!?…":
            tagged = False
            told = _told(text, stop.end(), end)
            if sign[0] not in "—―–-":
                yield _Turn(before, stop.end(), stop.end(), spoken=not told)


def _told(text: str, start: int, limit: int) -> bool:
    """Say whether the sentence that starts here is told, not spoken."""
    stop = _SENTENCE.search(text, start, min(limit, start + _LOOK))
    sentence = text[start : stop.end() if stop else min(limit, start + _LOOK)]
    return bool(_TOLD.match(sentence)) and not _TALKED.search(sentence)
