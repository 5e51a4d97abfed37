"""Build the network's weights from the data, step by step.

    python -m training.network.build [--work build/train] [--pretrain 56] [--finetune 180] [--silver 90]

Each step is a command of its own too: masked-language training on unlabelled fiction (`pretrain`), fine-tuning of all
heads on gold data (`finetune`), known speakers in the unlabelled novels (`silver`), a second course of fine-tuning
that learns from these too, the mean of both courses (`mean`), export (`export`), and export of the sentence encoder,
which is not trained (`export_sentences`). A step whose result is in the work folder is not done again, one that was
stopped goes on where it was. Delete a result to make it anew.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.network import export, export_sentences, finetune, mean, pretrain, silver


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/train"))
    parser.add_argument("--pretrain", type=float, default=56, help="minutes")
    parser.add_argument("--finetune", type=float, default=180, help="minutes")
    parser.add_argument("--silver", type=float, default=90, help="minutes")
    parser.add_argument("--out", type=Path, default=Path("src/fabula/weights"))
    options = parser.parse_args(arguments)
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)
    encoder, found, reader = work / "fiction.safetensors", work / "silver", work / "reader.pt"
    gold, more = work / "gold.pt", work / "more.pt"
    if not encoder.is_file():
        pretrain.main([str(encoder), "--minutes", str(options.pretrain)])
    if not gold.is_file():
        finetune.main([str(gold), "--start", str(encoder), "--minutes", str(options.finetune)])
    if not more.is_file():
        silver.main([str(found)])
        known = ["--start", str(gold), "--silver", str(found), "--rate", "0.5"]
        finetune.main([str(more), *known, "--minutes", str(options.silver)])
    if not reader.is_file():
        mean.main([str(gold), str(more), str(reader)])
    return export.main([str(reader), str(options.out)]) or export_sentences.main([str(options.out)])


if __name__ == "__main__":
    sys.exit(main())
