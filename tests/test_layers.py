"""The order of the house: who may import whom."""

import ast
import subprocess
import sys
from pathlib import Path

import fabula

SOURCE = Path(fabula.__file__).parent
CHAPTERS = ("formats", "structure", "language", "people", "speech")


def test_import_order():
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert result.returncode == 0, result.stdout


def test_no_chapter_imports_another():
    for chapter in CHAPTERS:
        for file in (SOURCE / chapter).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("fabula."):
                    room = node.module.split(".")[1]
                    assert room not in CHAPTERS or room == chapter, f"{file}:{node.lineno} imports {node.module}"
