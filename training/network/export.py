"""Write the trained network as ONNX: one graph, one window a call, every decision that needs no document made inside.

    python -m training.network.export IN.pt OUT_FOLDER

The graph takes one window, so that what it says of a window cannot depend on what else is read beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network.heads import WIDEST, Reader

INPUTS = ("pieces", "shapes", "mask", "first", "inside", "sentence")
OUTPUTS = ("words", "upos", "xpos", "feats", "lemma", "head", "relation", "mentions", "entities", "events")


class Graph(nn.Module):
    """What is exported.

    Shapes: pieces, shapes, mask (1, pieces); first, inside, sentence (1, words). Returns words (words, width); one
        class a word for every tag set, head and relation; rows (class, first word, last word) of mentions and
        entities; the log odds of an event for each word.
    """

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Return what `OUTPUTS` names for what `INPUTS` names."""
        pieces, shapes, mask, first, inside, sentence = inputs
        batch = {"pieces": pieces, "shapes": shapes, "mask": mask.bool(), "first": first, "inside": inside}
        words = self.model.words(batch)
        tags = [self.model.tags[name](words)[0].argmax(-1) for name in OUTPUTS[1:5]]
        arcs = self.model.arcs(words)[:, 0]
        other = (sentence[:, :, None] != sentence[:, None, :]).to(arcs.dtype)
        head = (arcs - 1e4 * other).argmax(-1)
        relation = self.model.relations(words, head)[0].argmax(-1)
        places = torch.arange(words.shape[1])
        apart = places[None, :] - places[:, None]
        possible = ((apart >= 0) & (apart < WIDEST)).to(torch.int64)
        spans = []
        for name in ("mentions", "entities"):
            best = self.model.spans[name](words)[0].argmax(0) * possible
            at = best.nonzero()
            spans.append(torch.cat([best[at[:, 0], at[:, 1]][:, None], at], 1))
        events = self.model.events(words)[0]
        return words[0], *tags, head[0], relation, *spans, events[:, 1] - events[:, 0]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    kept = torch.load(options.model, weights_only=True)
    model = Reader({name: len(known) for name, known in kept["classes"].items()})
    model.load_state_dict(kept["state"])
    model.eval()
    options.out.mkdir(parents=True, exist_ok=True)
    words = 40
    example = (
        torch.randint(1000, 2000, (1, 64)),
        torch.zeros(1, 64, dtype=torch.long),
        torch.ones(1, 64, dtype=torch.long),
        torch.arange(1, words + 1)[None],
        torch.zeros(1, words, dtype=torch.long),
        torch.arange(words)[None] // 10,
    )
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "words"} for name in INPUTS[3:]}
    file = options.out / "reader.fp32.onnx"
    with torch.no_grad():
        torch.onnx.export(
            Graph(model),
            example,
            str(file),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes | {name: {0: "rows"} for name in OUTPUTS},
            opset_version=17,
            dynamo=False,
        )
    onnx.checker.check_model(str(file))
    quantized = options.out / "reader.onnx"
    quantize_dynamic(str(file), str(quantized), weight_type=QuantType.QInt8, per_channel=True)
    linker = {name: value.numpy().astype(np.float32) for name, value in model.linker.state_dict().items()}
    np.savez(options.out / "linker.npz", **linker)  # type: ignore[arg-type]
    labels = {name: list(known) for name, known in kept["classes"].items()}
    manifest = {
        "files": {
            each.name: hashlib.sha256(each.read_bytes()).hexdigest()
            for each in (quantized, options.out / "linker.npz")
        },
        "labels": labels,
    }
    (options.out / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
