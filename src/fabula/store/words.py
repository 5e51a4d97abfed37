"""Finding words again in a text that was wrapped, typeset or edited differently.

Only words count: case, white space, line ends, and every mark between words (quotation marks, apostrophes, dashes,
stops, underscores of emphasis) are passed over.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import regex

from fabula.spans import Span

# A word is a run of letters and digits with their accents and soft hyphens; an ideograph or kana is a word of its
# own, as nothing stands between words there; the letter-like apostrophe U+02BC stands between words like the others.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]\p{M}*"
    r"|[[\p{L}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}\u02BC]]"
    r"[[\p{L}\p{N}\p{M}\u00AD]--[\p{Han}\p{Hiragana}\p{Katakana}\u02BC]]*",
    regex.VERSION1,
)
_MARK = regex.compile(r"[\"'`´‘’‚‛“”„‟«»‹›「」『』\u02BC]+")
_DASH = regex.compile(r"[‐‑‒–—―-]+")


class Words(NamedTuple):
    """All words of a text, ready to be searched.

    Attributes:
        folded: the words without case, one space before each and one at the end.
        places: where in `folded` the space before each word stands; rising.
        spans: where in the text each word stands.
    """

    folded: str
    places: Sequence[int]
    spans: Sequence[tuple[int, int]]

    def word(self, at: int) -> str:
        """Return a word without case, by its place among the words."""
        end = self.places[at + 1] if at + 1 < len(self.places) else -1
        return self.folded[self.places[at] + 1 : end]

    def find(self, phrase: str) -> tuple[Span, ...]:
        """Return every place where the words of `phrase` follow one another, from first word to last.

        Args:
            phrase: at least one word; none is found where it has none.
        """
        wanted = index_words(phrase)
        count = len(wanted.spans)
        found: list[Span] = []
        at = self.folded.find(wanted.folded) if count else -1
        while at >= 0:
            index = bisect_left(self.places, at)
            found.append(Span(self.spans[index][0], self.spans[index + count - 1][1]))
            at = self.folded.find(wanted.folded, at + 1)
        return tuple(found)


def index_words(text: str) -> Words:
    """Make the words of a text ready to be searched."""
    spans = [match.span() for match in _WORD.finditer(text)]
    folded: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in spans:
        word = _folded(text[start:end])
        folded.append(word)
        places.append(at)
        at += len(word) + 1
    return Words(f" {' '.join(folded)} ", places, spans)


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKC", word.replace("\u00ad", "")).casefold()
    return "".join(unicodedata.normalize("NFKC", plain).split())


def has_shape(phrase: str) -> bool:
    """Whether a phrase has capitals or marks to be known by: one may type `no` for `No!`, hardly `No!` for `no`."""
    return phrase != phrase.lower() or not all(c.isalnum() or c.isspace() or c in "'’-" for c in phrase)


def looks_same(phrase: str, text: str, span: Span) -> bool:
    """Whether a place has the very letters and marks of `phrase`, but for white space and the style of marks.

    Args:
        phrase: as quoted, perhaps with marks around it.
        text: where it was found.
        span: from its first word to its last.
    """
    around = len(phrase) - len(phrase.strip(" \n\t")) + 8
    return _shape(phrase) in _shape(text[max(0, span.start - around) : span.end + around])


def _shape(words: str) -> str:
    return "".join(_DASH.sub("-", _MARK.sub('"', unicodedata.normalize("NFKC", words))).split())
