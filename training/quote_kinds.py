"""Learn the weights that tell speech from titles and words mentioned: logistic regression over named features.

    python -m training.quote_kinds [--without-pdnc] [--data DIR]

Reads the train sets of PDNC and LitBank, whose annotators marked speech alone: what stands in quotation marks and
touches no annotated quotation is the other class. Writes `src/fabula/structure/quote_weights.py` and prints how the
train sets come out. It takes less than a minute.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.data import data_folder
from fabula import pipeline
from fabula.story import Telling
from fabula.structure import find_quotes
from fabula.structure.quote_kinds import features

TARGET = Path(__file__).resolve().parents[1] / "src" / "fabula" / "structure" / "quote_weights.py"
_ROUNDS, _RIDGE = 60, 4.0
_LITBANK_WEIGHT = 4.0  # one LitBank passage is short: without this it would not be heard beside whole novels
_HEAD = '''"""What each feature of `quote_kinds` says for speech (log odds). Generated, not written by hand.

Made on {day} by `python -m training.quote_kinds{switch}` from {sources}:
{speech} quotations that are speech, {other} that are not. The corpora's texts are not in here.
"""

'''


class Sample(NamedTuple):
    """One quotation, its features and whether it is speech; `exact` where its limits are those annotated."""

    features: tuple[str, ...]
    speech: bool
    exact: bool
    weight: float


def samples(files: Sequence[Path], weight: float) -> Iterator[Sample]:
    """Yield the outermost quotations of annotated documents.

    Args:
        files: in the schema `fabula-gold/1`.
        weight: of each sample.
    """
    for file in files:
        gold = json.loads(file.read_text("utf-8"))
        spans = sorted((start, end) for quote in gold["quotes"] for start, end in quote["spans"])
        starts = [start for start, _ in spans]
        telling = pipeline.run(Telling(file.stem, gold["text"]), stages=pipeline.STAGES[:1])
        paragraphs = {one.span.start: one.span for one in telling.layer("paragraphs")}
        edges, floor = sorted(paragraphs), 0
        for quote in find_quotes(telling):
            if quote.depth or quote.continues or not quote.closed or not quote.opened or quote.style == "dash":
                continue
            paragraph = paragraphs[edges[bisect_left(edges, quote.span.start + 1) - 1]]
            near = spans[max(0, bisect_left(starts, quote.span.start) - 1) : bisect_left(starts, quote.span.end)]
            touched = any(end > quote.span.start for _, end in near)
            found = tuple(features(telling.text, quote, paragraph, max(floor, paragraph.start)))
            floor = quote.span.end
            yield Sample(found, touched, tuple(quote.span) in near, weight)


def fit(data: Sequence[Sample]) -> tuple[dict[str, float], float]:
    """Return weights by feature, and the bias: ridge logistic regression by Newton's method."""
    names = sorted({name for sample in data for name in sample.features})
    column = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(data), len(names) + 1))
    table[:, -1] = 1.0
    for row, sample in enumerate(data):
        table[row, [column[name] for name in sample.features]] = 1.0
    wanted = np.array([sample.speech for sample in data], dtype=float)
    weight = np.array([sample.weight for sample in data])
    ridge = np.full(len(names) + 1, _RIDGE)
    ridge[-1] = 1e-3
    at: NDArray[np.float64] = np.zeros(len(names) + 1)
    for _ in range(_ROUNDS):
        likely = 1.0 / (1.0 + np.exp(-np.clip(table @ at, -30, 30)))
        slope = table.T @ (weight * (likely - wanted)) + ridge * at
        curve = (table * (weight * likely * (1 - likely))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        at = at - step
        if float(np.abs(step).max()) < 1e-6:
            break
    return {name: round(float(at[column[name]]), 2) for name in names}, round(float(at[-1]), 2)


def best_threshold(data: Sequence[Sample], weights: dict[str, float], bias: float) -> float:
    """Return the threshold with the highest F1 of exact speech quotations, each set weighed as in `samples`."""
    scored = sorted(((bias + sum(weights[n] for n in one.features), one) for one in data), key=lambda pair: -pair[0])
    wanted = sum(one.weight for one in data if one.exact)
    best, at, right, taken = 0.0, 0.0, 0.0, 0.0
    for score, one in scored:
        right += one.weight * one.exact
        taken += one.weight
        f1 = 2 * right / (taken + wanted)
        if f1 > best:
            best, at = f1, score
    return math.floor(at * 10) / 10


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-pdnc", action="store_true", help="use LitBank alone")
    parser.add_argument("--data", type=Path, default=data_folder())
    options = parser.parse_args(arguments)
    data = list(samples(sorted((options.data / "litbank" / "train").glob("*.json")), _LITBANK_WEIGHT))
    if not options.without_pdnc:
        data += samples(sorted((options.data / "pdnc" / "train").glob("*.json")), 1.0)
    if not data:
        print(f"{options.data}: no train sets there", file=sys.stderr)
        return 2
    weights, bias = fit(data)
    threshold = best_threshold(data, weights, bias)
    head = _HEAD.format(
        day=date.today().isoformat(),
        switch=" --without-pdnc" if options.without_pdnc else "",
        sources="LitBank train" if options.without_pdnc else "LitBank train and PDNC train",
        speech=sum(one.speech for one in data),
        other=sum(not one.speech for one in data),
    )
    rows = "".join(f'    "{name}": {value},\n' for name, value in weights.items())
    body = f"BIAS = {bias}\nTHRESHOLD = {threshold}\nWEIGHTS: dict[str, float] = {{\n{rows}}}\n"
    TARGET.write_text(head + body, "utf-8")
    print(f"{len(data)} quotations, {len(weights)} weights, threshold {threshold}: {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
