"""The simplest thing that could work, to measure against.

    python -m benchmarks.baselines GOLD_DIR OUT_DIR

Quotations by pairing marks: in each paragraph (text between blank lines), from one double mark, straight or
curly, to the next; everything between is taken for speech. Predictions have the schema `fabula-gold/1` and hold
quotations only.

Tellings by the cosine of word counts (`python -m benchmarks.predict_cases tellings CASES_DIR OUT.json --baseline`):
each paragraph is linked with the one of the other telling that it is most like, if that is so the other way round too
and the cosine is at least `COSINE`; no order, words by `difflib`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.answers import write_answers
from fabula.spans import Span
from fabula.story import Alignment, Link, Side, Telling, WordChange

_BLANK = re.compile(r"\n[ \t]*\n")
_PAIR = re.compile(r'["“”][^"“”]+["“”]')


def paired_marks(text: str) -> list[Span]:
    """Return what stands between double quotation marks, marks included, by pairing them in each paragraph."""
    edges = [0, *(blank.end() for blank in _BLANK.finditer(text)), len(text)]
    return [Span(*pair.span()) for start, end in pairwise(edges) for pair in _PAIR.finditer(text, start, end)]


def prediction(text: str, _: str) -> dict[str, Any]:
    """Return the quotations of a document."""
    return {"quotes": [{"id": f"Q{n}", "spans": [list(span)]} for n, span in enumerate(paired_marks(text))]}


COSINE = 0.25
"""How alike lines must be; the best for the half of the Aesop cases on which Fabula is tuned."""

_WORD = re.compile(r"\w+")


def align_by_cosine(tellings: Sequence[Telling], a: Side, b: Side) -> Alignment:
    """Link the paragraphs of two tellings that are each other's nearest by the cosine of word counts."""
    texts = [tellings[side.telling].text for side in (a, b)]
    lines = [paragraphs_of(tellings[side.telling], side) for side in (a, b)]
    counts = [[_word_counts(text, span) for span in spans] for text, spans in zip(texts, lines, strict=True)]
    cosine = _cosines(*counts)
    links = []
    for i, j in enumerate(cosine.argmax(axis=1) if cosine.size else ()):
        if cosine[i, j] >= COSINE and cosine[:, j].argmax() == i:
            mine, theirs = lines[0][i], lines[1][int(j)]
            changes = difflib_changes(texts[0], mine, texts[1], theirs)
            links.append(Link((mine,), (theirs,), "wording" if changes else "same", changes=changes))
    return Alignment(a, b, tuple(links), (), ())


def paragraphs_of(telling: Telling, side: Side) -> list[Span]:
    """Return the paragraphs of a side, which the baselines link."""
    every = [paragraph.span for paragraph in telling.layer("paragraphs")]
    return [span for span in every if any(part.holds(span) for part in side.parts)]


def _word_counts(text: str, span: Span) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(text, *span))


def _cosines(mine: Sequence[Counter[str]], theirs: Sequence[Counter[str]]) -> np.ndarray:
    places = {word: at for at, word in enumerate(dict.fromkeys(word for bag in (*mine, *theirs) for word in bag))}
    rows = []
    for bags in (mine, theirs):
        table = np.zeros((len(bags), len(places)))
        for row, bag in zip(table, bags, strict=True):
            for word, count in bag.items():
                row[places[word]] = count
        rows.append(table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9))
    return np.asarray(rows[0] @ rows[1].T)


def difflib_changes(a: str, mine: Span, b: str, theirs: Span) -> tuple[WordChange, ...]:
    """Return the words that differ in two lines, by `difflib`."""
    words = [[Span(*word.span()) for word in _WORD.finditer(text, *span)] for text, span in ((a, mine), (b, theirs))]
    matcher = SequenceMatcher(None, [w.of(a) for w in words[0]], [w.of(b) for w in words[1]], autojunk=False)
    return tuple(
        WordChange(hull(words[0][i:to_i]), hull(words[1][j:to_j]), "wording")
        for what, i, to_i, j, to_j in matcher.get_opcodes()
        if what != "equal"
    )


def hull(words: Sequence[Span]) -> Span | None:
    """Return the stretch from the first of some words to the last; None for none."""
    return Span(words[0].start, words[-1].end) if words else None


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return write_answers(__doc__, prediction, arguments)


if __name__ == "__main__":
    sys.exit(main())
