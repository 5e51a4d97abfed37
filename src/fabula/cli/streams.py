"""Standard input, output and error as they are found: closed, full, or in an encoding of old.

What a person reads may lose its ornaments there; what a program reads is UTF-8, whole, or the command fails.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import TextIO

from fabula.visible import visible

_PLAIN = {"█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "#", "▍": "|", "▎": "|", "▏": "|", "·": "-"} | {
    mark: plain for marks, plain in (("“”„‟«»", '"'), ("‘’‚‛", "'"), ("–—―─━‐‑", "-"), ("…", ".")) for mark in marks
}


def prepare() -> None:
    """Make the streams usable, once, at the start of the process.

    A closed input is empty; messages to a closed standard error are lost; data for a closed standard output fails
    when it is written, as on a full disk. What an output's encoding lacks is written as the nearest ASCII.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123 - open until the process ends
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115, PTH123 - every write fails
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123
    codecs.register_error("fabula-plain", _plain)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="fabula-plain")


def data_output() -> TextIO:
    r"""Return standard output for data: UTF-8 and `\n`, whatever the system's habits."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")
    return sys.stdout


def say(message: str) -> None:
    """Write one line to standard error, as far as it can be: there is nowhere to complain of it.

    Args:
        message: shown without what would steer a terminal, and without its line ends.
    """
    with suppress(OSError, ValueError):
        print(visible(" ".join(message.split())), file=sys.stderr, flush=True)  # noqa: T201 - what this is for


def give_up_output() -> None:
    """Turn standard output to nowhere, so that the end of the process does not fail once more over what is left."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Write the nearest ASCII for what cannot be encoded: one character for one, so that columns stay."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_nearest, error.object[error.start : error.end])), error.end


def _nearest(char: str) -> str:
    first = unicodedata.normalize("NFKD", char)[0]
    return _PLAIN.get(char) or (first if first.isascii() else "?")
