import csv
import io
import json
from pathlib import Path

import pytest

from fabula import api
from fabula.cli import run
from tests.tellings.small import KEEPER, MARKET, OILMAN


@pytest.fixture
def two(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("keeper.txt").write_text(KEEPER, "utf-8")
    Path("oilman.txt").write_text(OILMAN, "utf-8")
    return "keeper.txt", "oilman.txt"


def ran(capsys, *words):
    code = run(list(words), debug=False)
    out, err = capsys.readouterr()
    return code, out, err


def test_two_tellings_are_shown_side_by_side(two, capsys):
    code, out, err = ran(capsys, "align", *two)
    assert (code, err) == (0, "")
    assert out.startswith("keeper | oilman\n")
    assert "[two hours]" in out
    assert "\x1b" not in out


def test_the_format_is_what_is_asked_for_or_what_the_ending_says(two, capsys):
    table = ran(capsys, "align", *two, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert "an hour > two hours" in [row["changes"] for row in rows]
    assert ran(capsys, "align", *two, "-o", "both.json") == (0, "", "written: both.json\n")
    assert len(json.loads(Path("both.json").read_text("utf-8"))["rows"]) == len(rows)
    assert ran(capsys, "align", *two, "-o", "both.txt", "-q") == (0, "", "")
    assert "[two" in Path("both.txt").read_text("utf-8")


def test_one_text_that_tells_the_same_twice_is_enough(two, capsys):
    Path("both.txt").write_text(f"[Marta's Point Of View]\n\n{KEEPER}\n\n[Joss's Point Of View]\n\n{OILMAN}", "utf-8")
    assert ran(capsys, "align", "both.txt")[1].startswith("both: Marta | both: Joss\n")


def test_a_story_file_of_two_tellings_is_aligned(two, capsys):
    api.save(api.align(*two), "evening.fabula")
    assert ran(capsys, "align", "evening.fabula")[1] == ran(capsys, "align", *two)[1]


def test_unrelated_texts_are_said_to_be_so(two, capsys):
    Path("market.txt").write_text(MARKET, "utf-8")
    code, out, _ = ran(capsys, "align", "market.txt", "keeper.txt")
    assert code == 0
    assert "Nothing is claimed" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["keeper.txt"], "no parts were found that tell the same"),
        (["keeper.txt", "oilman.txt", "keeper.txt"], "3 tellings cannot be aligned"),
        (["keeper.txt", "oilman.txt", "--format", "pdf"], "no export called 'pdf'"),
        (["keeper.txt", "oilman.txt", "-o", "keeper.txt"], "keeper.txt"),
        (["keeper.txt", "nowhere.txt"], "nowhere.txt"),
    ],
)
def test_what_cannot_be_aligned_is_one_clear_line(two, capsys, words, message):
    code, out, err = ran(capsys, "align", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert Path("keeper.txt").read_text("utf-8") == KEEPER
