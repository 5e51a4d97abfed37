"""Aligns two texts in a process of its own, and reports how long reading took and how long lining up.

    python -m benchmarks.align_once A.txt B.txt REPORT.json [--runs 1]

With several runs the smallest times count: those of a process that is warm.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import fabula
from benchmarks.process import cost

_LINING_UP = "aligning"
"""The stage that progress tells of when all is read."""


class Aligned(NamedTuple):
    """What aligning two texts took.

    Attributes:
        reading: seconds from the files to all that alignment needs of them.
        aligning: seconds beyond that.
        peak: largest resident memory of the process, in MiB.
        links: how many there are.
        changes: how many words or runs of words differ.
    """

    reading: float
    aligning: float
    peak: float
    links: int
    changes: int


def aligned(a: str, b: str, *, runs: int = 1) -> Aligned:
    """Align two texts in a process of its own.

    Args:
        a: the first text.
        b: the second.
        runs: of which the fastest counts.

    Raises:
        RuntimeError: when it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("a.txt", "b.txt", "report.json")]
        for file, text in zip(files, (a, b), strict=False):
            file.write_text(text, "utf-8")
        own = [sys.executable, "-m", "benchmarks.align_once", *map(str, files), "--runs", str(runs)]
        peak = cost(own).peak
        report = json.loads(files[2].read_text("utf-8"))
    return Aligned(peak=peak, **report)


def once(a: Path, b: Path) -> dict[str, Any]:
    """Align two files here; returns the seconds of both steps, and how many links and changes there are."""
    begun: list[float] = []

    def told(stage: str, _: float, __: int) -> None:
        if stage == _LINING_UP and not begun:
            begun.append(time.perf_counter())

    start = time.perf_counter()
    (alignment,) = fabula.align(a, b, progress=told).alignments
    end = time.perf_counter()
    return {
        "reading": begun[0] - start,
        "aligning": end - begun[0],
        "links": len(alignment.links),
        "changes": sum(len(link.changes) for link in alignment.links),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("a", type=Path)
    parser.add_argument("b", type=Path)
    parser.add_argument("report", type=Path)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args(arguments)
    found = [once(options.a, options.b) for _ in range(options.runs)]
    best = {**found[0], **{step: min(one[step] for one in found) for step in ("reading", "aligning")}}
    options.report.write_text(json.dumps(best), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
