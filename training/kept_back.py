"""Which novels the network does not learn from, so that it can be seen on them how far it is to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_EVERY = 3


def kept_back(files: Sequence[Path]) -> list[Path]:
    """Return the novels kept back: every third.

    Args:
        files: all novels of the training part, in order.
    """
    return list(files[_EVERY - 1 :: _EVERY])
