"""The list of formats."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

from fabula.formats import FORMATS


def test_every_format_has_a_module_that_keeps_the_contract() -> None:
    for form in FORMATS:
        module = import_module(f"fabula.formats.{form.name}")
        assert callable(module.detects)
        assert callable(module.read)


def test_plain_text_comes_last_and_names_differ() -> None:
    assert FORMATS[-1].name == "plain"
    assert len({form.name for form in FORMATS}) == len(FORMATS)


def test_the_list_loads_no_parser() -> None:
    heavy = "lxml", "docx", "markdown_it", "charset_normalizer", "selectolax"
    code = f"import sys, fabula.formats.gather; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
