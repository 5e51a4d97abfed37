"""A folder of gold documents in, a folder of predictions out: what every predictor's command line shares."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fabula.errors import FabulaError, InputError
from fabula.output import make_folder, write_whole

Predictor = Callable[[str, str], dict[str, Any]]
"""Name and text of a document in, an answer in the schema `fabula-gold/1` out."""


def run(about: str | None, predict: Predictor, arguments: list[str] | None) -> int:
    """Run a predictor's command line, `GOLD_DIR OUT_DIR`, and return its exit code.

    Args:
        about: shown by `--help`.
        predict: told the name and the text of each document, and nothing else that is in it.
        arguments: of the command; None takes those of the process.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    options = parser.parse_args(arguments)
    try:
        count = _answer_all(options.gold, options.out, predict)
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{count} documents read, predictions in {options.out}", file=sys.stderr)
    return 0


def _answer_all(gold: Path, out: Path, predict: Predictor) -> int:
    files = sorted(gold.rglob("*.json"))
    if not files:
        raise InputError("no *.json there", where=str(gold), advice="Name the folder of the gold documents")
    make_folder(out)
    for file in files:
        doc_id, text = _document(file)
        answer = json.dumps(predict(doc_id, text), ensure_ascii=False)
        write_whole(out / file.name, answer.encode("utf-8"))
    return len(files)


def _document(file: Path) -> tuple[str, str]:
    """Return name and text of a gold document."""
    try:
        document = json.loads(file.read_text("utf-8"))
        return document.get("doc_id") or file.stem, document["text"]
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read as JSON ({error})", where=str(file)) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise InputError("no gold document: it has no field `text`", where=str(file)) from error
