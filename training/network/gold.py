"""Gold data as windows of words with what is to be learnt of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from fabula import pipeline
from fabula.language.parses import grid
from fabula.nets.pairs import Facts
from fabula.nets.pieces import SEP, cut
from fabula.nets.windows import Window, pack
from fabula.people.pointing.markables import facts_of
from fabula.story import ENTITY_TYPES, Markables, Telling

FORMS = ("PROP", "NOM", "PRON")
"""LitBank's names for `fabula.story.MENTION_FORMS`, in the same order."""


@dataclass(frozen=True)
class Example:
    """One window and its labels; a label that is unknown is absent.

    Attributes:
        window: pieces and words.
        inside: per word, 1 where it stands in a quotation.
        sentence: per word, number of its sentence.
        tags: name of the tag set to one class a word (-100 where unknown).
        heads: per word, the index in the window of its head; its own index for a root.
        spans: name of the span set to rows (first word, last word, class from 0).
        events: per word, 1 where it is an event's trigger.
        ends: per word, 1 where a sentence ends after it; -100 where that is plain, at the end of a paragraph.
    """

    window: Window
    inside: np.ndarray
    sentence: np.ndarray
    tags: dict[str, np.ndarray] = field(default_factory=dict)
    heads: np.ndarray | None = None
    spans: dict[str, np.ndarray] = field(default_factory=dict)
    events: np.ndarray | None = None
    ends: np.ndarray | None = None


class Words(NamedTuple):
    """The words of a document and what is known of each without a network.

    Attributes:
        telling: with the layers of the rules.
        offsets: first and last code point (half-open) of each word, (words, 2).
        units: paragraphs as word ranges.
        sentence: number of its sentence, (words,).
        quoted: whether it stands in a quotation, (words,).
    """

    telling: Telling
    offsets: np.ndarray
    units: list[range]
    sentence: np.ndarray
    quoted: np.ndarray


def read_text(text: str, name: str) -> Words:
    """Read a text with the rules of fabula, as it will be read at run time."""
    telling = pipeline.run(Telling(name, text), stages=pipeline.RULE_STAGES)
    (tokens,) = telling.layer("tokens")
    return Words(telling, np.stack([tokens.starts, tokens.ends], axis=1), *grid(telling))


@dataclass(frozen=True)
class Document:
    """A document of LitBank: windows in order, its gold mentions, and the entity of each.

    Attributes:
        facts: of the gold mentions that have words of ours, sorted.
        entity: number of each mention's entity, (mentions,).
        lost: how many gold spans have no words of ours.
    """

    name: str
    words: Words
    examples: list[Example]
    facts: Facts
    entity: np.ndarray
    lost: int


def markables(rows: Sequence[tuple[int, int, int, int]]) -> Markables:
    """Return spans given as first word, last word, type, form, without vectors."""
    table = np.array(rows, np.int64).reshape(-1, 4)
    none = np.zeros((len(rows), 0), np.float16)
    return Markables(*table.T, none, none)


def _rows(spans: list[tuple[int, int, int]], low: int, high: int) -> np.ndarray:
    held = [(a - low, b - low, kind) for a, b, kind in spans if low <= a and b < high]
    return np.array(sorted(set(held)), np.int64).reshape(-1, 3)


def _ends(window: Window, ending: np.ndarray) -> np.ndarray:
    """Return where sentences end within the paragraphs of a window, see `Example.ends`.

    Args:
        window: whose paragraphs end in [SEP].
        ending: whether a sentence ends after each word of the window, (words,).
    """
    plain = window.pieces[np.append(window.first[1:], len(window.pieces)) - 1] == SEP
    return np.where(plain, -100, ending.astype(np.int64))


def litbank(file: Path, made: Tokenizer) -> Document:
    """Return a LitBank document with mentions, entities, events and coreference.

    Args:
        file: in the schema `fabula-gold/1`.
        made: tokenizer.
    """
    document = json.loads(file.read_text("utf-8"))
    text = document["text"]
    known = read_text(text, document["doc_id"])
    starts = {int(a): number for number, (a, _) in enumerate(known.offsets)}
    ends = {int(b): number for number, (_, b) in enumerate(known.offsets)}
    lost = 0
    spans: dict[str, list[tuple[int, int, int]]] = {"mentions": [], "entities": []}
    linked: dict[tuple[int, int, int, int], int] = {}
    entities: dict[str, int] = {}
    for layer, rows_of in spans.items():
        for each in document[layer]:
            first, last = starts.get(each["start"]), ends.get(each["end"])
            if first is None or last is None:
                lost += 1
                continue
            kind = ENTITY_TYPES.index(each["type"])
            form = FORMS.index(each["form"]) if layer == "mentions" else 0
            rows_of.append((first, last, kind * 3 + form if layer == "mentions" else kind))
            if layer == "mentions":
                linked[first, last, kind, form] = entities.setdefault(each["cluster"], len(entities))
    triggers = {starts[each["start"]] for each in document["events"] if each["start"] in starts}
    # A sentence's last word may be cut differently: it ends after the last word that begins in it.
    opens = np.searchsorted(known.offsets[:, 0], [start for start, _ in document["sentences"]])
    ending = np.isin(np.arange(1, len(known.offsets) + 1), opens)
    words = [text[a:b] for a, b in known.offsets]
    examples = []
    for window in pack(cut(made, words), known.units, known.sentence):
        low, high = window.range.start, window.range.stop
        examples.append(
            Example(
                window,
                known.quoted[low:high],
                known.sentence[low:high],
                spans={layer: _rows(rows, low, high) for layer, rows in spans.items()},
                events=np.array([number in triggers for number in range(low, high)], np.int64),
                ends=_ends(window, ending[low:high]),
            )
        )
    rows = sorted(linked, key=lambda row: (row[0], -row[1]))
    entity = np.array([linked[row] for row in rows], int)
    return Document(
        document["doc_id"],
        known,
        examples,
        facts_of(known.telling, markables(rows), known.telling.layer("utterances")),
        entity,
        lost,
    )


@dataclass(frozen=True)
class Sentence:
    """One sentence of a treebank: words; for each lemma, tags, features, head (from 1; 0 for the root), relation.

    Attributes:
        opens: whether a paragraph begins with it.
    """

    words: list[str]
    rows: list[tuple[str, str, str, str, int, str]]
    opens: bool


def conllu(file: Path) -> Iterator[list[Sentence]]:
    """Yield the documents of a CoNLL-U file as lists of sentences."""
    document: list[Sentence] = []
    words: list[str] = []
    rows: list[tuple[str, str, str, str, int, str]] = []
    opens = True
    for line in file.read_text("utf-8").split("\n"):
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        opens = opens or line.startswith(("# newdoc", "# newpar"))
        if not line and words:
            document.append(Sentence(words, rows, opens))
            words, rows, opens = [], [], False
        cells = line.split("\t")
        if len(cells) == 10 and cells[0].isdigit():
            words.append(cells[1])
            rows.append((cells[2], cells[3], cells[4], cells[5], int(cells[6]), cells[7]))
    if document:
        yield document


def script(word: str, lemma: str) -> str:
    """Return how to make a lemma of a word: letters to drop at both ends, letters to add, capitals to keep.

    Source: Straka 2018, "UDPipe 2.0 Prototype", the idea of edit scripts as classes.
    """
    keep = "k" if lemma != lemma.lower() else "l"
    low, goal = word.lower(), lemma.lower()
    if goal == low:
        return f"{keep}|0||0|"
    best = (0, 0, 0)
    for start in range(len(low)):
        for at in range(len(goal)):
            size = 0
            while start + size < len(low) and at + size < len(goal) and low[start + size] == goal[at + size]:
                size += 1
            best = max(best, (size, -start, -at))
    size, start, at = best[0], -best[1], -best[2]
    if size == 0:
        return f"{keep}|=|{goal}"
    return f"{keep}|{start}|{goal[:at]}|{len(low) - start - size}|{goal[at + size :]}"


def treebank(file: Path, made: Tokenizer, classes: dict[str, dict[str, int]], *, learn: bool) -> list[Example]:
    """Return a treebank's documents as windows with tags and arcs.

    Args:
        file: CoNLL-U.
        made: tokenizer.
        classes: name of the tag set to label to number; filled when `learn`.
        learn: whether new labels may be added; else unknown ones are -100.
    """
    examples = []
    for document in conllu(file):
        words = [word for sentence in document for word in sentence.words]
        edges, at = [], 0
        columns: dict[str, list[int]] = {name: [] for name in ("upos", "xpos", "feats", "lemma", "relation")}
        heads, number = [], []
        for index, sentence in enumerate(document):
            if sentence.opens or not index:
                edges.append(at)
            for place, (word, row) in enumerate(zip(sentence.words, sentence.rows, strict=True)):
                lemma, upos, xpos, feats, head, relation = row
                labels = {
                    "upos": upos,
                    "xpos": xpos,
                    "feats": feats,
                    "lemma": script(word, lemma),
                    "relation": relation,
                }
                for name, label in labels.items():
                    known = classes.setdefault(name, {})
                    if learn:
                        known.setdefault(label, len(known))
                    columns[name].append(known.get(label, -100))
                heads.append(at + head - 1 if head else at + place)
                number.append(index)
            at += len(sentence.words)
        units = [range(low, high) for low, high in pairwise([*edges, at])]
        for window in pack(cut(made, words), units, np.array(number)):
            low, high = window.range.start, window.range.stop
            own = np.array(heads[low:high]) - low
            own[(own < 0) | (own >= high - low)] = -100
            examples.append(
                Example(
                    window,
                    np.zeros(high - low, int),
                    np.array(number[low:high]),
                    tags={name: np.array(column[low:high]) for name, column in columns.items()},
                    heads=own,
                    ends=_ends(window, np.diff(number[low : high + 1], append=-1)[: high - low] != 0),
                )
            )
    return examples
