"""Tags, lemmas and arcs of tokens, as the network gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.language.lemmas import lemma_of
from fabula.language.trees import one_tree_each
from fabula.nets.reader import Page, Reading, read
from fabula.spans import Span, stripped
from fabula.story import (
    ENTITY_TYPES,
    MENTION_FORMS,
    EntityMention,
    Event,
    Markables,
    Sentence,
    Spoken,
    Telling,
    Tokens,
)
from fabula.weights import weights

Ints = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


def read_words(telling: Telling, tick: Callable[[float], None]) -> dict[str, Sequence[Any]]:
    """Let the network read a text.

    Args:
        telling: with the layers `paragraphs`, `chapters`, `quotes`, `tokens` (bare) and `sentences`.
        tick: told the share that is read, 0 to 1.

    Returns:
        The layers `tokens` (with tags and arcs), `sentences`, `entities`, `events`, `markables` and `spoken`.

    Raises:
        LayerMissingError: when a layer is missing.
        WeightsError: when the network's files are missing or damaged.
    """
    (tokens,) = telling.layer("tokens", wanted_by="language")
    page = page_of(telling)
    reading = read(page, tick=tick)
    sentence = np.cumsum(reading.ends) - reading.ends
    tagged = _tagged(tokens, page.words, reading, sentence)
    return {
        "tokens": (tagged,),
        "sentences": ended(telling, tokens, reading.ends),
        "entities": _entities(tagged, reading.entities[_sound(reading.entities, reading.entity_odds, sentence)]),
        "events": tuple(
            Event(tagged.extent(row), tagged.lemma[row]) for row in np.flatnonzero(reading.events > 0).tolist()
        ),
        "markables": (_markables(reading, sentence),),
        "spoken": (Spoken(page.quotes[:, 0], page.quotes[:, 1], reading.voices),),
    }


def page_of(telling: Telling) -> Page:
    """Return the words of a text as the network wants them.

    Args:
        telling: with the layers `paragraphs`, `chapters`, `quotes`, `tokens` and `sentences`.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    (tokens,) = telling.layer("tokens", wanted_by="language")
    words = [telling.text[a:b] for a, b in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
    chapters = telling.layer("chapters", wanted_by="language")
    spoken = (
        tokens.inside(quote.span)
        for quote in telling.layer("quotes", wanted_by="language")
        if quote.kind == "speech" and quote.depth == 0
    )
    quotes = np.array([(rows.start, rows.stop - 1) for rows in spoken if rows], np.int64).reshape(-1, 2)
    return Page(words, *grid(telling), quotes, frozenset(tokens.inside(chapter.span).start for chapter in chapters))


def ended(telling: Telling, tokens: Tokens, ends: Ints) -> tuple[Sentence, ...]:
    """Return the sentences of a text as the network ends them.

    Args:
        telling: with the layer `sentences` of the rules; where a paragraph begins, so does one of those.
        tokens: of the text.
        ends: 1 for each token after which a sentence ends, else 0, (tokens,).
    """
    ruled = telling.layer("sentences", wanted_by="language")
    if not ruled:
        return ()
    starts = np.array([each.span.start for each in ruled], np.int64)
    limits = np.array([each.span.end for each in ruled], np.int64)
    first = np.searchsorted(tokens.starts, starts)
    opens = np.append(True, ends[:-1] == 1) if len(ends) else np.zeros(0, bool)
    # A sentence without a token, of odd signs alone, stays as it is.
    bare = np.append(first[1:], len(tokens)) == first
    kept = np.array([alone or opens[row] for row, alone in zip(first.tolist(), bare.tolist(), strict=True)], bool)
    opens[first[~bare]] = False
    edges = np.sort(np.concatenate([starts[kept], tokens.starts[opens]]))
    after = np.append(edges[1:], len(telling.text) + 1)
    stops = np.minimum(limits[np.searchsorted(starts, after) - 1], after)
    spans = (Span(start, stop) for start, stop in zip(edges.tolist(), stops.tolist(), strict=True))
    return tuple(Sentence(stripped(telling.text, span)) for span in spans)


def _tagged(tokens: Tokens, words: Sequence[str], reading: Reading, sentence: Ints) -> Tokens:
    labels = weights().labels
    scripts = labels["lemma"]
    known = {word.lower() for word in words}
    xpos = _named(labels, "xpos", reading.xpos)
    # Of its scripts only the case is taken, and which verb "'s" is: on rare words the rest makes what is no word.
    made: dict[tuple[str, str, int], str] = {}
    lemmas = np.empty(len(words), object)
    for row, key in enumerate(zip(words, xpos.tolist(), reading.lemma.tolist(), strict=True)):
        if key not in made:
            made[key] = _lemma(*key[:2], scripts[key[2]], known)
        lemmas[row] = made[key]
    head = one_tree_each(reading.head, sentence)
    relation = _named(labels, "relation", reading.relation)
    moved = (head != reading.head) & (relation == "root")
    relation[moved] = "parataxis"
    relation[head == np.arange(len(head))] = "root"
    return Tokens(
        tokens.starts,
        tokens.ends,
        lemmas,
        _named(labels, "upos", reading.upos),
        xpos,
        _named(labels, "feats", reading.feats),
        relation,
        head.astype(np.int32),
    )


def _lemma(word: str, xpos: str, script: str, known: Set[str]) -> str:
    """Return a dictionary form; the script is `case|…`, `k` where capitals are kept, or `l|=|the form itself`."""
    if xpos == "VBZ" and script in ("l|=|be", "l|=|have") and word[-2:] in ("'s", "’s"):
        return script[4:]
    return lemma_of(word, xpos, known, cased=script.startswith("k"))


def _named(labels: Mapping[str, tuple[str, ...]], name: str, classes: Ints) -> npt.NDArray[np.object_]:
    """Return the labels of classes; "_", the treebank's word for none, is empty."""
    return np.array(["" if label == "_" else label for label in labels[name]], object)[classes]


def _entities(tokens: Tokens, rows: Ints) -> tuple[EntityMention, ...]:
    ordered = sorted(rows.tolist(), key=lambda row: (row[1], -row[2]))
    return tuple(EntityMention(tokens.extent(first, last), ENTITY_TYPES[kind]) for kind, first, last in ordered)


def _markables(reading: Reading, sentence: Ints) -> Markables:
    """Return the mentions, sorted; the classes count types, and within each the forms."""
    short = ~long_pronouns(reading.mentions)
    kept = np.flatnonzero(short)[_sound(reading.mentions[short], reading.mention_odds[short], sentence)]
    rows = reading.mentions[kept]
    kept = kept[np.lexsort((-rows[:, 2], rows[:, 1]))]
    kind, first, last = reading.mentions[kept].T
    types, forms = np.divmod(kind, len(MENTION_FORMS))
    return Markables(first, last, types, forms, reading.links[kept], reading.sayers[kept])


def _sound(rows: Ints, odds: npt.NDArray[np.float32], sentence: Ints) -> Truths:
    """Return which spans lie in one sentence and cross none that is likelier; they may nest."""
    kept = within_sentences(rows, sentence)
    some = np.flatnonzero(kept)
    order = some[np.lexsort((rows[some, 2], rows[some, 1]))].tolist()
    limits = rows[:, 1:].tolist()
    for place, at in enumerate(order):
        for later in map(order.__getitem__, range(place + 1, len(order))):
            if limits[later][0] > limits[at][1]:
                break
            if limits[at][0] < limits[later][0] and limits[at][1] < limits[later][1]:
                kept[later if odds[later] < odds[at] else at] = False
    return kept


def within_sentences(rows: Ints, sentence: Ints) -> Truths:
    """Return which spans lie in one sentence; the network, which scores their ends alone, finds others too.

    Shapes: rows (spans, 3): class, first word, last word; sentence (words,) -> (spans,)
    """
    together: Truths = sentence[rows[:, 1]] == sentence[rows[:, 2]]
    return together


def long_pronouns(rows: Ints) -> Truths:
    """Return which mentions are pronouns of several words: from one "he" to the next.

    Shapes: rows (mentions, 3): class, first word, last word -> (mentions,)
    """
    found: Truths = (rows[:, 0] % len(MENTION_FORMS) == MENTION_FORMS.index("pronoun")) & (rows[:, 1] < rows[:, 2])
    return found


def grid(telling: Telling) -> tuple[list[range], Ints, Ints]:
    """Return how a text lies before the network.

    Args:
        telling: with the layers `paragraphs`, `quotes`, `tokens` and `sentences`.

    Returns:
        Paragraphs as ranges of tokens, which tile them; the number of each token's sentence; 1 for each token in a
        quotation, else 0.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    (tokens,) = telling.layer("tokens", wanted_by="language")
    count = len(tokens)
    edges = [tokens.inside(paragraph.span).start for paragraph in telling.layer("paragraphs", wanted_by="language")]
    units = [range(low, high) for low, high in zip([0, *edges], [*edges, count], strict=True) if low < high]
    starts = np.array([each.span.start for each in telling.layer("sentences", wanted_by="language")], np.int64)
    sentence = np.searchsorted(starts, tokens.starts, side="right") - 1
    quoted = np.zeros(count, np.int64)
    for quote in telling.layer("quotes", wanted_by="language"):
        if quote.kind == "speech":
            rows = tokens.inside(quote.span)
            quoted[rows.start : rows.stop] = 1
    return units, sentence.astype(np.int64), quoted
