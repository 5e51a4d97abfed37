"""Alignment of tellings on the development cases, beside a baseline.

    python -m benchmarks.tellings [--peers] [--minutes 10]

Answers every case of `tellings/` with Fabula and by the cosine of word counts, and scores both with `score_cases.py`.
The fables of Aesop are told apart by their place in the list of cases: settings were tuned on the first, third, … and
chosen on the others. Beyond the cases, every fable is aligned with the second telling of another fable: how often is
something claimed where there is nothing?

With `--peers`, which takes long, plain MiniLM sentence vectors with a monotone path answer too, and CollateX
(installed on demand, see `benchmarks.peers.collatex`), which is scored on the cases that it finishes in `--minutes`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.baselines import align_by_cosine
from benchmarks.cases import Align, align_and_judge, answer_case
from benchmarks.data import data_folder, scorer_folder
from benchmarks.peer_alignments import UnfinishedError, align_by_columns, align_by_vectors
from benchmarks.peers.collatex import python_of_collatex
from benchmarks.peers.environments import last_words
from benchmarks.results import keep
from benchmarks.tables import write_tables
from fabula.errors import FabulaError

_APART = 9
"""How far the other fable stands in the list; fables told more than twice stand together."""


def score(cases: Path, predicted: Path) -> dict[str, Any]:
    """Return what `score_cases.py` says of predictions: a summary, and the scores of each Aesop half.

    The summary also says how many contradictions are claimed in the cases of a kind, right or wrong. Where some cases
    are not answered, only those that are count.

    Args:
        cases: folder of the cases.
        predicted: file of predictions.
    """
    full = predicted.with_suffix(".scores.json")
    scorer = str(scorer_folder() / "score_cases.py")
    command = [sys.executable, scorer, "tellings", "--gold", str(cases), "--pred", str(predicted), "--out", str(full)]
    subprocess.run(command, capture_output=True, check=True)
    scores = json.loads(full.read_text("utf-8"))
    answered = [case for case in scores["cases"] if not case["missing_prediction"]]
    summary = scores["summary"] if len(answered) == len(scores["cases"]) else means(answered)
    f1 = {case["id"]: case["alignment"]["f1"] for case in answered}
    for kind, count in claimed_contradictions(cases, predicted).items():
        if kind in summary:
            summary[kind]["contradictions_claimed"] = count
    listed = [case["id"] for case in fables(cases) if case["id"] in f1]
    halves = [[f1[name] for name in listed[start::2]] for start in (0, 1)]
    return {
        "summary": summary,
        "aesop_tuned": _mean(halves[0]),
        "aesop_chosen": _mean(halves[1]),
    }


def means(answered: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the scorer's summary by kind, over some cases only.

    Args:
        answered: what the scorer says of each of them.
    """
    summary: dict[str, dict[str, Any]] = {}
    for kind in sorted({case["kind"] for case in answered}):
        those = [case for case in answered if case["kind"] == kind]
        figures: dict[str, Any] = {"cases": len(those), "answered": len(those)}
        if kind == "unrelated":
            figures["false_pairs_per_case"] = _mean([case["alignment"]["predicted"] for case in those])
        else:
            figures |= {
                part: _mean([case["alignment"][part] for case in those]) for part in ("precision", "recall", "f1")
            }
        for part in ("words", "contradictions", "only_a", "only_b"):
            figures[f"{part}_f1"] = _mean([case[part]["f1"] for case in those if part in case])
        figures["same_or_changed"] = _mean([case["same_or_changed"] for case in those if "same_or_changed" in case])
        summary[kind] = {name: value for name, value in figures.items() if value is not None}
    return summary


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


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
    found = [len(answer["pairs"]) for answer in answers(cases, crossed, align)]
    return {"cases": len(found), "claimed": sum(count > 0 for count in found), "pairs": sum(found)}


def answers(cases: Path, listed: Sequence[dict[str, Any]], align: Align) -> list[dict[str, Any]]:
    """Return the answers for some cases, without those that a peer does not finish.

    Args:
        cases: folder of the cases.
        listed: the cases meant.
        align: lines up two sides.
    """
    found = []
    for case in listed:
        try:
            found.append(answer_case(cases, case, align))
        except UnfinishedError as unfinished:
            print(f"{case['id']}: {unfinished}", file=sys.stderr)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true", help="sentence vectors and CollateX too; takes long")
    parser.add_argument("--minutes", type=float, default=10, help="that CollateX may take for a case (default 10)")
    options = parser.parse_args(arguments)
    cases = data_folder() / "tellings"
    if not (cases / "index.json").is_file():
        print(f"{cases}: not there; set FABULA_DATA", file=sys.stderr)
        return 2
    listed = json.loads((cases / "index.json").read_text("utf-8"))["cases"]
    try:
        systems: dict[str, Align] = {"fabula": align_and_judge, "word cosine": align_by_cosine}
        if options.peers:
            columns = align_by_columns(python_of_collatex(), options.minutes)
            systems |= {"MiniLM, monotone path": align_by_vectors, "CollateX": columns}
        figures: dict[str, Any] = {}
        for name, align in systems.items():
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "answers.json"
                out.write_text(json.dumps({"cases": answers(cases, listed, align)}, ensure_ascii=False), "utf-8")
                figures[name] = {**score(cases, out), "crossed_fables": claims(cases, align)}
    except (FabulaError, RuntimeError) as error:
        print(last_words(error), file=sys.stderr)
        return 2
    keep(
        "tellings",
        f"python -m benchmarks.tellings{f' --peers --minutes {options.minutes:g}' if options.peers else ''}",
        figures,
    )
    write_tables()
    return 0


if __name__ == "__main__":
    sys.exit(main())
