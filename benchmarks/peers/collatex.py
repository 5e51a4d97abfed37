"""CollateX and difflib against `fabula align`: the same two witnesses, the same machine, the same run.

    python -m benchmarks.peers.collatex [TEXT] [--sizes 1000 2000 4000] [--more 8000 16000 32000] [--minutes 10]

CollateX (GPL licence) is installed from the package index, at a fixed version, into an environment of its own, once;
nothing of it is kept here, and its files run unchanged. The witnesses are the first words of TEXT (without one, of
*Bleak House* in the data folder), and a copy in which words were changed, added and left out by chance. CollateX and
`difflib.SequenceMatcher` (autojunk off) are given lists of words without marks, ready to be compared; their clock
runs while they line these up. Fabula is given the two text files; lining up is timed, and reading and lining up
together. Each program runs in a process of its own, the peers once, Fabula `--runs` times, of which the fastest
counts: the first one also loads its code, as the peers did before their clock started.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.align_once import aligned
from benchmarks.peers.environments import FOLDER, environment, isolated, last_words, run
from benchmarks.results import keep
from benchmarks.tables import write_tables
from benchmarks.witnesses import book, passage, retold, words_of

HERE = Path(__file__).resolve().parent
ENVIRONMENT = FOLDER / "collatex"
# Levenshtein: CollateX imports it without asking for it.
REQUIREMENTS = ("collatex==2.3", "networkx==3.6.1", "prettytable==3.18.0", "levenshtein==0.27.5")
SIZES, MORE = (1000, 2000, 4000), (8000, 16000, 32000)


class Collated(NamedTuple):
    """What a peer made of two witnesses.

    Attributes:
        seconds: that it worked.
        peak_mib: largest resident memory of its process.
        pairs: places of the words that it lines up, in the first witness and in the second.
    """

    seconds: float
    peak_mib: float
    pairs: list[tuple[int, int]]


def python_of_collatex(folder: Path = ENVIRONMENT) -> Path:
    """Return the Python of CollateX's environment, which is made where it is not there yet.

    Raises:
        RuntimeError: when the folder holds something else, or an installation fails.
    """
    return environment(folder.resolve(), "CollateX", REQUIREMENTS)


def collated(python: Path, program: str, a: Sequence[str], b: Sequence[str], minutes: float) -> Collated | None:
    """Line up the words of two witnesses with a peer.

    Args:
        python: of CollateX's environment.
        program: `collatex` or `difflib`.
        a: words of the first witness.
        b: words of the second.
        minutes: after which it is stopped.

    Returns:
        What came of it; None when it was stopped.

    Raises:
        RuntimeError: when it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        witnesses, report = Path(folder) / "witnesses.json", Path(folder) / "report.json"
        witnesses.write_text(json.dumps({"a": a, "b": b}), "utf-8")
        command = [*isolated(python, HERE / "collation_child.py"), program, str(witnesses), str(report)]
        try:
            run(command, seconds=60 * minutes)
        except subprocess.TimeoutExpired:
            return None
        found = json.loads(report.read_text("utf-8"))
    return Collated(found["seconds"], found["peak_mib"], [(i, j) for i, j in found["pairs"]])


def measured(
    python: Path, text: str, words: int, programs: Sequence[str], options: argparse.Namespace
) -> dict[str, Any]:
    """Return what each program took for two witnesses of so many words.

    Args:
        python: of CollateX's environment.
        text: of which the beginning is the first witness.
        words: of each.
        programs: the peers that run.
        options: `minutes` that a peer may take, `runs` of Fabula.

    Raises:
        RuntimeError: when a program fails.
        ValueError: when the text has fewer words.
    """
    a = passage(text, words)
    b = retold(a)
    own = aligned(a, b, runs=options.runs)
    figures: dict[str, Any] = {
        "words": words,
        "fabula": {
            "aligning_s": round(own.aligning, 3),
            "with_reading_s": round(own.reading + own.aligning, 3),
            "peak_mib": round(own.peak),
        },
    }
    for program in programs:
        done = collated(python, program, words_of(a), words_of(b), options.minutes)
        stopped = {"stopped_after_s": round(60 * options.minutes)}
        figures[program] = {"seconds": round(done.seconds, 3), "peak_mib": round(done.peak_mib)} if done else stopped
    return figures


def all_measured(python: Path, text: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return what each program took, size by size; a peer that was stopped is not tried on longer witnesses.

    Raises:
        RuntimeError: when a program fails.
        ValueError: when the text has fewer words.
    """
    rows: list[dict[str, Any]] = []
    stopped: set[str] = set()
    for words in sorted({*options.sizes, *options.more}):
        wanted = ["collatex", "difflib"] if words in options.sizes else ["difflib"]
        row = measured(python, text, words, [name for name in wanted if name not in stopped], options)
        stopped |= {name for name in wanted if "stopped_after_s" in row.get(name, ())}
        rows.append(row)
        print(row, file=sys.stderr)
    return rows


def unusable(options: argparse.Namespace) -> str | None:
    """Return what is wrong with the arguments, found before minutes are spent; None where nothing is."""
    if options.runs < 1 or options.minutes <= 0:
        return "--runs: at least 1; --minutes: more than 0"
    if min(*options.sizes, *options.more, 1) < 1:
        return "--sizes, --more: at least 1 word"
    return None


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path, nargs="?", help="plain text in UTF-8, or the same gzipped")
    parser.add_argument("--sizes", type=int, nargs="*", default=[*SIZES], help="words of a witness, for both peers")
    parser.add_argument("--more", type=int, nargs="*", default=[*MORE], help="words of a witness, for difflib only")
    parser.add_argument(
        "--minutes", type=float, default=10, help="that a peer may take for two witnesses (default 10)"
    )
    parser.add_argument("--runs", type=int, default=3, help="of Fabula (default 3)")
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="folder for CollateX's environment")
    options = parser.parse_args(arguments)
    wrong = unusable(options)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    try:
        text = book(options.text)
        passage(text, max(*options.sizes, *options.more, 1))
        rows = all_measured(python_of_collatex(options.environment), text, options)
    except (RuntimeError, OSError, ValueError) as error:
        print(last_words(error), file=sys.stderr)
        return 2
    named = f" {options.text.name}" if options.text else ""
    keep("peer-collatex", f"python -m benchmarks.peers.collatex{named}", {"rows": rows, "versions": [*REQUIREMENTS]})
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
