"""How the cost of lining up two tellings grows with their length.

    python -m benchmarks.scale_tellings [TEXT] [--sizes 10000 30000 100000 300000] [--runs 1]

Each pair is the first words of TEXT (without one, of *Bleak House* in the data folder) and a copy in which words were
changed, added and left out by chance. Each is aligned in a process of its own, from the files to the links and the
words that differ; what reading takes is told apart.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks.align_once import aligned
from benchmarks.results import keep
from benchmarks.tables import write_tables
from benchmarks.witnesses import book, passage, retold

SIZES = (10_000, 30_000, 100_000, 300_000)


def measured(text: str, words: int, runs: int) -> dict[str, Any]:
    """Return what two tellings of so many words took.

    Args:
        text: of which the beginning is the first telling.
        words: of it.
        runs: of which the fastest counts.

    Raises:
        RuntimeError: when aligning fails.
        ValueError: when the text has fewer words.
    """
    a = passage(text, words)
    took = aligned(a, retold(a), runs=runs)
    return {
        "words": words,
        "reading_s": round(took.reading, 2),
        "aligning_s": round(took.aligning, 2),
        "peak_mib": round(took.peak),
        "links": took.links,
        "changes": took.changes,
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path, nargs="?", help="plain text in UTF-8, or the same gzipped")
    parser.add_argument("--sizes", type=int, nargs="+", default=[*SIZES], help="words of a telling")
    parser.add_argument("--runs", type=int, default=1, help="of each size, of which the fastest counts (default 1)")
    options = parser.parse_args(arguments)
    if options.runs < 1 or min(options.sizes) < 1:
        print("--runs and --sizes: at least 1", file=sys.stderr)
        return 2
    rows = []
    try:
        text = book(options.text)
        passage(text, max(options.sizes))
        for words in sorted(options.sizes):
            rows.append(measured(text, words, options.runs))
            print(rows[-1], file=sys.stderr)
    except (RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    named = f" {options.text.name}" if options.text else ""
    keep("scale-tellings", f"python -m benchmarks.scale_tellings{named}", {"rows": rows})
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
