"""Words within linked lines: which are the same, which differ, and how."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.spans import Span
from fabula.story import WordChange
from fabula.tellings.collation.lines import WORD, folded

_PATTERN = re.compile(rf"{WORD.pattern}|[^\w\s]|_")
_FEW_CELLS, _MOST_CELLS = 2_500, 250_000
_EXACT, _CASE, _MARK, _TOGETHER = 1.0, 0.9, 0.3, 0.5


class Token(NamedTuple):
    """A word or a mark.

    Attributes:
        span: where it stands.
        exact: as written.
        key: as it is compared.
        is_word: False for a mark.
    """

    span: Span
    exact: str
    key: str
    is_word: bool


class _Block(NamedTuple):
    """Tokens of both lines that are still to be matched, as half-open ranges."""

    a: int
    to_a: int
    b: int
    to_b: int


def word_changes(a: str, spans_a: Sequence[Span], b: str, spans_b: Sequence[Span]) -> tuple[WordChange, ...]:
    """Find the words in which two passages differ.

    Args:
        a: the first text.
        spans_a: the passage of the first text, in order.
        b: the second text.
        spans_b: the passage of the second text, in order.

    Returns:
        The changes in the order of the first text; none where words, marks and capitals are the same.
    """
    mine, theirs = find_tokens(a, spans_a), find_tokens(b, spans_b)
    return tuple(_changes(mine, theirs, _matched(mine, theirs)))


class SharedWords(NamedTuple):
    """Two passages cut into words and marks, and which of these they share.

    Attributes:
        a: every word and mark of the first passage.
        b: every word and mark of the second passage.
        pairs: indices of those that are matched, rising on both sides; capitals and the shape of quotation marks and
            apostrophes may differ.
    """

    a: tuple[Span, ...]
    b: tuple[Span, ...]
    pairs: tuple[tuple[int, int], ...]


def shared_words(a: str, spans_a: Sequence[Span], b: str, spans_b: Sequence[Span]) -> SharedWords:
    """Find the words and marks that two passages share, as for `word_changes`.

    Args:
        a: the first text.
        spans_a: the passage of the first text, in order.
        b: the second text.
        spans_b: the passage of the second text, in order.
    """
    mine, theirs = find_tokens(a, spans_a), find_tokens(b, spans_b)
    return SharedWords(
        tuple(token.span for token in mine), tuple(token.span for token in theirs), tuple(_matched(mine, theirs))
    )


def find_tokens(text: str, spans: Sequence[Span]) -> list[Token]:
    """Return the words and marks of some stretches of a text, in order.

    Args:
        text: of the whole telling.
        spans: the stretches, in order.
    """
    found = []
    for span in spans:
        for match in _PATTERN.finditer(text, *span):
            start, end = match.span()
            exact = text[start:end]
            key = folded(exact)
            found.append(Token(Span(start, end), exact, _MARKS.get(key, key), key[0].isalnum()))
    return found


_MARKS = {"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}


def _matched(mine: Sequence[Token], theirs: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the tokens that are the same on both sides, in order.

    Short stretches are compared cell by cell; in longer ones what stands once on either side is matched first, then
    what lies between, again and again.
    """
    found: list[tuple[int, int]] = []
    blocks = [_Block(0, len(mine), 0, len(theirs))]
    while blocks:
        block = _trimmed(blocks.pop(), mine, theirs, found)
        if block.a == block.to_a or block.b == block.to_b:
            continue
        small = (block.to_a - block.a) * (block.to_b - block.b) <= _FEW_CELLS
        anchors = [] if small else _single(block, mine, theirs)
        if not anchors:
            found += _by_cells(block, mine, theirs)
            continue
        found += anchors
        at_a, at_b = block.a, block.b
        for i, j in [*anchors, (block.to_a, block.to_b)]:
            blocks.append(_Block(at_a, i, at_b, j))
            at_a, at_b = i + 1, j + 1
    return sorted(found)


def _trimmed(block: _Block, mine: Sequence[Token], theirs: Sequence[Token], found: list[tuple[int, int]]) -> _Block:
    """Match what is the same at both ends of a block, and return the rest."""
    a, to_a, b, to_b = block
    while a < to_a and b < to_b and mine[a].key == theirs[b].key:
        found.append((a, b))
        a, b = a + 1, b + 1
    while a < to_a and b < to_b and mine[to_a - 1].key == theirs[to_b - 1].key:
        to_a, to_b = to_a - 1, to_b - 1
        found.append((to_a, to_b))
    return _Block(a, to_a, b, to_b)


def _single(block: _Block, mine: Sequence[Token], theirs: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the words that stand once on either side of a block and keep their order."""
    here = {token.key: at for at, token in enumerate(mine[block.a : block.to_a], block.a) if token.is_word}
    there = {token.key: at for at, token in enumerate(theirs[block.b : block.to_b], block.b) if token.is_word}
    counts = [
        Counter(token.key for token in tokens)
        for tokens in (mine[block.a : block.to_a], theirs[block.b : block.to_b])
    ]
    once = sorted((at, there[key]) for key, at in here.items() if counts[0][key] == 1 == counts[1].get(key))
    return _rising(once)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises on both sides; they rise on the first already."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(j)
            last.append(at)
        else:
            ends[place], last[place] = j, at
    found, at = [], last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _by_cells(block: _Block, mine: Sequence[Token], theirs: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the best match of a block, in which words that stay together count more; nothing where it is too big."""
    rows, columns = block.to_a - block.a, block.to_b - block.b
    if rows * columns > _MOST_CELLS:
        return []
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    run = [[0.0] * (columns + 1) for _ in range(rows + 1)]  # what is gained where the two tokens here are matched
    for i in range(rows - 1, -1, -1):
        token, row, below, ahead = mine[block.a + i], best[i], best[i + 1], run[i + 1]
        for j in range(columns - 1, -1, -1):
            most = max(below[j], row[j + 1])
            if token.key == theirs[block.b + j].key:
                after = max(below[j + 1], ahead[j + 1] + _TOGETHER if ahead[j + 1] else 0.0)
                run[i][j] = after + _worth(token, theirs[block.b + j])
                most = max(most, run[i][j])
            row[j] = most
    return [(block.a + i, block.b + j) for i, j in _followed(best, run)]


def _followed(best: Sequence[Sequence[float]], run: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Yield the cells of the best match, from what each cell gains."""
    i, j, matched = 0, 0, False
    while i < len(best) - 1 and j < len(best[0]) - 1:
        together = matched and run[i][j] and run[i][j] + _TOGETHER >= best[i][j]
        if together or (run[i][j] and run[i][j] == best[i][j]):
            yield i, j
            i, j, matched = i + 1, j + 1, True
        elif best[i][j] == best[i + 1][j]:
            i, matched = i + 1, False
        else:
            j, matched = j + 1, False


def _worth(mine: Token, theirs: Token) -> float:
    if mine.key != theirs.key:
        return 0.0
    if not mine.is_word:
        return _MARK
    return _EXACT if mine.exact == theirs.exact else _CASE


def _changes(
    mine: Sequence[Token], theirs: Sequence[Token], matched: Sequence[tuple[int, int]]
) -> Iterator[WordChange]:
    at_a = at_b = 0
    for i, j in [*matched, (len(mine), len(theirs))]:
        left, right = mine[at_a:i], theirs[at_b:j]
        if left or right:
            yield from _change(left, right)
        if i < len(mine) and mine[i].is_word and _straight(mine[i].exact) != _straight(theirs[j].exact):
            yield WordChange(mine[i].span, theirs[j].span, "case")
        at_a, at_b = i + 1, j + 1


def _straight(word: str) -> str:
    return word.replace("’", "'").replace("‘", "'")


def _change(left: Sequence[Token], right: Sequence[Token]) -> Iterator[WordChange]:
    """Yield what differs between two matches: words if there are any, else marks."""
    words = [[token for token in side if token.is_word] for side in (left, right)]
    if words[0] and words[1]:
        yield WordChange(_hull(words[0]), _hull(words[1]), "wording")
    elif words[0]:
        yield WordChange(_hull(words[0]), None, "missing")
    elif words[1]:
        yield WordChange(None, _hull(words[1]), "added")
    else:
        yield WordChange(_hull(left), _hull(right), "punctuation")


def _hull(tokens: Sequence[Token]) -> Span | None:
    return Span(tokens[0].span.start, tokens[-1].span.end) if tokens else None
