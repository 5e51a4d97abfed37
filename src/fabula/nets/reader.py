"""The reader network: one pass over the words of a text, every layer of it at once.

One window a call, each on one thread: so what is said of a window depends on nothing that is read beside it, and not
on the number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from fabula.nets.pieces import Ints, cut
from fabula.nets.runtime import session, shared_tokenizer
from fabula.nets.windows import Window, pack

Halves = np.ndarray[Any, np.dtype[np.float16]]
_BUCKET = 32
"""Lengths are filled up to multiples of this: few shapes spare the runtime its allocations."""
_TAGS = ("upos", "xpos", "feats", "lemma", "relation")
_SPANS = ("mentions", "mention_odds", "links", "sayers", "entities", "entity_odds")
_OUTPUTS = (*_TAGS, "ends", "head", *_SPANS, "events", "voices")


class Page(NamedTuple):
    """The words of a text, as the network wants them.

    Attributes:
        words: in order.
        paragraphs: ranges of words, which tile them.
        sentence: number of each word's sentence, (words,).
        quoted: 1 for each word in a quotation, else 0, (words,).
        quotes: first and last word of each quotation of speech, marks included, in order, (quotations, 2).
        breaks: first words of chapters.
    """

    words: Sequence[str]
    paragraphs: Sequence[range]
    sentence: Ints
    quoted: Ints
    quotes: Ints
    breaks: frozenset[int] = frozenset()


class Reading(NamedTuple):
    """What the network says of a text.

    Attributes:
        upos, xpos, feats, lemma, relation: class of each word, an index of `fabula.weights.Weights.labels`, (words,).
        ends: 1 for each word after which a sentence ends, else 0, (words,).
        head: number of each word's head, its own for a root, (words,).
        mentions: class, first word, last word, (mentions, 3).
        mention_odds: log odds of each against being none, (mentions,), float32.
        links: what the linker needs of each mention, (mentions, size), float16, for a long book has many.
        sayers: what it takes to score each as a speaker, (mentions, size), float16.
        entities: class, first word, last word, (entities, 3).
        entity_odds: log odds of each against being none, (entities,), float32.
        events: log odds that each word tells an event, (words,), float32.
        voices: a vector for each quotation, (quotations, size), float16.
    """

    upos: Ints
    xpos: Ints
    feats: Ints
    lemma: Ints
    relation: Ints
    ends: Ints
    head: Ints
    mentions: Ints
    mention_odds: np.ndarray[Any, np.dtype[np.float32]]
    links: Halves
    sayers: Halves
    entities: Ints
    entity_odds: np.ndarray[Any, np.dtype[np.float32]]
    events: np.ndarray[Any, np.dtype[np.float32]]
    voices: Halves


def read(page: Page, *, threads: int | None = None, tick: Callable[[float], None] = lambda _: None) -> Reading:
    """Read a text.

    Args:
        page: its words.
        threads: how many windows are read at a time; None for one a core. The result does not depend on it.
        tick: told the share of the text that is read, 0 to 1.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    made = shared_tokenizer()
    windows = pack(cut(made, page.words), page.paragraphs, page.sentence, breaks=page.breaks)
    found = []
    for number, part in enumerate(_read_all(page, windows, threads or os.cpu_count() or 1), 1):
        found.append(part)
        tick(number / len(windows))
    if not found:
        return _nothing()
    columns = zip(*found, strict=True)
    return Reading(*(np.concatenate(column) for column in columns))


def _read_all(page: Page, windows: Sequence[Window], threads: int) -> Iterator[Reading]:
    network = session("reader.onnx")
    pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")
    try:
        yield from pool.map(lambda window: _read_one(network, page, window), windows)
    finally:
        # After Ctrl-C the windows that wait are not read any more.
        pool.shutdown(wait=True, cancel_futures=True)


def _read_one(network: Any, page: Page, window: Window) -> Reading:
    size, count = len(window.pieces), len(window.first)
    rows = window.range
    quotes = _quotes(page, rows)
    wide, long = -(-size // _BUCKET) * _BUCKET, -(-count // _BUCKET) * _BUCKET
    given = {
        "pieces": _filled(window.pieces, wide),
        "shapes": _filled(window.shapes, wide),
        "mask": _filled(np.ones(size, np.int64), wide),
        "first": _filled(window.first, long),
        "inside": _filled(page.quoted[rows.start : rows.stop], long),
        "sentence": _filled(page.sentence[rows.start : rows.stop], long, -1),
        "quotes": quotes if len(quotes) else np.zeros((1, 2), np.int64),
    }
    out = dict(zip(_OUTPUTS, network.run(_OUTPUTS, given), strict=True))
    mentions, entities = out["mentions"], out["entities"]
    real, some = mentions[:, 2] < count, entities[:, 2] < count
    shift = np.array([0, rows.start, rows.start])
    upos, xpos, feats, lemma, relation = (out[name][:count] for name in _TAGS)
    return Reading(
        upos,
        xpos,
        feats,
        lemma,
        relation,
        out["ends"][:count],
        out["head"][:count] + rows.start,
        mentions[real] + shift,
        out["mention_odds"][real],
        out["links"][real].astype(np.float16),
        out["sayers"][real].astype(np.float16),
        entities[some] + shift,
        out["entity_odds"][some],
        out["events"][:count],
        out["voices"][: len(quotes)].astype(np.float16),
    )


def _quotes(page: Page, rows: range) -> Ints:
    """Return the quotations that begin in a window, counted from its first word; one goes no further than it."""
    low, high = np.searchsorted(page.quotes[:, 0], [rows.start, rows.stop])
    return np.minimum(page.quotes[low:high], rows.stop - 1) - rows.start


def _filled(values: Ints, size: int, value: int = 0) -> Ints:
    """Return values filled up to a size, as the one row of a batch."""
    out = np.full((1, size), value, np.int64)
    out[0, : len(values)] = values
    return out


def _nothing() -> Reading:
    none, rows, odds = np.zeros(0, np.int64), np.zeros((0, 3), np.int64), np.zeros(0, np.float32)
    halves = np.zeros((0, 0), np.float16)
    return Reading(none, none, none, none, none, none, none, rows, odds, halves, halves, rows, odds, odds, halves)
