"""How much two lines are alike. The one place where that is decided, so that more evidence can be added here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from fabula.lexicon.common_words import COMMON_WORDS
from fabula.tellings.collation.lines import Lines
from fabula.tellings.collation.meaning import Meaning, read_meaning

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_PRIOR = 1500
"""How many words of a text weigh as much as what is known of English."""
_RARE = 1e-4
"""Share of the words that a word has which is none of the commonest."""
_CONTAINMENT = 0.55
"""0: a short line is like a long one that holds it as far as they are of one length; 1: wholly."""
_CLOSENESS = 0.8
"""What meaning counts beside words: how much closer than common lines are, times this, is added."""
_ENDING = re.compile(r"(?:'s|n't|'(?:ll|d|ve|re|m))$")
_SUFFIX = re.compile(r"(?<=[^\W_]{3})(?:ingly|edly|ings|ing|ied|ies|ed|es|ly|s|e|y)$")


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The different words of each line of one telling, as columns.

    Attributes:
        bounds: where the words of each line begin, and at the end their number; (lines + 1,).
        keys: number of each word, rising within a line; (words,).
        info: what the words of each line tell together, in bits; (lines,).
        wording: number of all words of each line in their order, equal for equal lines of both tellings; (lines,).
    """

    bounds: Ints
    keys: Ints
    info: Floats
    wording: Ints

    def reordered(self, order: Ints) -> Bag:
        """Return the same with the lines in another order.

        Shapes:
            order: (lines,)
        """
        sizes = np.diff(self.bounds)[order]
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        at = np.arange(bounds[-1]) + np.repeat(self.bounds[order] - bounds[:-1], sizes)
        return Bag(bounds, self.keys[at], self.info[order], self.wording[order])

    def told(self, lines: Sequence[int]) -> set[int]:
        """Return the different words of some lines together."""
        return set().union(*(self.keys[self.bounds[line] : self.bounds[line + 1]].tolist() for line in lines))


class Similarity:
    """How much the lines of two tellings are alike, by the words they share and by what they mean.

    A word weighs as many bits as it would surprise to meet it in a line, from how often it stands in both tellings
    and in English fiction. Meaning counts only for lines that `with_meaning` has read.

    Args:
        a: lines of the first telling.
        b: lines of the second telling.
    """

    def __init__(self, a: Lines, b: Lines) -> None:
        numbers: dict[str, int] = {}
        stems: dict[str, str] = {}
        keyed = [[_keys(words, numbers, stems) for words in lines.words] for lines in (a, b)]
        self.weights = _weights(numbers, keyed)
        wordings: dict[tuple[str, ...], int] = {}
        worded = [[wordings.setdefault(words, len(wordings)) for words in lines.words] for lines in (a, b)]
        self.a, self.b = (
            _bag(lines, self.weights, np.array(which, np.int64)) for lines, which in zip(keyed, worded, strict=True)
        )
        self._held = _held(self.b, len(self.weights))
        self._lines = a, b
        self.meaning: Meaning | None = None

    def with_meaning(self, a: Ints, b: Ints, *, tick: Callable[[float], None] = lambda _: None) -> Similarity:
        """Return the same with the meaning of some lines; those that both tellings have word by word need none.

        Args:
            a: lines of the first telling.
            b: lines of the second telling.
            tick: told the share that is read, 0 to 1.

        Raises:
            WeightsError: when the network's files are missing or damaged.
        """
        same = np.intersect1d(self.a.wording, self.b.wording)
        wanted_a, wanted_b = (
            which[~np.isin(bag.wording[which], same)] for bag, which in zip((self.a, self.b), (a, b), strict=True)
        )
        found = copy(self)
        found.meaning = read_meaning(self._lines, (wanted_a, wanted_b), tick=tick)
        return found

    @property
    def lines(self) -> tuple[Lines, Lines]:
        """Return the lines of both tellings, as they are compared."""
        return self._lines

    @property
    def sizes(self) -> tuple[Ints, Ints]:
        """Return how many words each line has, of either telling; (lines,)."""
        a, b = (np.fromiter(map(len, lines.words), np.int64, len(lines)) for lines in self._lines)
        return a, b

    def reordered(self, order: Ints) -> Similarity:
        """Return the same with the lines of the second telling in another order.

        Shapes:
            order: (lines,)
        """
        found = copy(self)
        found.b = self.b.reordered(order)
        found._held = _held(found.b, len(self.weights))
        found._lines = self._lines[0], self._lines[1].reordered(order.tolist())
        if self.meaning is not None:
            found.meaning = replace(self.meaning, b=self.meaning.b.reordered(order))
        return found

    def shared(self, i: Ints, j: Ints) -> Floats:
        """Return what lines share, in bits.

        Shapes:
            i, j: (pairs,) indices of lines of `a` and of `b` -> (pairs,)
        """
        sizes = np.diff(self.a.bounds)[i]
        pair = np.repeat(np.arange(len(i)), sizes)
        at = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(self.a.bounds[i], sizes)
        keys = self.a.keys[at]
        held = self._held
        wanted = j[pair] * len(self.weights) + keys
        found = np.searchsorted(held, wanted)
        hit = (found < len(held)) & (held[np.minimum(found, len(held) - 1)] == wanted) if len(held) else wanted < 0
        return np.bincount(pair[hit], self.weights[keys[hit]], len(i)).astype(np.float64)

    def of(self, i: Ints, j: Ints) -> Floats:
        """Return how much lines are alike, 0 to 1.

        Shapes:
            i, j: (pairs,) indices of lines of `a` and of `b` -> (pairs,)
        """
        words = _share(self.shared(i, j), self.a.info[i], self.b.info[j])
        if self.meaning is None:
            return words
        return np.clip(words + _CLOSENESS * self.meaning.close(i, j), 0, 1)

    def together(self, rows: Sequence[int], columns: Sequence[int]) -> tuple[float, float]:
        """Return how much lines of one telling, taken together, are like lines of the other; and their room.

        Args:
            rows: lines of `a`.
            columns: lines of `b`.
        """
        mine, theirs = self.a.told(rows), self.b.told(columns)
        bits = [float(self.weights[list(keys)].sum()) for keys in (mine, theirs, mine & theirs)]
        like = float(_share(*np.array(bits)[[2, 0, 1], None])[0])
        if self.meaning is not None:
            like = min(1.0, max(0.0, like + _CLOSENESS * self.meaning.close_together(rows, columns)))
        return like, min(bits[:2]) ** 0.5

    def room(self, i: Ints, j: Ints) -> Floats:
        """Return how much pairs may count: long lines count more than short ones, but less than their length.

        Shapes:
            i, j: (pairs,) indices of lines of `a` and of `b` -> (pairs,)
        """
        return np.sqrt(np.minimum(self.a.info[i], self.b.info[j]))


def _held(bag: Bag, words: int) -> Ints:
    """Return one number for each word of each line, rising."""
    return np.repeat(np.arange(len(bag.info)), np.diff(bag.bounds)) * words + bag.keys


def _share(shared: Floats, mine: Floats, theirs: Floats) -> Floats:
    """Return what part of two lines is the same, 0 to 1, from the bits they share and those of each."""
    low, high = np.minimum(mine, theirs), np.maximum(mine, theirs)
    norm = low**_CONTAINMENT * high ** (1 - _CONTAINMENT)
    return np.divide(shared, norm, out=np.zeros(len(norm)), where=norm > 0)


def _keys(words: Sequence[str], numbers: dict[str, int], stems: dict[str, str]) -> list[int]:
    found = set()
    for word in words:
        stem = stems.get(word)
        if stem is None:
            stem = stems[word] = stemmed(word)
        found.add(numbers.setdefault(stem, len(numbers)))
    return sorted(found)


def stemmed(word: str) -> str:
    """Return a folded word without its commonest English endings; other languages lose little by it."""
    bare = without_ending(word)
    stem = _SUFFIX.sub("", bare)
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def without_ending(word: str) -> str:
    """Return a folded word without what English hangs on it with an apostrophe."""
    return _ENDING.sub("", word)


def _weights(numbers: dict[str, int], keyed: Sequence[Sequence[Sequence[int]]]) -> Floats:
    """Return the bits that each word is worth."""
    all_lines = list(chain.from_iterable(keyed))
    total = sum(map(len, all_lines))
    counts = np.bincount(np.fromiter(chain.from_iterable(all_lines), np.int64, total), minlength=len(numbers))
    prior = np.full(len(numbers), _RARE)
    for word, rank in COMMON_WORDS.items():
        at = numbers.get(stemmed(word))
        if at is not None:
            prior[at] = max(prior[at], 0.1 / rank)
    share = (counts + _PRIOR * prior) / (total + _PRIOR)
    length = total / max(1, len(all_lines))
    return np.asarray(-np.log2(1 - (1 - np.minimum(share, 0.9)) ** max(1.0, length)), np.float64)


def _bag(lines: Sequence[Sequence[int]], weights: Floats, wording: Ints) -> Bag:
    sizes = np.fromiter(map(len, lines), np.int64, len(lines))
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    keys = np.fromiter(chain.from_iterable(lines), np.int64, int(bounds[-1]))
    line = np.repeat(np.arange(len(lines)), sizes)
    return Bag(bounds, keys, np.bincount(line, weights[keys], len(lines)).astype(np.float64), wording)
