"""Accuracy on the development sets, end to end from raw text, beside a baseline.

    python -m benchmarks.quality

Predicts on PDNC dev and LitBank dev with Fabula and with the marks-pairing baseline, on the treebanks' dev files and
the seed documents with Fabula, and scores all of them with the scorers that stand beside the data. Reads the example
story too and compares it with its annotation in `examples/`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import baselines, predict, predict_cases, predict_ud
from benchmarks.data import data_folder, scorer_folder
from benchmarks.results import ROOT, keep
from benchmarks.tables import write_tables
from fabula import api
from fabula.examples import example_paths
from fabula.spans import Span
from fabula.story import Telling

SETS = ("pdnc", "litbank")
EXAMPLE = ROOT / "examples" / "the-late-ferry.gold.json"
_SAME = 0.5
"""From this share in common on, two spans are one quotation."""


def score(gold: Path, predicted: Path) -> dict[str, Any]:
    """Return what `score.py` says of predictions."""
    command = [sys.executable, str(scorer_folder() / "score.py"), str(gold), str(predicted), "--json"]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answer


def score_treebanks(gold: Path, predicted: Path) -> dict[str, Any]:
    """Return what `score_ud.py` says of predictions, file by file."""
    command = [sys.executable, str(scorer_folder() / "score_ud.py"), str(gold), str(predicted), "--json"]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answer


def score_seeds(predicted: Path) -> dict[str, Any]:
    """Return what `score_cases.py seeds` says of predictions."""
    scorer = str(scorer_folder() / "score_cases.py")
    command = [sys.executable, scorer, "seeds", "--gold", str(data_folder()), "--pred", str(predicted)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answer


def score_example() -> dict[str, Any]:
    """Return, for each telling of the example story, how many annotated quotations come out right, and in what."""
    gold = json.loads(EXAMPLE.read_text("utf-8"))
    names = {_plain(alias): who["name"] for who in gold["characters"] for alias in (who["name"], *who["aliases"])}
    paths = {path.name: path for path in example_paths()}
    return {
        part["id"]: _right(api.read(paths[part["file"]], corrections=[]).tellings[0], part, names)
        for part in gold["tellings"]
    }


def _right(telling: Telling, part: dict[str, Any], names: dict[str, str]) -> dict[str, int]:
    """Count what is right of the outermost quotations of one telling."""
    called = {
        who.id: next((names[_plain(alias)] for alias in who.aliases if _plain(alias) in names), who.name)
        for who in telling.layer("characters")
    }
    pieces = [(piece, said) for said in telling.layer("utterances") for piece in said.pieces]
    count = Counter[str]()
    for quote in (quote for quote in part["quotes"] if not quote["depth"]):
        span = Span(*quote["span"])
        piece, said = max(pieces, key=lambda pair: _alike(pair[0], span))
        count["quotations"] += 1
        if _alike(piece, span) < _SAME:
            continue
        hearers = {called[who] for who in said.addressees}
        count["found"] += 1
        count["speakers"] += called.get(said.speaker or "") == quote["speaker"]
        count["addressees"] += bool(hearers & set(quote["addressees"])) or not (hearers or quote["addressees"])
        count["kinds"] += said.kind == quote["kind"]
        count["channels"] += said.channel == quote["channel"]
    return dict(count)


def _plain(name: str) -> str:
    return " ".join(name.replace(".", " ").lower().split()).removeprefix("the ")


def _alike(one: Span, other: Span) -> float:
    """Return the share of both spans that they have in common."""
    shared = one.overlap(other)
    return shared / (one.length + other.length - shared) if shared else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(
        arguments
    )
    if not scorer_folder().is_dir():
        print(f"{scorer_folder()}: not there; set FABULA_DATA", file=sys.stderr)
        return 2
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            gold, ours, pairs = data_folder() / name / "dev", Path(folder) / name, Path(folder) / f"{name}-pairs"
            if failed := predict.main([str(gold), str(ours)]) or baselines.main([str(gold), str(pairs)]):
                return failed
            figures[name] = {"fabula": score(gold, ours), "marks pairing": score(gold, pairs)}
        treebanks, parsed = data_folder() / "ud" / "dev", Path(folder) / "ud"
        if failed := predict_ud.main([str(treebanks), str(parsed)]):
            return failed
        figures["ud"] = {"fabula": score_treebanks(treebanks, parsed)}
        seeds = data_folder().parent / "seeds"
        if seeds.is_dir():
            predicted = Path(folder) / "seeds.json"
            predict_cases.main(["texts", str(seeds), str(predicted)])
            figures["seeds"] = {"fabula": score_seeds(predicted)}
    figures["example"] = {"fabula": score_example()}
    keep("quality", "python -m benchmarks.quality", figures)
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
