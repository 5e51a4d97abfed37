"""Environments for other people's programs: each has its own, made once, so that nothing of it is a dependency."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import ROOT

FOLDER = ROOT / "build" / "peers"


def environment(folder: Path, name: str, requirements: Sequence[str], *, alone: Sequence[str] = ()) -> Path:
    """Return the Python of a program's environment, which is made where it is not there yet.

    Args:
        folder: where it is or shall be: an empty or new folder, or one that this function made.
        name: of the program, and what is good to know of its size; for who waits.
        requirements: packages with their versions.
        alone: further packages, without what they ask for.

    Raises:
        RuntimeError: when the folder holds something else, or an installation fails.
    """
    python, stamp = folder / "bin" / "python", folder / "installed.txt"
    wanted = "\n".join((*requirements, *alone))
    if python.is_file() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
        raise RuntimeError(f"{folder}: not empty, and no Python environment; name another folder")
    print(f"{folder}: installing {name}, once", file=sys.stderr)
    install = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    run([sys.executable, "-m", "venv", str(folder)])
    run([*install, *requirements])
    if alone:
        run([*install, "--no-deps", *alone])
    stamp.write_text(wanted, "utf-8")
    return python


def isolated(python: Path, script: Path) -> list[str]:
    """Return the command line that runs a script with that Python, untouched by this one's settings."""
    return [str(python), "-I", "-X", "utf8", "-W", "ignore", str(script)]


def run(command: Sequence[str], *, seconds: float | None = None) -> None:
    """Run a command to its end.

    Args:
        command: words of the command line.
        seconds: after which it is stopped; None for never.

    Raises:
        RuntimeError: when it fails.
        subprocess.TimeoutExpired: when it was stopped.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")


def last_words(error: Exception) -> str:
    """Return what happened in one line: of a program's last words, a traceback mostly, the last."""
    head, *rest = str(error).strip().splitlines()
    return f"{head.partition(': ')[0]}: {rest[-1].strip()}" if rest else head
