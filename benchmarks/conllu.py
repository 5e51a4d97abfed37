"""CoNLL-U: the raw texts of a file, and sentences written in it.

Source: https://universaldependencies.org/format.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_BEGINS = re.compile(r"#\s*new(?P<what>doc|par)\b(?!_)(?:\s+id\s*=\s*(?P<id>.*\S))?")
_SENTENCE = re.compile(r"#\s*text\s*=\s*(?P<text>.*\S)")


class Document(NamedTuple):
    """A raw text.

    Attributes:
        name: as the file calls it, or empty.
        text: paragraphs with an empty line between them.
    """

    name: str
    text: str


class Word(NamedTuple):
    """A token and how it is read; an empty string says unread.

    Attributes:
        form: as written.
        lemma: dictionary form.
        upos: universal part of speech.
        xpos: part of speech of the treebank.
        feats: features, in CoNLL-U's notation.
        head: index of the head from the first token of the sentence, its own for a root, None where unread.
        relation: to the head.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int | None
    relation: str


def documents(lines: Iterable[str]) -> Iterator[Document]:
    """Yield the raw texts of a CoNLL-U file, from its comments alone.

    Args:
        lines: of the file. Sentences of a paragraph are joined by a space; where no document begins, all is one.
    """
    name, paragraphs = "", list[list[str]]()
    for line in lines:
        if sentence := _SENTENCE.match(line):
            if not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(sentence["text"])
        elif begins := _BEGINS.match(line):
            if begins["what"] == "doc":
                yield from _document(name, paragraphs)
                name, paragraphs = begins["id"] or "", []
            else:
                paragraphs.append([])
    yield from _document(name, paragraphs)


def _document(name: str, paragraphs: list[list[str]]) -> Iterator[Document]:
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)
    if text:
        yield Document(name, text)


def one_tree(heads: Sequence[int]) -> list[int]:
    """Make one tree of the heads of a sentence: one root, no cycles.

    The first root stays. Other roots, tokens whose head is outside the sentence, and one token of each cycle become
    children of the root. Without a root the first token with its head outside is the root, else one of a cycle.

    Args:
        heads: for each token the index of its head from the first token of the sentence, its own for a root; any
            other number is outside.

    Returns:
        The same, all inside the sentence.
    """
    root = _root(heads)
    inside = range(len(heads))
    tree = [head if head in inside and at not in (head, root) else root for at, head in enumerate(heads)]
    settled = {root} if heads else set[int]()
    for start in inside:
        at, trail = start, set[int]()
        while at not in settled and at not in trail:
            trail.add(at)
            at = tree[at]
        if at in trail:
            tree[at] = root
        settled |= trail
    return tree


def _root(heads: Sequence[int]) -> int:
    inside = range(len(heads))
    for at in inside:
        if heads[at] == at:
            return at
    for at in inside:
        if heads[at] not in inside:
            return at
    at = 0
    for _ in inside:
        at = heads[at]
    return at


def sentence_lines(words: Sequence[Word]) -> Iterator[str]:
    """Yield the lines of the words of one sentence, without comments and the empty line after it.

    Args:
        words: of the sentence. Where no head is read, none is written; else the heads are made one tree. What becomes
            a child of the root in that and has no relation that fits one is `parataxis`.
    """
    if all(word.head is None for word in words):
        read = [("", word.relation) for word in words]
    else:
        tree = one_tree([-1 if word.head is None else word.head for word in words])
        read = [
            ("0", "root") if head == at else (str(head + 1), _below_root(word.relation))
            for at, (head, word) in enumerate(zip(tree, words, strict=True))
        ]
    for number, (word, (head, relation)) in enumerate(zip(words, read, strict=True), 1):
        columns = (str(number), word.form, word.lemma, word.upos, word.xpos, word.feats, head, relation, "", "")
        yield "\t".join(column or "_" for column in columns)


def _below_root(relation: str) -> str:
    return relation if relation not in ("", "root") else "parataxis"
