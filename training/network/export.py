"""Write the trained network as ONNX: one graph, one window a call, every decision that needs no document made inside.

    python -m training.network.export IN.pt OUT_FOLDER

The graph takes one window, so that what it says of a window cannot depend on what else is read beside it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network.coreference import PARTS
from training.network.heads import WIDEST, Reader
from training.network.manifest import write_manifest
from training.network.pretrain import minilm_folder

INPUTS = ("pieces", "shapes", "mask", "first", "inside", "sentence")
OUTPUTS = (
    "upos",
    "xpos",
    "feats",
    "lemma",
    "head",
    "relation",
    "mentions",
    "mention_odds",
    "links",
    "entities",
    "entity_odds",
    "events",
)
VERSION = 1
"""Of the files' meaning: raised when a reader of the old ones could not read the new ones."""


class Graph(nn.Module):
    """What is exported.

    Shapes: pieces, shapes, mask (1, pieces); first, inside, sentence (1, words). Returns one class a word for every
        tag set; the head's number and the relation's class of each word; rows (class, first word, last word) of
        mentions, their log odds against none, what the linker needs of each; rows and log odds of entities; the log
        odds of an event for each word.
    """

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Return what `OUTPUTS` names for what `INPUTS` names."""
        pieces, shapes, mask, first, inside, sentence = inputs
        batch = {"pieces": pieces, "shapes": shapes, "mask": mask.bool(), "first": first, "inside": inside}
        words = self.model.words(batch)
        tags = [self.model.tags[name](words)[0].argmax(-1) for name in OUTPUTS[:4]]
        arcs = self.model.arcs(words)[:, 0]
        other = (sentence[:, :, None] != sentence[:, None, :]).to(arcs.dtype)
        head = (arcs - 1e4 * other).argmax(-1)
        relation = self.model.relations(words, head)[0].argmax(-1)
        mentions, mention_odds = self._spans("mentions", words)
        entities, entity_odds = self._spans("entities", words)
        links = self.model.linker.mentions(words[0], mentions[:, 1], mentions[:, 2])
        events = self.model.events(words)[0]
        log_odds = events[:, 1] - events[:, 0]
        return *tags, head[0], relation, mentions, mention_odds, links, entities, entity_odds, log_odds

    def _spans(self, name: str, words: Tensor) -> tuple[Tensor, Tensor]:
        scores = self.model.spans[name](words, near=True)[0]
        top, best = scores[:, 1:].max(1)
        odds = top - scores[:, 0]
        places = torch.arange(words.shape[1])
        at = ((odds > 0) & (places[:, None] + torch.arange(WIDEST) < words.shape[1])).nonzero()
        first, width = at[:, 0], at[:, 1]
        return torch.stack([best[first, width], first, first + width], 1), odds[first, width]


def write_graph(model: Reader, file: Path) -> None:
    """Write the graph in fp32."""
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
    axes |= {name: {0: "words"} for name in OUTPUTS}
    axes |= {name: {0: "mentions"} for name in ("mentions", "mention_odds", "links")}
    axes |= {name: {0: "entities"} for name in ("entities", "entity_odds")}
    with torch.no_grad():
        torch.onnx.export(
            Graph(model),
            example,
            str(file),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
    onnx.checker.check_model(str(file))


def linker_arrays(model: Reader) -> dict[str, np.ndarray]:
    """Return what scoring pairs needs: `bias.*` and `facts.*` tables, and the two layers of the fine score."""
    state = model.linker.state_dict()
    kept = {
        name.removesuffix(".weight"): value for name, value in state.items() if name.startswith(("facts.", "bias."))
    }
    kept |= {f"score.{part}": state[f"score.{part}"] for part in ("1.weight", "1.bias", "3.weight", "3.bias")}
    return {"parts": np.array(PARTS), **{name: value.numpy().astype(np.float32) for name, value in kept.items()}}


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
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    whole = options.model.with_suffix(".fp32.onnx")
    write_graph(model, whole)
    quantize_dynamic(str(whole), str(out / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    np.savez(out / "linker.npz", **linker_arrays(model))  # type: ignore[arg-type]
    shutil.copyfile(minilm_folder() / "tokenizer.json", out / "tokenizer.json")
    write_manifest(out, kept["classes"], version=VERSION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
