"""Two tellings without the names that both have: what they then still have in common is no matter of who is in them.

Two stories of the same people share their names in every other line, and names weigh much, in words and in meaning.
"""

from __future__ import annotations

from dataclasses import replace

from fabula.lexicon.common_words import COMMON_WORDS
from fabula.spans import Span
from fabula.tellings.collation.lines import WORD, Lines, folded
from fabula.tellings.collation.similarity import without_ending

_SOMEBODY = "someone"
_OPENING = "\"'“‘«»„‚›‹(["
_ENGLISH = 0.2
"""Share of the words of an English text that are among the commonest; in English, capitals show names."""


def shared_names(a: Lines, b: Lines) -> frozenset[str]:
    """Return the names that both tellings have, folded: words that never stand in small letters.

    Args:
        a: lines of the first telling.
        b: lines of the second telling.

    Returns:
        Nothing where either is not in English: in German, every noun has a capital.
    """
    sides = [_Letters(lines) for lines in (a, b)]
    if any(side.common < _ENGLISH * side.words for side in sides):
        return frozenset()
    shared = set(sides[0].capital) & set(sides[1].capital)
    inside = set(sides[0].inside) | set(sides[1].inside)
    small = sides[0].small | sides[1].small
    return frozenset(
        word for word in shared - small if len(word) > 1 and (word in inside or word not in COMMON_WORDS)
    )


class _Letters:
    """Which words of a telling begin with a capital, which do so inside a line, and which with a small letter.

    Args:
        lines: of the telling.
    """

    def __init__(self, lines: Lines) -> None:
        self.capital: set[str] = set()
        self.inside: set[str] = set()
        self.small: set[str] = set()
        self.words = self.common = 0
        for span in lines.spans:
            for at, match in enumerate(WORD.finditer(lines.text, *span)):
                word = without_ending(folded(match.group()))
                self.words += 1
                self.common += word in COMMON_WORDS
                if not match.group()[0].isupper():
                    self.small.add(word)
                    continue
                self.capital.add(word)
                if at and lines.text[match.start() - 1] not in _OPENING:
                    self.inside.add(word)


def without_names(lines: Lines, names: frozenset[str]) -> Lines:
    """Return the same lines with somebody in place of every name; a text of their own.

    Args:
        lines: of a telling.
        names: as from `shared_names`.
    """
    told = [
        WORD.sub(lambda match: _SOMEBODY if _is_one(match.group(), names) else match.group(), span.of(lines.text))
        for span in lines.spans
    ]
    spans, start = [], 0
    for line in told:
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    words = tuple(
        tuple(word for word in of_line if not _is_one(word, names)) or (_SOMEBODY,) for of_line in lines.words
    )
    return replace(lines, text="\n".join(told), spans=tuple(spans), words=words)


def _is_one(word: str, names: frozenset[str]) -> bool:
    return without_ending(folded(word)) in names
