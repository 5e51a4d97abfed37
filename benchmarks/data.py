"""Where the gold data and the scorers are."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """Return the folder with `litbank/`, `pdnc/`, …: `$FABULA_DATA`, else `../shared/data` beside the repository."""
    stated = os.environ.get("FABULA_DATA")
    return Path(stated) if stated else Path(__file__).resolve().parents[2] / "shared" / "data"


def scorer_folder() -> Path:
    """Return the folder with `score.py`, which stands beside the data folder."""
    return data_folder().parent / "score"
