"""The mean of the weights of two courses of fine-tuning, the second begun from the first.

    python -m training.network.mean FIRST.pt SECOND.pt OUT.pt [--share 0.5]

The second course learns from more, but noisier data; the mean keeps what the first knew better.
Source: Wortsman et al. 2022, "Model soups".
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=float, default=0.5, help="of the second")
    options = parser.parse_args(arguments)
    first, second = (torch.load(file, weights_only=True) for file in (options.first, options.second))
    if first["classes"] != second["classes"]:
        raise ValueError(f"{options.first} and {options.second} know different labels")
    state = {
        name: torch.lerp(values.float(), second["state"][name].float(), options.share)
        for name, values in first["state"].items()
    }
    torch.save({**second, "state": state}, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
