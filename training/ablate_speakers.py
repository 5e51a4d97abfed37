"""What each group of features brings to the choice of speakers: fit without it, and see what is lost.

    python -m training.ablate_speakers

Fits on the training novels as `training.fit_speakers` does, but on whole novels alone and with one round of its own
guesses, once with all features and once without each group; measures on the development novels of PDNC, on the turns
whose speaker the gold names, with our quotations, characters and mentions. Writes `benchmarks/results/`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.data import data_folder
from benchmarks.results import keep
from fabula.speech.deciding.decode import decide
from training.books import Book, read_book, read_people
from training.fit_speakers import fitted

GROUPS: Mapping[str, str] = {
    "nothing": "(?!)",
    "tags": "tag-",
    "narration beside the words": "beat-|around|lead-",
    "names called": "call|introduces|names-self",
    "turns before": "said|answers|goes-on|alternates|spoke|sole|echo|hung-up",
    "tags ahead": "ahead",
    "who is about": "absent|acts|age|recent|fits|party|outside|bystander|frequency",
}
"""What is left out: a name for it, and the pattern of its features."""


def read(file: Path) -> Book:
    """Read a novel whole, ready for fitting."""
    document = json.loads(file.read_text("utf-8"))
    return read_book(document, read_people(file.stem, document["text"]))


def right_of(books: Sequence[Book], weights: Mapping[str, float]) -> dict[str, float]:
    """Return the share of turns with the right speaker, in percent: of all, and by what their tag is."""
    right, count = Counter[str](), Counter[str]()
    for book in books:
        choices = decide(book.view, book.known, weights, {})
        for setting, choice, truth in zip(book.known, choices, book.gold, strict=True):
            if truth is not None:
                good = book.bearers.get(choice.speaker or "") == truth
                for name in ("all", setting.group):
                    count[name] += 1
                    right[name] += good
    return {name: round(100 * right[name] / count[name], 2) for name in ("all", "none", "pronoun", "nominal", "name")}


def main() -> int:
    """Run the command; returns its exit code."""
    pdnc = data_folder() / "pdnc"
    files = sorted((pdnc / "train").glob("*.json"))
    books = [read(file) for file in files]
    dev = [read(file) for file in sorted((pdnc / "dev").glob("*.json"))]
    found = {}
    for name, ignored in GROUPS.items():
        found[name] = right_of(dev, fitted(books, ignored=ignored, rounds=1))
        print(name, found[name], flush=True)
    keep("ablation", "python -m training.ablate_speakers", found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
