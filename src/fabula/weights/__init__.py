"""What was trained: the network's files, their checksums (`manifest.json`), their origin (`MODEL_CARD.md`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from fabula.errors import WeightsError

VERSION = 3
"""Of the files' meaning; `manifest.json` must name the same."""
_ADVICE = "Install Fabula again"


@dataclass(frozen=True, slots=True)
class Weights:
    """Checked weights.

    Attributes:
        folder: where the files are.
        labels: name of each tag set to its labels, in the order of the network's classes.
        checksum: of all files together, as provenance names it.
    """

    folder: Path
    labels: Mapping[str, tuple[str, ...]]
    checksum: str


@cache
def weights() -> Weights:
    """Return the weights that came with the package, checked once a process.

    Raises:
        WeightsError: when a file is missing or is not the one that was trained.
    """
    with as_file(files(__name__)) as folder:
        return checked(folder)


def checked(folder: Path) -> Weights:
    """Return the weights in a folder, after a look at every file.

    Args:
        folder: with `manifest.json` and the files it names.

    Raises:
        WeightsError: when a file is missing or is not the one that was trained.
    """
    stated = folder / "manifest.json"
    try:
        manifest = json.loads(stated.read_text("utf-8"))
        version, sums = int(manifest["version"]), dict(manifest["files"])
        labels = {name: tuple(values) for name, values in manifest["labels"].items()}
    except OSError as error:
        raise WeightsError("the list of the network's files is missing", where=str(stated), advice=_ADVICE) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise WeightsError("the list of the network's files is damaged", where=str(stated), advice=_ADVICE) from error
    if version != VERSION:
        raise WeightsError(
            f"the network is of version {version}, this program reads version {VERSION}",
            where=str(stated),
            advice=_ADVICE,
        )
    for name, wanted in sums.items():
        _check(folder / name, wanted)
    return Weights(folder, labels, hashlib.sha256("".join(sums.values()).encode()).hexdigest()[:16])


def _check(file: Path, wanted: str) -> None:
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise WeightsError("a file of the network is missing", where=str(file), advice=_ADVICE) from error
    if found != wanted:
        raise WeightsError(
            "a file of the network is not the one that was trained (its checksum differs)",
            where=str(file),
            advice=_ADVICE,
        )
