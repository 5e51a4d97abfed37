"""Cross-check of the choice of speakers: six folds of three novels each, of which the weights have seen none.

    python -m training.cross_speakers

Fits the weights as `training.fit_speakers` does, with one round of its own guesses, six times, each time on fifteen
of the eighteen novels of PDNC's training and development parts, on LitBank's short documents and on our own scenes,
and measures on the other three, with our quotations, characters and mentions; the network takes no part. Quotations
count by PDNC's type; those that we do not find, or find no speaker for, are wrong. Writes `benchmarks/results/`: by
novel and type, the unweighted mean of the three types (by which a change is chosen), and the same without the scenes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from benchmarks.data import data_folder
from benchmarks.results import keep
from fabula.speech.deciding.decode import decide
from training.books import Book, read_books, read_scene, read_short
from training.fit_speakers import SCENES, TIMES_SHORT, fitted
from training.scenes import scenes

FOLDS = 6
TYPES = ("Explicit", "Anaphoric", "Implicit")


class Novel(NamedTuple):
    """A novel to fit on, and to measure on.

    Attributes:
        name: of the file.
        books: the novel whole, then excerpts of it.
        asked: start of the first piece of each gold quotation to its type and speaker.
    """

    name: str
    books: list[Book]
    asked: dict[int, tuple[str, str]]


def read_novel(file: Path) -> Novel:
    """Read a novel and its excerpts."""
    document = json.loads(file.read_text("utf-8"))
    special = {who["id"] for who in document["characters"] if who.get("special")}
    asked = {
        quote["spans"][0][0]: (quote["type"], quote["speaker"])
        for quote in document["quotes"]
        if quote["type"] in TYPES and quote["speaker"] not in special
    }
    return Novel(file.stem, read_books(file), asked)


def measured(novel: Novel, weights: Mapping[str, float]) -> dict[str, float]:
    """Return the share of gold quotations with the right speaker, in percent: by type, and the mean of the types."""
    book = novel.books[0]
    choices = decide(book.view, book.known, weights, {})
    found = {
        piece.start: book.bearers.get(choice.speaker or "")
        for setting, choice in zip(book.known, choices, strict=True)
        for piece in setting.turn.pieces
    }
    right, count = Counter[str](), Counter[str]()
    for start, (kind, speaker) in novel.asked.items():
        count[kind] += 1
        right[kind] += found.get(start) == speaker
    shares = {kind: 100 * right[kind] / count[kind] for kind in TYPES if count[kind]}
    return {**shares, "mean": mean(shares.values())}


def crossed(novels: Sequence[Novel], short: Sequence[Book]) -> dict[str, dict[str, float]]:
    """Measure every novel by weights that were fitted to the novels of the other folds.

    Args:
        novels: all of them, in order; the folds are every sixth.
        short: texts that every fit learns from too.
    """
    found: dict[str, dict[str, float]] = {}
    for fold in range(FOLDS):
        away = novels[fold::FOLDS]
        learned = [book for novel in novels if novel not in away for book in novel.books]
        weights = fitted([*learned, *short], rounds=1)
        for novel in away:
            found[novel.name] = measured(novel, weights)
            print(novel.name, found[novel.name], flush=True)
    return found


def summed(found: Mapping[str, Mapping[str, float]]) -> dict[str, object]:
    """Return figures by novel, their means, and the worst novel."""
    shares = {name: [one[name] for one in found.values() if name in one] for name in (*TYPES, "mean")}
    means = {name: mean(of) if of else None for name, of in shares.items()}
    return {"novels": found, "means": means, "worst": min(found, key=lambda name: found[name]["mean"])}


def main() -> int:
    """Run the command; returns its exit code."""
    pdnc, litbank = data_folder() / "pdnc", data_folder() / "litbank" / "train"
    files = sorted((*(pdnc / "train").glob("*.json"), *(pdnc / "dev").glob("*.json")), key=lambda file: file.stem)
    with ProcessPoolExecutor() as pool:
        novels = list(pool.map(read_novel, files))
        short = list(chain.from_iterable(pool.map(read_short, sorted(litbank.glob("*.json")), chunksize=8)))
    own = [read_scene(scene) for scene in scenes(SCENES)]
    figures = {
        "as fitted": summed(crossed(novels, [*short, *own] * TIMES_SHORT)),
        "without scenes": summed(crossed(novels, short * TIMES_SHORT)),
    }
    keep("cross-speakers", "python -m training.cross_speakers", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
