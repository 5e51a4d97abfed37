"""The words of one side of a link, as verdicts look at them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from fabula.spans import Span
from fabula.tellings.collation.words import find_tokens

_LIMIT = re.compile(r"[^\s\w'’-]|--")
_ENDS = '.!?:;"“”‘«»—-([*_'


_LONGEST = 16


class Word(NamedTuple):
    """A word of a passage.

    Attributes:
        span: where it stands.
        exact: as written.
        key: as it is compared.
        opens: whether a capital means nothing here: a sentence or a quotation begins.
    """

    span: Span
    exact: str
    key: str
    opens: bool


class Told(NamedTuple):
    """One side of a link.

    Attributes:
        text: of the whole telling.
        words: of the passage, in order; marks are left out.
    """

    text: str
    words: tuple[Word, ...]

    def key(self, at: int) -> str:
        """Return the word at a place as it is compared; empty beyond either end."""
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def within(self, span: Span) -> range:
        """Return the places of the words inside a span."""
        first = bisect_left(self.words, span.start, key=lambda word: word.span.start)
        return range(first, bisect_right(self.words, span.end, key=lambda word: word.span.end))

    def hull(self, places: range) -> Span:
        """Return the span from the first to the last of some words."""
        return Span(self.words[places[0]].span.start, self.words[places[-1]].span.end)

    def gap(self, at: int) -> str:
        """Return what stands between a word and the next; at the end, the marks that follow in the text."""
        start = self.words[at].span.end
        end = self.words[at + 1].span.start if at + 1 < len(self.words) else start + 3
        return self.text[start:end]

    def breaks(self, at: int) -> bool:
        """Whether a clause ends between a word and the next: at a mark, but for the point of `Mr.`."""
        return bool(_LIMIT.search(self.gap(at))) and not (self.key(at) in _SHORT and self.gap(at).startswith(". "))


class Placed(Protocol):
    """What stands at some places of a passage."""

    @property
    def places(self) -> range:
        """The places of its words."""


_Kind = TypeVar("_Kind", bound=Placed)


def touching(held: Sequence[_Kind], places: range) -> list[_Kind]:
    """Return what shares words with some places.

    Args:
        held: in order; none longer than a dozen words or so.
        places: of the words; nothing shares words with no words.
    """
    first = bisect_left(held, places.start - _LONGEST, key=_start)
    last = bisect_left(held, places.stop, key=_start)
    return [each for each in held[first:last] if touch(each.places, places)]


def touch(one: range, other: range) -> bool:
    """Whether two stretches share a word."""
    return one.start < other.stop and other.start < one.stop


def _start(held: Placed) -> int:
    return held.places.start


def told(text: str, spans: Sequence[Span]) -> Told:
    """Return the words of some stretches of a text.

    Args:
        text: of the whole telling.
        spans: the stretches, in order.
    """
    words: list[Word] = []
    opens = True
    starts = {span.start for span in spans}
    for token in find_tokens(text, spans):
        if not token.is_word:
            short = token.exact == "." and words and words[-1].key in _SHORT
            opens = opens or (token.exact in _ENDS and not short)
            continue
        words.append(Word(token.span, token.exact, token.key, opens or token.span.start in starts))
        opens = False
    return Told(text, tuple(words))


_SHORT = frozenset("mr mrs ms dr st prof capt col gen lieut lt rev hon messrs".split())
