import argparse
import subprocess
from pathlib import Path

import pytest

from benchmarks.align_once import Aligned
from benchmarks.peers import collatex
from benchmarks.peers.collation_child import by_difflib
from benchmarks.tables_tellings import collation_section, scale_section

TALE = "Ida rowed out at dawn and came back at noon without the net. " * 20
OPTIONS = argparse.Namespace(sizes=[10, 20], more=[40], minutes=0.5, runs=1)
RESULT = {
    "command": "python -m benchmarks.peers.collatex",
    "date": "2026-01-02",
    "after": "abc",
    "machine": {"python": "3.11", "cores": 2, "processor": "P"},
}


@pytest.fixture
def fabula_takes_half_a_second(monkeypatch):
    monkeypatch.setattr(collatex, "aligned", lambda a, b, runs: Aligned(0.3, 0.2, 50.4, 3, 4))


def test_difflib_lines_up_words():
    assert by_difflib("a b c d".split(), "a x c d".split()).pairs == [(0, 0), (2, 2), (3, 3)]


def test_a_peer_that_was_stopped_is_not_tried_on_longer_witnesses(fabula_takes_half_a_second, monkeypatch):
    tried = []

    def collated(python, program, a, b, minutes):
        tried.append((program, len(a), minutes))
        return None if program == "collatex" else collatex.Collated(0.1, 20.6, [])

    monkeypatch.setattr(collatex, "collated", collated)
    rows = collatex.all_measured(Path("python"), TALE, OPTIONS)
    assert tried == [("collatex", 10, 0.5), ("difflib", 10, 0.5), ("difflib", 20, 0.5), ("difflib", 40, 0.5)]
    assert rows[0] == {
        "words": 10,
        "fabula": {"aligning_s": 0.2, "with_reading_s": 0.5, "peak_mib": 50},
        "collatex": {"stopped_after_s": 30},
        "difflib": {"seconds": 0.1, "peak_mib": 21},
    }
    assert "collatex" not in rows[1]


def test_a_run_that_takes_too_long_is_stopped(monkeypatch):
    def run(command, *, seconds):
        assert seconds == 30
        raise subprocess.TimeoutExpired(command, seconds)

    monkeypatch.setattr(collatex, "run", run)
    assert collatex.collated(Path("python"), "difflib", ["a"], ["a"], 0.5) is None


def test_the_page_shows_ratios_and_what_was_stopped():
    own = {"aligning_s": 0.2, "with_reading_s": 0.5, "peak_mib": 50}
    rows = [
        {"words": 1000, "fabula": own, "collatex": {"seconds": 7.0}, "difflib": {"seconds": 0.05}},
        {"words": 4000, "fabula": own, "collatex": {"stopped_after_s": 600}, "difflib": {"seconds": 2.0}},
        {"words": 8000, "fabula": own, "difflib": {"seconds": 20.0}},
    ]
    page = collation_section({**RESULT, "figures": {"rows": rows}})
    assert "| 1,000 | 0.5 | 0.2 | 7 | 14 | 35 | 0.05 | 0.1 | 0.25 |" in page
    assert "| 4,000 | 0.5 | 0.2 | more than 600 | > 1,200 | > 3,000 | 2 | 4 | 10 |" in page
    assert "| 8,000 | 0.5 | 0.2 | – | – | – | 20 | 40 | 100 |" in page
    assert "| ---" not in collation_section(None)


def test_the_page_shows_how_cost_grows():
    row = {"words": 10_000, "reading_s": 2.0, "aligning_s": 0.5, "peak_mib": 90, "links": 1200, "changes": 70}
    assert "| 10,000 | 2.0 | 0.5 | 50 | 90 | 1,200 | 70 |" in scale_section({**RESULT, "figures": {"rows": [row]}})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.txt"], "none.txt: cannot be read"),
        (["tale.txt", "--sizes", "9999"], "the text has 260 words, not 32,000"),
        (["tale.txt", "--runs", "0"], "--runs: at least 1"),
        (["tale.txt", "--sizes", "0"], "at least 1 word"),
        (["tale.txt", "--sizes", "10", "--more", "20", "--environment", "."], "no Python environment"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("tale.txt").write_text(TALE, "utf-8")
    assert collatex.main(arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
