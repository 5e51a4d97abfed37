"""An entry for a line of a text: words quoted from it by which it is found again, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula.spans import Span, index_at
from fabula.store.corrections import Entry
from fabula.store.matching import placed
from fabula.store.words import Words, index_words
from fabula.story import CorrectionKind, Telling, joined, words_in

_FEW = (12, 24, 48, 96)
"""Words of the line that are quoted: as few of these as will do."""
_AROUND = (3, 6, 12, 24, 48)
"""Words on either side of the quote that are its context, where the line alone stands in several places."""
_MARKS = "\"“”„‟«»‹›「」『』‘’'*_—–- "


def quoting(
    telling: Telling,
    pieces: Sequence[Span],
    kind: CorrectionKind,
    *,
    name: str = "",
    only: bool = False,
    words: Words | None = None,
) -> Entry | None:
    """Make an entry that applies to one line and to no other.

    Args:
        telling: only name, text and source map are read.
        pieces: of the line.
        kind: `speaker` or `not_speech`.
        name: the speaker.
        only: whether the entry is for this telling alone.
        words: of the telling's text, for whoever makes many entries; None finds them.

    Returns:
        The entry with the shortest of some quotations that will do; None where no words tell the line from another.
    """
    words = words or index_words(telling.text)
    stem = Entry(kind, name=name, telling=telling.name if only else "")
    for quote, context in _quotations(telling.text, pieces, words):
        entry = Entry(kind, quote, context, stem.name, telling=stem.telling)
        found = placed(entry, telling, words).span
        if found is not None and any(piece.overlap(found) for piece in pieces):
            return entry
    return None


def _quotations(text: str, pieces: Sequence[Span], words: Words) -> Iterator[tuple[str, str]]:
    """Yield quotes and contexts, the handiest first: the longest piece with more and more of its words."""
    piece = max(pieces, key=lambda one: words_in(text, [one]))
    starts = [start for start, _ in words.spans]
    first, last = index_at(starts, piece.start - 1) + 1, index_at(starts, piece.end - 1)
    if first > last:
        return
    lengths = sorted({min(count, last - first + 1) for count in _FEW})
    for length in lengths:
        yield _cut(text, words, piece, first, length), ""
    for around in _AROUND:
        context = Span(words.spans[max(0, first - around)][0], words.spans[min(len(starts) - 1, last + around)][1])
        yield _cut(text, words, piece, first, lengths[-1]), joined(text, context)


def _cut(text: str, words: Words, piece: Span, first: int, length: int) -> str:
    """Return the first words of a piece, with the marks between them and after the last word of all."""
    after = first + length
    whole = after >= len(words.spans) or words.spans[after][0] >= piece.end
    end = piece.end if whole else words.spans[after - 1][1]
    return joined(text, Span(words.spans[first][0], end)).rstrip(_MARKS)
