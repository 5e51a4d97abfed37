"""Results as dated files, and the one table generated from the newest of them."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks" / "results"


def machine() -> dict[str, Any]:
    """Return what a reader must know of the machine to judge a time."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": _processor(),
        "cores": os.cpu_count(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor()


def keep(task: str, command: str, figures: dict[str, Any]) -> Path:
    """Write the figures of one run, with date, commit, machine and command; return the file.

    Args:
        task: name of the benchmark; one file a task and day, a later run of the day replaces it.
        command: what to type to get these figures again.
        figures: what was measured.
    """
    FOLDER.mkdir(exist_ok=True)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    document = {
        "task": task,
        "date": today,
        "after": commit,
        "command": command,
        "machine": machine(),
        "figures": figures,
    }
    file = FOLDER / f"{today}-{task}.json"
    file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return file


def newest(task: str) -> dict[str, Any] | None:
    """Return the newest result of a task; None where there is none."""
    files = sorted(FOLDER.glob(f"????-??-??-{task}.json"))
    return json.loads(files[-1].read_text("utf-8")) if files else None
