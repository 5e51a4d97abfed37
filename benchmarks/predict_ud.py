"""Predict sentences, tokens, tags and dependencies on the raw texts of CoNLL-U files.

    python -m benchmarks.predict_ud CONLLU_DIR OUT_DIR

Reads only comments of every `*.conllu` under CONLLU_DIR: `# text`, and where a document and a paragraph begins. Each
document is read as one text, and its sentences and tokens are the program's own. Writes a file of the same name under
OUT_DIR; what is not read is `_`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.answers import answer_folder
from benchmarks.conllu import Document, Word, documents, sentence_lines
from fabula import pipeline
from fabula.errors import InputError
from fabula.output import make_folder, write_whole
from fabula.story import Telling


def predicted(document: Document) -> Iterator[str]:
    """Read a document and yield the lines of its CoNLL-U.

    Args:
        document: its name and raw text.
    """
    telling = pipeline.run(Telling(document.name, document.text))
    yield f"# newdoc id = {document.name}"
    for number, tokens in enumerate(_sentences(telling), 1):
        words = _words(telling, tokens)
        yield f"# sent_id = {document.name}-{number}"
        yield f"# text = {' '.join(document.text[slice(*_extent(telling, tokens))].split())}"
        yield from sentence_lines(words)
        yield ""


def _sentences(telling: Telling) -> Iterator[range]:
    """Yield the tokens of each sentence; one that starts in none goes with the sentence before it."""
    (tokens,) = telling.layer("tokens")
    starts = np.array([sentence.span.start for sentence in telling.layer("sentences")], dtype=np.int64)
    edges = np.unique([0, *np.searchsorted(tokens.starts, starts[1:]), len(tokens.starts)])
    return (range(low, high) for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _extent(telling: Telling, indices: range) -> tuple[int, int]:
    (tokens,) = telling.layer("tokens")
    return int(tokens.starts[indices[0]]), int(tokens.ends[indices[-1]])


def _words(telling: Telling, indices: range) -> list[Word]:
    """Return the tokens of a sentence with their columns."""
    (tokens,) = telling.layer("tokens")
    return [
        Word(
            form="".join(telling.text[tokens.starts[at] : tokens.ends[at]].split()),
            lemma=tokens.lemma[at],
            upos=tokens.upos[at],
            xpos=tokens.xpos[at],
            feats=tokens.feats[at],
            head=int(tokens.head[at]) - indices.start if tokens.head[at] >= 0 else None,
            relation=tokens.relation[at],
        )
        for at in indices
    ]


def _answer_all(gold: Path, out: Path) -> int:
    files = sorted(gold.rglob("*.conllu"))
    if not files:
        raise InputError("no *.conllu there", where=str(gold), advice="Name the folder of the CoNLL-U files")
    make_folder(out)
    count = 0
    for file in files:
        found = _documents(file)
        lines = [line for document in found for line in predicted(document)]
        write_whole(out / file.name, "".join(f"{line}\n" for line in lines).encode("utf-8"))
        count += len(found)
    return count


def _documents(file: Path) -> list[Document]:
    """Return the documents of a file, each with a name."""
    try:
        found = list(documents(file.read_text("utf-8").split("\n")))
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read as CoNLL-U ({error})", where=str(file)) from error
    if not found:
        raise InputError("no CoNLL-U with texts: it has no comment `# text`", where=str(file))
    return [Document(one.name or f"{file.stem}-{number}", one.text) for number, one in enumerate(found, 1)]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return answer_folder(__doc__, _answer_all, arguments)


if __name__ == "__main__":
    sys.exit(main())
