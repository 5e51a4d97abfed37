"""Which novels the network does not learn from, so that it can be seen on them how far it is to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.data import data_folder

_EVERY = 3


def kept_back(files: Sequence[Path]) -> list[Path]:
    """Return the novels kept back: every third.

    Args:
        files: all novels of the training part, in order.
    """
    return list(files[_EVERY - 1 :: _EVERY])


def held_out_ids() -> set[str]:
    """Return the Gutenberg ids of LitBank's development novels."""
    return {file.name.split("_")[0] for file in (data_folder() / "litbank" / "dev").glob("*.json")}


def unseen(book: Path) -> bool:
    """Whether speakers and names must not be learnt from a book of the unlabelled fiction.

    Args:
        book: file named by Gutenberg id and title; those of the development sets and those kept back are unseen.
    """
    number, _, title = book.name.removesuffix(".txt.gz").partition("_")
    pdnc = data_folder() / "pdnc"
    away = [*kept_back(sorted((pdnc / "train").glob("*.json"))), *(pdnc / "dev").glob("*.json")]
    plain = title.replace("_", "")
    return number in held_out_ids() or any(plain.startswith(file.stem.lower()) for file in away)
