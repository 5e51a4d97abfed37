"""The simplest thing that could work, to measure against.

    python -m benchmarks.baselines GOLD_DIR OUT_DIR

Quotations by pairing marks: in each paragraph (text between blank lines), from one double mark, straight or
curly, to the next; everything between is taken for speech. Predictions have the schema `fabula-gold/1` and hold
quotations only.
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import Any

from benchmarks.answers import write_answers
from fabula.spans import Span

_BLANK = re.compile(r"\n[ \t]*\n")
_PAIR = re.compile(r'["“”][^"“”]+["“”]')


def paired_marks(text: str) -> list[Span]:
    """Return what stands between double quotation marks, marks included, by pairing them in each paragraph."""
    edges = [0, *(blank.end() for blank in _BLANK.finditer(text)), len(text)]
    return [Span(*pair.span()) for start, end in pairwise(edges) for pair in _PAIR.finditer(text, start, end)]


def prediction(text: str, _: str) -> dict[str, Any]:
    """Return the quotations of a document."""
    return {"quotes": [{"id": f"Q{n}", "spans": [list(span)]} for n, span in enumerate(paired_marks(text))]}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return write_answers(__doc__, prediction, arguments)


if __name__ == "__main__":
    sys.exit(main())
