"""The order of the house: who may import whom, and what must be installed."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_import_order():
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stdout


def imported(file):
    """Yield the first part of every name that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_what_is_imported_is_asked_for():
    # A library that only comes along with another one is gone when that one no longer needs it.
    stated = SETTINGS["project"]["dependencies"]
    asked_for = {re.split(r"[^\w-]", line)[0].replace("-", "_") for line in stated}
    asked_for = {{"markdown_it_py": "markdown_it"}.get(name, name) for name in asked_for}
    used = {name for file in (ROOT / "src").rglob("*.py") for name in imported(file)}
    assert used - set(sys.stdlib_module_names) - {"fabula"} == asked_for
