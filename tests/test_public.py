"""What Fabula promises to those who import it."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import fabula

SOURCE = Path(fabula.__file__).parent


def test_every_public_name_is_there_and_documented():
    assert fabula.__all__ == sorted(fabula.__all__)
    for name in fabula.__all__:
        assert inspect.getdoc(getattr(fabula, name)), name


def test_no_public_name_is_hidden_by_a_module_of_its_name():
    """Importing `fabula.report` puts the module in the place of whatever `fabula` has of that name."""
    modules = {file.stem for file in SOURCE.iterdir()}
    assert not modules & set(fabula.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        fabula.nonsense  # noqa: B018


def _public(tree):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
                )


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda file: str(file.relative_to(SOURCE)))
def test_every_public_definition_has_a_docstring_and_types(file):
    tree = ast.parse(file.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{file.name} says nothing of itself"
    for node in _public(tree):
        assert ast.get_docstring(node), f"{file.name}:{node.lineno} {node.name}"
        if isinstance(node, ast.FunctionDef):
            assert node.returns is not None, f"{file.name}:{node.lineno} {node.name}"


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda file: str(file.relative_to(SOURCE)))
def test_house_limits(file):
    source = file.read_text("utf-8")
    assert source.count("\n") <= 500, f"{file.name} is too long to be read in one go"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 80, f"{file.name}:{node.lineno} {node.name}"


def test_importing_fabula_imports_nothing_heavy():
    heavy = {"numpy", "lxml", "docx", "rich", "jinja2", "sqlite3", "typer", "markdown_it"}
    code = "import sys, fabula; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not heavy & set(loaded)


def test_help_imports_nothing_of_the_analysis():
    code = "import sys, fabula.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "lxml", "docx", "jinja2", "sqlite3", "rich.progress"} & set(loaded)
