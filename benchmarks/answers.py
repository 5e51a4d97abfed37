"""From a folder of gold documents to a folder of predictions: what predict and baselines share."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCHEMA = "fabula-gold/1"


def write_answers(
    description: str | None, answer: Callable[[str, str], dict[str, Any]], words: list[str] | None
) -> int:
    """Answer every document of a folder from its text alone; returns the exit code of the command.

    Args:
        description: of the command, for its help.
        answer: text and name of a document to the parts of its prediction, without `schema` and `doc_id`.
        words: of the command line, `GOLD_DIR OUT_DIR`; None takes those of the process.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(words)
    files = sorted(options.gold.rglob("*.json"))
    if not files:
        print(f"{options.gold}: no *.json there", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    for file in files:
        document = json.loads(file.read_text("utf-8"))
        name = document.get("doc_id") or file.stem
        whole = {"schema": SCHEMA, "doc_id": name, **answer(document["text"], name)}
        (options.out / file.name).write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    print(f"{len(files)} documents read, predictions in {options.out}", file=sys.stderr)
    return 0
