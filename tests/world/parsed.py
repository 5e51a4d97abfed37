"""Parses written by hand: one line a token, and mentions by their words."""

from __future__ import annotations

import numpy as np

from fabula.spans import Span
from fabula.story import Mention, Provenance, Telling, Tokens

_BY_HAND = Provenance("by hand", 1)


def parsed(table: str, *mentions: tuple[str, str | None]) -> Telling:
    """Make a telling from parses.

    Args:
        table: a line for each token: form, lemma, upos, relation, number of its head in the sentence from 1 (0 for
            the root), and features if any; `_` for what is not known. A blank line ends a sentence.
        mentions: words and the character meant; each is looked for from where the one before begins.
    """
    rows: list[tuple[str, str, str, str, str, int]] = []
    for sentence in table.strip().split("\n\n"):
        first = len(rows)
        for line in sentence.splitlines():
            form, lemma, upos, relation, above, *feats = line.split()
            head = -1 if above == "_" else len(rows) if above == "0" else first + int(above) - 1
            known = ("" if word == "_" else word for word in (lemma, upos, relation, *(feats or "_")))
            rows.append((form, *known, head))  # type: ignore[arg-type]
    forms, lemma, upos, relation, feats, head = zip(*rows, strict=True)
    text = " ".join(forms)
    ends = np.cumsum([len(form) + 1 for form in forms]) - 1
    starts = ends - [len(form) for form in forms]
    words = (np.array(column, object) for column in (lemma, upos, [""] * len(rows), feats, relation))
    tokens = Tokens(starts.astype(np.int32), ends.astype(np.int32), *words, np.array(head, np.int32))
    made = Telling("tale", text).with_layer("tokens", (tokens,), _BY_HAND)
    return made.with_layer("mentions", _mentions(text, mentions), _BY_HAND)


def _mentions(text: str, mentions: tuple[tuple[str, str | None], ...]) -> list[Mention]:
    found, at = [], 0
    for words, character in mentions:
        at = f" {text} ".index(f" {words} ", at)
        found.append(Mention(Span(at, at + len(words)), "name", character))
    return found
