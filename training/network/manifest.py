"""The list of the network's files: written anew by every export, so that none forgets the files of another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from fabula.weights import VERSION

FILES = ("reader.onnx", "linker.npz", "tokenizer.json", "sentences.onnx")
"""In the order of the list; what the checksum of all together is made of."""


def write_manifest(
    folder: Path, labels: Mapping[str, Sequence[str]] | None = None, *, version: int | None = None
) -> None:
    """Write `manifest.json` for the files that are in a folder.

    Args:
        folder: of the weights.
        labels: of the reader network's tag sets; None for those that the list there already has.
        version: of the files' meaning; None for the one that the list there already has.
    """
    stated = folder / "manifest.json"
    before = json.loads(stated.read_text("utf-8")) if stated.is_file() else {"version": VERSION, "labels": {}}
    manifest = {
        "version": before["version"] if version is None else version,
        "files": {name: _checksum(folder / name) for name in FILES if (folder / name).is_file()},
        "labels": before["labels"] if labels is None else {name: list(known) for name, known in labels.items()},
    }
    stated.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
