"""Time and memory of reading a novel, as a whole process, and how they grow with its length.

    python -m benchmarks.speed [--runs 3] [--times 1 2 4 8]

Reads *The Secret Garden* of the data folder once, twice, four and eight times over in one text, with `fabula read`
in a process of its own, and keeps the smallest wall time and the largest peak memory. Times the stages of one
reading too.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.data import data_folder
from benchmarks.process import cost
from benchmarks.results import keep
from benchmarks.tables import write_tables
from fabula import pipeline
from fabula.spans import Span
from fabula.story import Telling, words_in

BOOK = "fiction/113_the_secret_garden.txt.gz"


def measure(text: str, times: int, runs: int) -> dict[str, Any]:
    """Return words, wall seconds, words a second and peak MiB of reading `text` several times over."""
    with tempfile.TemporaryDirectory() as folder:
        file, story = Path(folder) / "book.txt", Path(folder) / "book.fabula"
        file.write_text("\n\n".join([text] * times), "utf-8")
        command = [sys.executable, "-m", "fabula", "read", "-q", str(file), "-o", str(story)]
        costs = [cost(command) for _ in range(runs)]
        size = story.stat().st_size / 2**20
    words = words_in(text, [Span(0, len(text))]) * times
    wall = min(one.wall for one in costs)
    return {
        "times": times,
        "words": words,
        "wall_s": round(wall, 2),
        "cpu_s": round(min(one.cpu for one in costs), 2),
        "words_per_s": round(words / wall),
        "peak_mib": round(max(one.peak for one in costs)),
        "story_file_mib": round(size, 1),
    }


def by_stage(text: str) -> dict[str, float]:
    """Return the seconds that each stage takes in this process; the network's start counts for its stage."""
    begun: list[tuple[str, float]] = []

    def told(stage: str, number: float, _: int) -> None:
        if number == int(number) and stage not in [name for name, _ in begun]:
            begun.append((stage, time.perf_counter()))

    pipeline.run(Telling("book", text), progress=told)
    begun.append(("", time.perf_counter()))
    return {name: round(later - at, 2) for (name, at), (_, later) in pairwise(begun)}


def start_up(runs: int) -> dict[str, float]:
    """Return the smallest wall seconds of `fabula --help`, of `import fabula`, and of Python doing nothing."""
    commands = {
        "help_s": [sys.executable, "-m", "fabula", "--help"],
        "import_s": [sys.executable, "-c", "import fabula"],
        "python_s": [sys.executable, "-c", "pass"],
    }
    return {name: round(min(cost(command).wall for _ in range(runs)), 3) for name, command in commands.items()}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 8])
    options = parser.parse_args(arguments)
    book = data_folder() / BOOK
    if not book.is_file():
        print(f"{book}: not there; set FABULA_DATA", file=sys.stderr)
        return 2
    text = gzip.decompress(book.read_bytes()).decode("utf-8")
    rows = []
    for times in options.times:
        rows.append(measure(text, times, options.runs))
        print(rows[-1], file=sys.stderr)
    keep("speed", "python -m benchmarks.speed", {"read": rows, "stages": by_stage(text), "start_up": start_up(5)})
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
