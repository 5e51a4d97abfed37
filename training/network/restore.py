"""The exported weights back as a network that can be trained further.

int8 weights per channel keep what matters; what rounding lost comes back in the first steps.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.network.heads import Pairs, Reader

_SPANS = ("mentions", "entities")


def restored(folder: Path) -> Reader:
    """Return the network that `training.network.export` wrote.

    Args:
        folder: with `reader.onnx`, `linker.npz` and `manifest.json`.

    Raises:
        ValueError: when the graph is not one that this module knows.
    """
    labels = json.loads((folder / "manifest.json").read_text("utf-8"))["labels"]
    model = Reader({name: len(values) for name, values in labels.items()})
    state = _from_graph(onnx.load(str(folder / "reader.onnx")), model)
    with np.load(folder / "linker.npz") as arrays:
        for name in arrays.files:
            if name.startswith(("facts.", "bias.")):
                state[f"linker.{name}.weight"] = torch.from_numpy(arrays[name])
            elif name.startswith("score."):
                state[f"linker.{name}"] = torch.from_numpy(arrays[name])
    fill(model, state, str(folder))
    return model


def fill(model: Reader, state: dict[str, Tensor], name: str) -> None:
    """Give a network its weights; a head of which there are none starts anew.

    Args:
        model: changed in place.
        state: weights by parameter.
        name: where they come from, for the message.

    Raises:
        ValueError: when a part is there by half, or one that the network does not have.
    """
    missing, unknown = model.load_state_dict(state, strict=False)
    held = {name.split(".")[0] for name in state}
    half = [name for name in missing if name.split(".")[0] in held]
    if half or unknown or "encoder" not in held:
        raise ValueError(f"{name}: missing {half}, unknown {unknown}")


def _from_graph(graph: onnx.ModelProto, model: Reader) -> dict[str, Tensor]:
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.graph.initializer}
    wanted = dict(model.named_parameters())
    state = {
        name.removeprefix("model."): torch.from_numpy(array.copy())
        for name, array in arrays.items()
        if name.removeprefix("model.") in wanted
    }
    for name in arrays:
        if name.startswith("model.") and name.endswith("_quantized"):
            kept = name.removesuffix("_quantized")
            whole = torch.from_numpy(_whole(arrays, kept))
            plain = kept.removeprefix("model.")
            state[plain] = whole.T.contiguous() if plain.startswith("linker.") else whole
    for node in graph.graph.node:
        held = [name for name in node.input if name.startswith("onnx::") and name in arrays]
        held = [name for name in held if arrays[name].ndim == 2]
        if node.op_type in ("MatMulInteger", "MatMul") and held:
            name = held[0].removesuffix("_quantized")
            plain = _parameter(node.name)
            state[plain] = _shaped(plain, torch.from_numpy(_whole(arrays, name)), model)
    return state


def _whole(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Return values as numbers, quantised or not; the scale is one, or one a column."""
    if name in arrays:
        return arrays[name].copy()
    shift = arrays[f"{name}_zero_point"].astype(np.float32)
    return (arrays[f"{name}_quantized"].astype(np.float32) - shift) * arrays[f"{name}_scale"].astype(np.float32)


def _parameter(node: str) -> str:
    """Return the parameter that a product of the graph multiplies by."""
    path = re.sub(r"/MatMul(_quant)?$", "", node).strip("/").split("/")
    if path == [""]:
        return "relation"
    if path[0] in _SPANS:
        return ".".join(["spans", *path, "weight"])
    if path[0] in ("upos", "xpos", "feats", "lemma"):
        return f"tags.{path[0]}.weight"
    if path[0] == "events":
        return f"{path[1]}.weight"
    return ".".join([*path, "weight"])


def _shaped(name: str, whole: Tensor, model: Reader) -> Tensor:
    owner = dict(model.named_modules()).get(name.removesuffix(".weight"))
    if name == "relation" or isinstance(owner, Pairs):
        size = whole.shape[0]
        return whole.view(size, -1, size).permute(1, 0, 2).contiguous()
    return whole.T.contiguous()
