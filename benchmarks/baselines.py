"""The simplest thing that could work, to measure against.

    python -m benchmarks.baselines GOLD_DIR OUT_DIR

Quotations by pairing marks: in each paragraph (text between blank lines), from one double mark, straight or
curly, to the next; everything between is taken for speech. Predictions have the schema `fabula-gold/1` and hold
quotations only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

from fabula.spans import Span

_BLANK = re.compile(r"\n[ \t]*\n")
_PAIR = re.compile(r'["“”][^"“”]+["“”]')


def paired_marks(text: str) -> list[Span]:
    """Return what stands between double quotation marks, marks included, by pairing them in each paragraph."""
    edges = [0, *(blank.end() for blank in _BLANK.finditer(text)), len(text)]
    return [Span(*pair.span()) for start, end in pairwise(edges) for pair in _PAIR.finditer(text, start, end)]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    files = sorted(options.gold.rglob("*.json"))
    if not files:
        print(f"{options.gold}: no *.json there", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    for file in files:
        document = json.loads(file.read_text("utf-8"))
        quotes = [{"id": f"Q{n}", "spans": [list(span)]} for n, span in enumerate(paired_marks(document["text"]))]
        answer = {"schema": "fabula-gold/1", "doc_id": document.get("doc_id") or file.stem, "quotes": quotes}
        (options.out / file.name).write_text(json.dumps(answer), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
