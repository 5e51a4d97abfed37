"""BookNLP's `.tokens` and `.entities`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.exports.booknlp.page import WANTED_BY, Page, in_one_cell, table

_TOKENS = (
    "paragraph_ID",
    "sentence_ID",
    "token_ID_within_sentence",
    "token_ID_within_document",
    "word",
    "lemma",
    "byte_onset",
    "byte_offset",
    "POS_tag",
    "fine_POS_tag",
    "dependency_relation",
    "syntactic_head_ID",
    "event",
)
_ENTITIES = ("COREF", "start_token", "end_token", "prop", "cat", "text")
_RELATIONS = {
    "root": "ROOT",
    "obj": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "compound:prt": "prt",
}
"""What the parser of BookNLP calls the arcs that Universal Dependencies draw just so under another name."""


def tokens(page: Page) -> str:
    """Return the words, a row a token; onset and offset count code points, as BookNLP's do.

    Raises:
        LayerMissingError: when one of `paragraphs`, `sentences` and `events` is missing.
    """
    columns, telling = page.tokens, page.telling
    starts = columns.starts
    paragraph = _dense(starts, telling.layer("paragraphs", wanted_by=WANTED_BY))
    sentence = _dense(starts, telling.layer("sentences", wanted_by=WANTED_BY))
    first = np.searchsorted(sentence, sentence)
    ids = np.arange(len(columns))
    happening = {columns.inside(event.span).start for event in telling.layer("events", wanted_by=WANTED_BY)}
    rows = zip(
        paragraph.tolist(),
        sentence.tolist(),
        (ids - first).tolist(),
        ids.tolist(),
        page.words,
        (in_one_cell(lemma) for lemma in columns.lemma),
        starts.tolist(),
        columns.ends.tolist(),
        map(in_one_cell, columns.upos),
        map(in_one_cell, columns.xpos),
        (in_one_cell(_RELATIONS.get(relation, relation)) for relation in columns.relation),
        columns.head.tolist(),
        ("EVENT" if token in happening else "O" for token in ids.tolist()),
        strict=True,
    )
    return table(_TOKENS, rows)


def _dense(starts: npt.NDArray[np.int32], records: Sequence[Any]) -> npt.NDArray[np.int64]:
    """Number paragraphs or sentences from 0, those without words left out, and return the number of each token."""
    edges = np.array([record.span.start for record in records], np.int64)
    return np.unique(np.searchsorted(edges, starts, side="right"), return_inverse=True)[1]


def entities(page: Page) -> str:
    """Return the mentions, a row each, the shorter of two that start together first."""
    rows = ((one.coref, one.start, one.end, *one.cat.split("_"), one.text) for one in page.entities)
    return table(_ENTITIES, rows)
