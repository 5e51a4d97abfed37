"""Lines up the words of two witnesses with CollateX, unchanged, or with difflib, and reports how long that took.

    python -I collation_child.py collatex|difflib WITNESSES.json REPORT.json

Runs inside the environment that `benchmarks.peers.collatex` makes. WITNESSES.json holds the words of both, as `a` and
`b`. The clock runs while the program works: neither its import nor the making of its witnesses counts.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple


class Collated(NamedTuple):
    """What came of two witnesses.

    Attributes:
        seconds: that the program worked.
        pairs: places of the words that it lines up, in `a` and in `b`.
    """

    seconds: float
    pairs: list[tuple[int, int]]


def by_collatex(a: Sequence[str], b: Sequence[str]) -> Collated:
    """Line up words with CollateX: a pair for every column of its alignment table in which both have a word."""
    import collatex

    witnesses = {
        "witnesses": [
            {"id": name, "tokens": [{"t": word, "n": word, "at": at} for at, word in enumerate(words)]}
            for name, words in (("a", a), ("b", b))
        ]
    }
    start = time.perf_counter()
    # Without joining equal neighbours into one cell, which is less work, and keeps a column for every word.
    table = collatex.collate(witnesses, segmentation=False)
    seconds = time.perf_counter() - start
    cells = [column.tokens_per_witness for column in table.columns]
    both = [(cell["a"], cell["b"]) for cell in cells if "a" in cell and "b" in cell]
    return Collated(seconds, [(mine[0].token_data["at"], theirs[0].token_data["at"]) for mine, theirs in both])


def by_difflib(a: Sequence[str], b: Sequence[str]) -> Collated:
    """Line up words with Python's own `difflib`, without its shortcut for words that come often."""
    start = time.perf_counter()
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    seconds = time.perf_counter() - start
    return Collated(seconds, [(i + step, j + step) for i, j, size in blocks for step in range(size)])


MOST_MEMORY = 12 * 2**30
"""Bytes that a program may ask for; CollateX wants those of a large machine for two witnesses of 10,000 words."""
PROGRAMS = {"collatex": by_collatex, "difflib": by_difflib}


def main(program: str, witnesses: Path, report: Path) -> int:
    """Run one program on two witnesses; returns the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    words = json.loads(witnesses.read_text("utf-8"))
    done = PROGRAMS[program](words["a"], words["b"])
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    result = {"seconds": done.seconds, "peak_mib": peak, "pairs": done.pairs}
    report.write_text(json.dumps(result), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
