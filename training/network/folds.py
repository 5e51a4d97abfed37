"""Cross-check on LitBank by five folds: whether the small development part is like the rest.

    python -m training.network.folds WORK_FOLDER --start out/fiction.safetensors [--steps 550]

Each fold is a course of `finetune` of its own, on four fifths of the training and development parts together,
measured on the last fifth by the training's own measure (mentions from our words; no names over the whole book); one
more course has the data's own parts. Courses are shorter than that of the weights that ship, so that the figures tell
how folds differ, not how good the weights are.
A fold whose result is in the work folder is not trained again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import mean, stdev

import torch

from benchmarks.results import keep
from training.network import finetune

SHOWN = ("mentions", "untyped", "entities", "events", "conll")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=550, help="of each course: time would give a busy machine less")
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    known = ["--start", str(options.start), "--steps", str(options.steps)]
    folds: list[dict[str, float]] = []
    for fold in range(finetune.FOLDS + 1):
        out: Path = options.work / f"fold{fold}.pt"
        if not out.is_file():
            finetune.main([str(out), "--fold", str(fold), *known])
        course = torch.load(out, weights_only=True)
        folds.append({"steps": course["steps"], **{name: course["scores"][name] for name in SHOWN}})
    own, parts = folds[0], folds[1:]
    spread = {
        name: {"mean": mean(part[name] for part in parts), "deviation": stdev(part[name] for part in parts)}
        for name in SHOWN
    }
    figures = {"development": own, "folds": parts, "over_folds": spread}
    keep("folds", f"python -m training.network.folds WORK {' '.join(known)}", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
