"""Sections of the page of benchmarks."""

from __future__ import annotations

from typing import Any

from benchmarks.tables import folds_section

COURSE = {"steps": 550, "mentions": 80.0, "conll": 60.0}


def result(figures: dict[str, Any]) -> dict[str, Any]:
    machine = {"python": "3", "system": "s", "processor": "p", "cores": 2}
    return {"command": "python -m x", "date": "2020-01-01", "after": "abc", "machine": machine, "figures": figures}


def test_every_fold_has_a_row_and_all_a_mean() -> None:
    spread = {"mentions": {"mean": 81.04, "deviation": 2.0}, "conll": {"mean": 61.0, "deviation": 3.0}}
    page = folds_section(result({"development": COURSE, "folds": [COURSE, COURSE], "over_folds": spread}))
    assert page.count("| 550 |") == 3
    assert "81.0 ± 2.0" in page
    assert "fold 2" in page


def test_without_folds_there_is_no_section() -> None:
    assert folds_section(None) == ""
