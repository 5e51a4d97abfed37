"""From a folder of gold documents to a folder of predictions: what the predictors share."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fabula.errors import FabulaError, InputError
from fabula.output import make_folder, write_whole

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
    return answer_folder(description, lambda gold, out: _answer_all(gold, out, answer), words)


def answer_folder(description: str | None, answer_all: Callable[[Path, Path], int], words: list[str] | None) -> int:
    """Run a command from a folder to a folder; returns its exit code.

    Args:
        description: of the command, for its help.
        answer_all: reads the first folder, writes the second, and returns how many documents it read.
        words: of the command line, `GOLD_DIR OUT_DIR`; None takes those of the process.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    options = parser.parse_args(words)
    try:
        count = answer_all(options.gold, options.out)
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{count} documents read, predictions in {options.out}", file=sys.stderr)
    return 0


def _answer_all(gold: Path, out: Path, answer: Callable[[str, str], dict[str, Any]]) -> int:
    files = sorted(gold.rglob("*.json"))
    if not files:
        raise InputError("no *.json there", where=str(gold), advice="Name the folder of the gold documents")
    make_folder(out)
    for file in files:
        name, text = _document(file)
        whole = {"schema": SCHEMA, "doc_id": name, **answer(text, name)}
        write_whole(out / file.name, json.dumps(whole, ensure_ascii=False).encode("utf-8"))
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
