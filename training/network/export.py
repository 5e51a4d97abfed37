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
from torch.nn import functional

from fabula.nets.pieces import SEP
from training.network.coreference import PARTS
from training.network.heads import WIDEST, Reader
from training.network.manifest import write_manifest
from training.network.pretrain import minilm_folder
from training.network.voices import QUOTE_PARTS

INPUTS = ("pieces", "shapes", "mask", "first", "inside", "sentence", "quotes")
OUTPUTS = (
    "upos",
    "xpos",
    "feats",
    "lemma",
    "ends",
    "head",
    "relation",
    "mentions",
    "mention_odds",
    "links",
    "sayers",
    "entities",
    "entity_odds",
    "events",
    "voices",
)
VERSION = 3
"""Of the files' meaning: raised when a reader of the old ones could not read the new ones."""
SPLIT, JOIN = 2.0, -3.0
"""Log odds from which on a sentence ends where the rules see no end; below which none ends where they see one."""


class Graph(nn.Module):
    """What is exported.

    Shapes: pieces, shapes, mask (1, pieces); first, inside, sentence (1, words); quotes (quotes, 2). Returns one
        class a word for every tag set; 1 for each word after which a sentence ends, else 0; the head's number and
        the relation's class of each word; rows (class, first word, last word) of mentions, their log odds against
        none, what the linker needs of each, what it takes to score it as a speaker; rows and log odds of entities;
        the log odds of an event for each word; a vector for each quotation.
    """

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Return what `OUTPUTS` names for what `INPUTS` names."""
        pieces, shapes, mask, first, inside, sentence, quotes = inputs
        batch = {"pieces": pieces, "shapes": shapes, "mask": mask.bool(), "first": first, "inside": inside}
        words = self.model.words(batch)
        tags = [self.model.tags[name](words)[0].argmax(-1) for name in OUTPUTS[:4]]
        ends = self._ends(words, pieces, first, sentence)
        whole = torch.cumsum(ends, 1) - ends
        arcs = self.model.arcs(words)[:, 0]
        other = (whole[:, :, None] != whole[:, None, :]) | (sentence < 0)[:, None, :]
        head = (arcs - 1e4 * other.to(arcs.dtype)).argmax(-1)
        relation = self.model.relations(words, head)[0].argmax(-1)
        mentions, mention_odds = self._spans("mentions", words)
        entities, entity_odds = self._spans("entities", words)
        hidden = self.model.linker.hidden(words[0], mentions[:, 1], mentions[:, 2])
        links, sayers = self.model.linker.link(hidden), self.model.voices.theirs(hidden)
        events = self.model.events(words)[0]
        log_odds = events[:, 1] - events[:, 0]
        voices = self.model.voices.quotes(words[0], quotes[:, 0], quotes[:, 1])
        found = (head[0], relation, mentions, mention_odds, links, sayers, entities, entity_odds, log_odds, voices)
        return *tags, ends[0], *found

    def _ends(self, words: Tensor, pieces: Tensor, first: Tensor, sentence: Tensor) -> Tensor:
        """Return where sentences end: at the ends of paragraphs, and where rules and network agree enough."""
        odds = self.model.sentence_ends(words)
        # One beyond the end, where the padding is, belongs to no sentence.
        after = functional.pad(sentence[:, 1:], (0, 1), value=-1)
        before = (functional.pad(first[:, 1:], (0, 1)) - 1).clamp(min=0)
        firm = (torch.gather(pieces, 1, before) == SEP) | (after < 0)
        ruled = sentence != after
        return (firm | (ruled & (odds > JOIN)) | (odds > SPLIT)).to(torch.int64)

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
        torch.tensor([[0, 5], [10, 30]]),
    )
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "words"} for name in INPUTS[3:6]}
    axes["quotes"] = {0: "quotes"}
    axes |= {name: {0: "words"} for name in OUTPUTS}
    axes |= {name: {0: "mentions"} for name in ("mentions", "mention_odds", "links", "sayers")}
    axes |= {name: {0: "entities"} for name in ("entities", "entity_odds")}
    axes |= {"voices": {0: "quotes"}}
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
    """Return what scoring pairs of mentions, and of a quotation and a mention, needs.

    Names: `bias.*` and `facts.*` tables, the two layers `score.*` of the fine score; the same after `voices.`.
    """
    arrays: dict[str, np.ndarray] = {"parts": np.array(PARTS), "voices.parts": np.array(QUOTE_PARTS)}
    for prefix, module in (("", model.linker), ("voices.", model.voices)):
        for name, value in module.state_dict().items():
            if name.startswith(("facts.", "bias.", "score.")):
                kept = name if name.startswith("score.") else name.removesuffix(".weight")
                arrays[prefix + kept] = value.numpy().astype(np.float32)
    return arrays


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
