"""A text as the people chapter looks at it: words, and what is narration."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.spans import Span
from fabula.story import Telling

_WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_WRAPPED = re.compile(r"(?<![\w*_])([*_])(?![\s*_])([^*_\n]{1,60})(?<!\s)\1(?![\w*_])")
_APOSTROPHES = frozenset(("'", "’"))
_SKIPPED = " \t\n\"“”‘'’(«„[_*—–-"
_STOPS = ".!?:;…"


class Word(NamedTuple):
    """One word of the text.

    Attributes:
        start: first code point.
        end: code point after it, a possessive ending left out.
        form: as written, without the possessive ending.
        capital: begins with a capital.
        initial: stands where any word would have a capital.
        quoted: inside a quotation.
        possessive: had a possessive ending.
    """

    start: int
    end: int
    form: str
    capital: bool
    initial: bool
    quoted: bool
    possessive: bool

    @property
    def lower(self) -> str:
        """The form in lower case."""
        return self.form.lower()


class Page(NamedTuple):
    """What the people chapter reads of a telling.

    Attributes:
        text: the telling's text.
        words: of all paragraphs but headings, breaks and matter.
        paragraphs: spans of those paragraphs.
        quotes: spans of outermost quotations, in order.
        spoken: those, and paragraphs of verse and letters, in order: what is not narrated.
        capital: word in lower case to how often it has a capital inside a sentence.
        lower: word to how often it is written in lower case.
        slanted: where words in italics start, by mark, asterisks or underscores, to where they end.
    """

    text: str
    words: tuple[Word, ...]
    paragraphs: tuple[Span, ...]
    quotes: tuple[Span, ...]
    spoken: tuple[Span, ...]
    capital: Counter[str]
    lower: Counter[str]
    slanted: Mapping[int, int]

    def quote_at(self, offset: int) -> Span | None:
        """Return the outermost quotation an offset lies in; None where it lies in none."""
        at = bisect_right(self.quotes, offset, key=_start) - 1
        return self.quotes[at] if at >= 0 and offset < self.quotes[at].end else None

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies in a quotation, or in verse or a letter set apart."""
        at = bisect_right(self.spoken, offset, key=_start) - 1
        return at >= 0 and offset < self.spoken[at].end


def read_page(telling: Telling) -> Page:
    """Cut the readable paragraphs into words and count their spellings.

    Args:
        telling: with the layers `paragraphs` and `quotes`.
    """
    quotes = outermost(quote.span for quote in telling.layer("quotes", wanted_by="people"))
    skipped = ("heading", "break", "matter")
    paragraphs = tuple(
        paragraph.span
        for paragraph in telling.layer("paragraphs", wanted_by="people")
        if paragraph.kind not in skipped
    )
    words: list[Word] = []
    spoken = _spoken(telling, quotes)
    starts = [span.start for span in spoken]
    for span in paragraphs:
        words.extend(_words(telling.text, span, spoken, starts))
    capital: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for word in words:
        if not word.capital:
            lower[word.form] += not _is_handle(telling.text, word)
        elif not word.initial:
            capital[word.lower] += 1
    return Page(telling.text, tuple(words), paragraphs, quotes, spoken, capital, lower, _slanted(telling))


def _is_handle(text: str, word: Word) -> bool:
    """Whether a word opens a line of a script or a chat as the name of who speaks: `midge: ok`."""
    if text[word.end : word.end + 1] != ":":
        return False
    at = word.start - 1
    while at >= 0 and text[at] != "\n" and text[at].isspace():
        at -= 1
    return at < 0 or text[at] == "\n"


def _spoken(telling: Telling, quotes: Sequence[Span]) -> tuple[Span, ...]:
    """Return quotations, and paragraphs of verse and letters that hold none."""
    starts = [span.start for span in quotes]
    apart = [
        paragraph.span
        for paragraph in telling.layer("paragraphs")
        if paragraph.kind in ("verse", "letter")
        and bisect_left(starts, paragraph.span.start) == bisect_left(starts, paragraph.span.end)
        and not inside(quotes, starts, paragraph.span.start)
    ]
    return tuple(sorted((*quotes, *apart)))


def _start(span: Span) -> int:
    return span.start


def _slanted(telling: Telling) -> dict[int, int]:
    found = {mark.start: mark.end for mark in telling.marked("italic")}
    found.update(match.span(2) for match in _WRAPPED.finditer(telling.text))
    return found


def outermost(spans: object) -> tuple[Span, ...]:
    """Return spans (sorted by start, wider first) that lie in no other."""
    found: list[Span] = []
    for span in spans:  # type: ignore[attr-defined]
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def inside(spans: Sequence[Span], starts: Sequence[int], offset: int) -> bool:
    """Whether an offset lies in one of some sorted, disjoint spans.

    Args:
        spans: in order.
        starts: their starts.
        offset: a code point.
    """
    index = bisect_right(starts, offset) - 1
    return index >= 0 and offset < spans[index].end


def _words(text: str, span: Span, spoken: Sequence[Span], starts: Sequence[int]) -> list[Word]:
    """Cut a paragraph into words.

    Args:
        text: of the telling.
        span: of the paragraph.
        spoken: what is not narrated, in order.
        starts: their starts.
    """
    found: list[Word] = []
    at = max(0, bisect_right(starts, span.start) - 1)
    for match in _WORD.finditer(text, span.start, span.end):
        form, (start, end) = match.group(), match.span()
        bare = _POSSESSIVE.sub("", form) if "'" in form or "’" in form else form
        possessive = len(bare) < len(form) or (form[-1] == "s" and text[end : end + 1] in _APOSTROPHES)
        while at < len(spoken) and spoken[at].end <= start:
            at += 1
        quoted = at < len(spoken) and spoken[at].start <= start
        capital = form[0].isupper()
        initial = capital and _initial(text, start, span.start)
        found.append(Word(start, start + len(bare), bare, capital, initial, quoted, possessive))
    return found


def _initial(text: str, at: int, begin: int) -> bool:
    """Whether a word stands at the start of a paragraph, a sentence or a quotation."""
    at -= 1
    while at >= begin and text[at] in _SKIPPED:
        if text[at] in '"“‘«„(':
            return True
        at -= 1
    if at < begin:
        return True
    if text[at] == ".":
        return not _abbreviated(text, at)
    return text[at] in _STOPS


def _abbreviated(text: str, dot: int) -> bool:
    start = dot
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    word = text[start:dot]
    return len(word) == 1 or word.lower() in _ABBREVIATED


_ABBREVIATED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "capt",
        "col",
        "maj",
        "gen",
        "lieut",
        "lt",
        "sergt",
        "sgt",
        "rev",
        "st",
        "hon",
        "messrs",
        "mme",
        "mlle",
    ]
)
