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


def sentence_lines(words: Sequence[Word]) -> Iterator[str]:
    """Yield the lines of the words of one sentence, without comments and the empty line after it.

    Args:
        words: of the sentence; their heads are one tree, or all unread.
    """
    for number, word in enumerate(words, 1):
        head = "" if word.head is None else "0" if word.head == number - 1 else str(word.head + 1)
        columns = (str(number), word.form, word.lemma, word.upos, word.xpos, word.feats, head, word.relation, "", "")
        yield "\t".join(column or "_" for column in columns)
