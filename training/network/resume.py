"""Training that goes on where it was stopped."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

EVERY = 600
"""Seconds between two savings."""


class Limit(NamedTuple):
    """How long to train.

    Attributes:
        minutes: of wall time; not looked at where steps are given.
        steps: number of steps; 0 for as many as the minutes allow.
    """

    minutes: float
    steps: int

    def share(self, seconds: float, steps: int) -> float:
        """Return the share of the training that is done."""
        return steps / self.steps if self.steps else seconds / (60 * self.minutes)


class Course:
    """How far a training has come, kept in a file beside its result (`OUT.part`) until it is done.

    Args:
        out: where the result will be.
        limit: of the whole training.
        modules: what is trained, by name; filled from the file where there is one.
        optimizer: likewise.
        rng: likewise.
    """

    def __init__(
        self,
        out: Path,
        limit: Limit,
        modules: Mapping[str, nn.Module],
        optimizer: torch.optim.Optimizer,
        rng: np.random.Generator,
    ) -> None:
        self.file, self.limit = out.with_suffix(".part"), limit
        self.modules, self.optimizer, self.rng = modules, optimizer, rng
        self.steps, self.seconds = 0, 0.0
        if self.file.is_file():
            kept: dict[str, Any] = torch.load(self.file, weights_only=False)
            for name, module in modules.items():
                module.load_state_dict(kept["modules"][name])
            optimizer.load_state_dict(kept["optimizer"])
            rng.bit_generator.state = kept["rng"]
            self.steps, self.seconds = kept["steps"], kept["seconds"]
        self.began = self.saved = time.monotonic()

    @property
    def share(self) -> float:
        """The share of the training that is done, 0 to 1."""
        return self.limit.share(self.seconds + time.monotonic() - self.began, self.steps)

    def step(self) -> bool:
        """Count a step; save now and then.

        Returns:
            Whether it was saved.
        """
        self.steps += 1
        if time.monotonic() - self.saved < EVERY:
            return False
        self.save()
        return True

    def save(self) -> None:
        """Save, so that a later run goes on from here."""
        now = time.monotonic()
        self.seconds += now - self.began
        self.began = self.saved = now
        kept = {
            "modules": {name: module.state_dict() for name, module in self.modules.items()},
            "optimizer": self.optimizer.state_dict(),
            "rng": self.rng.bit_generator.state,
            "steps": self.steps,
            "seconds": self.seconds,
        }
        part = self.file.with_suffix(".writing")
        torch.save(kept, part)
        part.replace(self.file)

    def done(self) -> None:
        """Remove the file: the result is written."""
        self.file.unlink(missing_ok=True)
