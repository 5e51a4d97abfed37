"""Write the sentence encoder as ONNX: all-MiniLM-L6-v2 as it is, one sentence a call, its vector out.

    python -m training.network.export_sentences OUT_FOLDER

Nothing is trained here. The reader's encoder began as the same network, but was tuned for tags and has forgotten what
sentences mean.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from training.network.encoder import Encoder, load_minilm
from training.network.manifest import write_manifest
from training.network.pretrain import minilm_folder

INPUTS, OUTPUT = ("pieces", "mask"), "vector"


class Graph(nn.Module):
    """What is exported: the mean of the vectors of a sentence's pieces, made one long.

    Shapes: pieces, mask (1, pieces) -> (1, width)

    Source: Reimers and Gurevych 2019, "Sentence-BERT", section 3.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Return the vector of each sentence."""
        found = self.encoder(pieces, torch.zeros_like(pieces), mask.bool())
        kept = mask[:, :, None].to(found.dtype)
        return functional.normalize((found * kept).sum(1) / kept.sum(1), dim=1)


def minilm() -> Encoder:
    """Return all-MiniLM-L6-v2; how words are written says nothing to it."""
    encoder = Encoder()
    load_minilm(encoder, minilm_folder() / "model.safetensors")
    return encoder.eval()


def write_graph(encoder: Encoder, file: Path) -> None:
    """Write the graph in fp32."""
    example = (torch.randint(1000, 2000, (1, 24)), torch.ones(1, 24, dtype=torch.long))
    with torch.no_grad():
        torch.onnx.export(
            Graph(encoder),
            example,
            str(file),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes={name: {1: "pieces"} for name in INPUTS},
            opset_version=17,
            dynamo=False,
        )
    onnx.checker.check_model(str(file))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "sentences.fp32.onnx"
        write_graph(minilm(), whole)
        quantize_dynamic(str(whole), str(out / "sentences.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    write_manifest(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
