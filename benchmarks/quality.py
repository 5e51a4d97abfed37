"""Accuracy on the development sets, end to end from raw text, beside a baseline.

    python -m benchmarks.quality

Predicts on PDNC dev and LitBank dev with Fabula and with the marks-pairing baseline, on the seed documents with
Fabula, and scores all of them with the scorers that stand beside the data.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import baselines, predict, predict_cases
from benchmarks.data import data_folder, scorer_folder
from benchmarks.results import keep
from benchmarks.tables import write_tables

SETS = ("pdnc", "litbank")


def score(gold: Path, predicted: Path) -> dict[str, Any]:
    """Return what `score.py` says of predictions."""
    command = [sys.executable, str(scorer_folder() / "score.py"), str(gold), str(predicted), "--json"]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answer


def score_seeds(predicted: Path) -> dict[str, Any]:
    """Return what `score_cases.py seeds` says of predictions."""
    scorer = str(scorer_folder() / "score_cases.py")
    command = [sys.executable, scorer, "seeds", "--gold", str(data_folder()), "--pred", str(predicted)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answer


def main() -> int:
    """Run the command; returns its exit code."""
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
        seeds = data_folder().parent / "seeds"
        if seeds.is_dir():
            predicted = Path(folder) / "seeds.json"
            predict_cases.main(["texts", str(seeds), str(predicted)])
            figures["seeds"] = {"fabula": score_seeds(predicted)}
    keep("quality", "python -m benchmarks.quality", figures)
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
