"""Fine-tune encoder and heads on the gold data.

python -m training.network.finetune OUT.pt --start out/fiction.safetensors --silver out/silver --minutes 45
python -m training.network.finetune OUT.pt --start src/fabula/weights --rate 0.4 --minutes 60
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn

from benchmarks.data import data_folder
from fabula.nets.pieces import tokenizer
from training.kept_back import kept_back
from training.network.encoder import load_minilm
from training.network.gold import Document, Example, litbank, treebank
from training.network.heads import Reader
from training.network.losses import losses
from training.network.measure import measure, speakers_right
from training.network.novels import Stretch, stretches
from training.network.pretrain import minilm_folder
from training.network.restore import fill, restored
from training.network.resume import Course, Limit

SEED = 1
FOLDS = 5
STRETCHES = 60
"""Stretches of novels in each round, and as many of those whose speakers the rules have found."""


class Material(NamedTuple):
    """Windows of the treebank, documents of LitBank, stretches of PDNC's novels and of `silver` ones."""

    ud: Sequence[Example]
    documents: Sequence[Document]
    novels: Sequence[Stretch]
    silver: Sequence[Stretch]


def train(model: Reader, material: Material, told: Callable[[float], object], course: Course) -> None:
    """Train until the course is done.

    Args:
        model: changed in place.
        material: what it learns from.
        told: called now and then with the share of the training that is done.
        course: with the optimizer of the model, see `optimizer_of`.
    """
    rng, (ud, documents, novels, silver) = course.rng, material
    queue: list[tuple[Sequence[Example], Document | Stretch | None]] = []
    model.train()
    while (share := course.share) < 1:
        if not queue:
            # Every second window of the treebank a round: novels are few, and what is learnt of them is harder.
            order = rng.permutation(len(ud))[: len(ud) // 2]
            queue = [([ud[row] for row in order[low : low + 8]], None) for low in range(0, len(order), 8)]
            queue += [(document.examples, document) for document in documents]
            for stretches_of in (novels, silver):
                some = rng.permutation(len(stretches_of))[:STRETCHES]
                queue += [(stretches_of[row].examples, stretches_of[row]) for row in some]
            queue = [queue[number] for number in rng.permutation(len(queue))]
        warm = min(1.0, (course.steps + 1) / 100)
        for group in course.optimizer.param_groups:
            group["lr"] = group["top"] * warm * (1 - share)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = losses(model, *queue.pop())
        course.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        course.optimizer.step()
        if course.step():
            told(share)


def optimizer_of(model: Reader, times: float) -> torch.optim.Optimizer:
    """Return an optimizer with one rate for the encoder, a higher one for what hangs on it; both so many times."""
    rest = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": list(model.encoder.parameters()), "top": 2.5e-4 * times},
        {"params": rest, "top": 1.5e-3 * times},
    ]
    return torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.01)


def started(start: Path | None, sizes: dict[str, int]) -> Reader:
    """Return a network to train.

    Args:
        start: weights of `pretrain`, a folder of exported weights, or what an earlier fine-tuning wrote (`.pt`); None
            for all-MiniLM-L6-v2 as it is.
        sizes: number of classes of each tag set.
    """
    if start and start.is_dir():
        return restored(start)
    model = Reader(sizes)
    if start and start.suffix == ".pt":
        fill(model, torch.load(start, weights_only=True)["state"], str(start))
    elif start:
        state = {name: value.float() for name, value in load_file(start).items() if not name.startswith("guess.")}
        model.encoder.load_state_dict(state)
    else:
        load_minilm(model.encoder, minilm_folder() / "model.safetensors")
    return model


class Split(NamedTuple):
    """Files of LitBank to learn from, and those to measure on."""

    learnt: Sequence[Path]
    measured: Sequence[Path]


def split_of(fold: int) -> Split:
    """Return which files of LitBank are learnt from.

    Args:
        fold: 0 for the data's own parts; from 1 to `FOLDS`, that share of both parts is measured on instead.
    """
    learnt, measured = (sorted((data_folder() / "litbank" / part).glob("*.json")) for part in ("train", "dev"))
    if not fold:
        return Split(learnt, measured)
    every = sorted([*learnt, *measured], key=lambda file: file.name)
    away = every[fold - 1 :: FOLDS]
    return Split([file for file in every if file not in away], away)


def speaking(folder: Path | None, made: Tokenizer) -> tuple[list[Stretch], list[Stretch]]:
    """Return the stretches of novels with gold speakers to learn from, and those to measure on.

    Args:
        folder: with novels; None to do without.
        made: tokenizer.
    """
    files = sorted(folder.glob("*.json")) if folder else []
    away = kept_back(files)
    back = [stretch for file in away for stretch in stretches(file, made)[5:60:9]]
    return [stretch for file in files if file not in away for stretch in stretches(file, made)], back


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="weights of pretrain, or a folder of exported ones to go on from")
    parser.add_argument("--rate", type=float, default=1.0, help="times the usual learning rates; less to go on")
    parser.add_argument("--without-pdnc", action="store_true", help="learn no speakers, and links from LitBank alone")
    parser.add_argument("--silver", type=Path, help="folder made by `silver`: novels whose speakers the rules found")
    parser.add_argument("--fold", type=int, default=0, help=f"1 to {FOLDS}: measure on that share of LitBank")
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--steps", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.manual_seed(SEED)
    made = tokenizer(minilm_folder() / "tokenizer.json")
    classes: dict[str, dict[str, int]] = {}
    ud = data_folder() / "ud"
    ud_train = treebank(ud / "train" / "en_ewt-ud-train.conllu", made, classes, learn=True)
    ud_dev = treebank(ud / "dev" / "en_ewt-ud-dev.conllu", made, classes, learn=False)
    split = split_of(options.fold)
    documents, measured = ([litbank(file, made) for file in files] for files in split)
    learnt, back = speaking(None if options.without_pdnc else data_folder() / "pdnc" / "train", made)
    found = sorted(options.silver.glob("*.json")) if options.silver else []
    silver = [stretch for file in found for stretch in stretches(file, made)]
    model = started(options.start, {name: len(known) for name, known in classes.items()})

    def told(share: float, windows: int = 60) -> dict[str, float]:
        scores = measure(model, split.measured, measured, ud_dev[:windows])
        scores["voices"] = speakers_right(model, back)
        scores = {name: round(float(value), 1) for name, value in scores.items()}
        print(f"{share:.2f}", scores, flush=True)
        return scores

    limit = Limit(options.minutes, options.steps)
    course = Course(
        options.out, limit, {"model": model}, optimizer_of(model, options.rate), np.random.default_rng(SEED)
    )
    train(model, Material(ud_train, documents, learnt, silver), told, course)
    scores = told(1.0, len(ud_dev))
    torch.save(
        {"state": model.state_dict(), "classes": classes, "steps": course.steps, "scores": scores}, options.out
    )
    course.done()
    return 0


if __name__ == "__main__":
    sys.exit(main())
