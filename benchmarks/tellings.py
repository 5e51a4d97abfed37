"""Alignment of tellings on the development cases, beside a baseline.

    python -m benchmarks.tellings

Answers every case of `tellings/` with Fabula and by the cosine of word counts, and scores both with `score_cases.py`.
The fables of Aesop are told apart by their place in the list of cases: settings were tuned on the first, third, … and
chosen on the others. Beyond the cases, every fable is aligned with the second telling of another fable: how often is
something claimed where there is nothing?
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import predict_cases
from benchmarks.baselines import align_by_cosine
from benchmarks.cases import Align, align_and_judge, answer_case
from benchmarks.data import data_folder, scorer_folder
from benchmarks.results import keep
from benchmarks.tables import write_tables

_APART = 9
"""How far the other fable stands in the list; fables told more than twice stand together."""


def score(cases: Path, predicted: Path) -> dict[str, Any]:
    """Return what `score_cases.py` says of predictions: a summary, and the scores of each Aesop half.

    The summary also says how many contradictions are claimed in the cases of a kind, right or wrong.

    Args:
        cases: folder of the cases.
        predicted: file of predictions.
    """
    full = predicted.with_suffix(".scores.json")
    scorer = str(scorer_folder() / "score_cases.py")
    command = [sys.executable, scorer, "tellings", "--gold", str(cases), "--pred", str(predicted), "--out", str(full)]
    subprocess.run(command, capture_output=True, check=True)
    scores = json.loads(full.read_text("utf-8"))
    f1 = {case["id"]: case["alignment"]["f1"] for case in scores["cases"]}
    for kind, count in claimed_contradictions(cases, predicted).items():
        scores["summary"][kind]["contradictions_claimed"] = count
    listed = [case["id"] for case in fables(cases)]
    halves = [[f1[name] for name in listed[start::2]] for start in (0, 1)]
    return {
        "summary": scores["summary"],
        "aesop_tuned": sum(halves[0]) / len(halves[0]),
        "aesop_chosen": sum(halves[1]) / len(halves[1]),
    }


def claimed_contradictions(cases: Path, predicted: Path) -> dict[str, int]:
    """Count the contradictions that are claimed, by kind of case."""
    kinds = {case["id"]: case["kind"] for case in json.loads((cases / "index.json").read_text("utf-8"))["cases"]}
    counts = dict.fromkeys(kinds.values(), 0)
    for answer in json.loads(predicted.read_text("utf-8"))["cases"]:
        counts[kinds[answer["case"]]] += len(answer.get("contradictions", ()))
    return counts


def fables(cases: Path) -> list[dict[str, Any]]:
    """Return the Aesop cases in the order of the list."""
    listed = json.loads((cases / "index.json").read_text("utf-8"))["cases"]
    return [case for case in listed if case["kind"] == "aesop"]


def claims(cases: Path, align: Align) -> dict[str, int]:
    """Count how often two different fables are linked."""
    listed = fables(cases)
    crossed = [
        {"id": first["id"], "a": first["a"], "b": second["b"]}
        for first, second in zip(listed, [*listed[_APART:], *listed[:_APART]], strict=True)
    ]
    found = [len(answer_case(cases, case, align)["pairs"]) for case in crossed]
    return {"cases": len(found), "claimed": sum(count > 0 for count in found), "pairs": sum(found)}


def main() -> int:
    """Run the command; returns its exit code."""
    cases = data_folder() / "tellings"
    if not (cases / "index.json").is_file():
        print(f"{cases}: not there; set FABULA_DATA", file=sys.stderr)
        return 2
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, options, align in (
            ("fabula", [], align_and_judge),
            ("word cosine", ["--baseline"], align_by_cosine),
        ):
            out = Path(folder) / f"{name}.json"
            if failed := predict_cases.main(["tellings", str(cases), str(out), *options]):
                return failed
            figures[name] = {**score(cases, out), "crossed_fables": claims(cases, align)}
    keep("tellings", "python -m benchmarks.tellings", figures)
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
