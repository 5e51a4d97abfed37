"""The networks as they run: one thread each, for all work side by side is windows and sentences of one text."""

from __future__ import annotations

from functools import cache
from typing import Any

from fabula.nets.pieces import tokenizer
from fabula.weights import weights


@cache
def session(name: str) -> Any:
    """Open a network once a process.

    Args:
        name: of its file among the weights.

    Raises:
        WeightsError: when a file of the weights is missing or damaged.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights().folder / name), options, providers=["CPUExecutionProvider"])


@cache
def shared_tokenizer() -> Any:
    """Open the tokenizer of all networks once a process.

    Raises:
        WeightsError: when a file of the weights is missing or damaged.
    """
    return tokenizer(weights().folder / "tokenizer.json")
