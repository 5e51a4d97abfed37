import json

import pytest

from benchmarks.peers import booknlp, environments
from benchmarks.process import Cost
from benchmarks.tables import peer_section

REPORT = {
    "imports_s": 2.0,
    "stages_s": {"startup": 1.0, "spacy": 4.0},
    "reading_s": 30.0,
    "found": {"tokens": 12, "mentions_by_rule": 3, "forms": {"PRON": 3}, "quotes": 1},
    "threads": 2,
    "versions": {"booknlp": "1.0.8"},
}


@pytest.fixture
def pairs():
    first = booknlp.Pair(Cost(60.0, 100.0, 3000.0), REPORT, Cost(3.0, 4.0, 100.0), 0.5)
    second = booknlp.Pair(Cost(40.0, 110.0, 2900.0), {**REPORT, "reading_s": 36.0}, Cost(4.0, 5.0, 120.0), 2.0)
    return [first, second]


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "tale.txt"
    file.write_text("“Row,” said Ida.\n", "utf-8")
    return file


def test_the_best_run_of_each_is_compared(pairs):
    summary = booknlp.summary(pairs)
    assert summary["minima"]["booknlp"] == {"wall_s": 40.0, "cpu_s": 100.0, "peak_mib": 3000, "reading_s": 30.0}
    assert summary["minima"]["fabula"] == {"wall_s": 3.0, "cpu_s": 4.0, "peak_mib": 120}
    assert summary["ratios"] == {"wall": 13.3, "wall_without_start": 10.0, "cpu": 25.0, "peak": 25.0}
    assert summary["wall_ratio_by_pair"] == [20.0, 10.0]
    assert [run["load"] for run in summary["runs"]] == [0.5, 2.0]


def test_the_result_says_what_ran_and_what_was_substituted(pairs, text):
    result = json.loads(json.dumps(booknlp.document(text, "small", pairs)))
    assert result["substituted"] == list(booknlp.SUBSTITUTED)
    assert result["text"] == {"file": "tale.txt", "characters": 17, **REPORT["found"]}
    assert result["versions"]["booknlp"] == "1.0.8"
    assert {"processor", "cores", "python"} <= set(result["machine"])
    assert str(text.parent) not in json.dumps(result)
    assert "date" not in result


def test_the_page_explains_and_shows_what_there_is(pairs, text):
    bare, full = peer_section([]), peer_section([booknlp.document(text, "big", pairs)])
    for line in booknlp.SUBSTITUTED:
        assert f"- {line}\n" in bare
    assert "| ratio |" not in bare
    assert "| booknlp-big | 40.0 | 30.0 | 100.0 | 3000 |\n| fabula | 3.0 | 3.0 | 4.0 | 120 |\n" in full
    assert "| ratio | 13.3 | 10.0 | 25.0 | 25.0 |" in full


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (None, ["tale.txt"], "tale.txt: no such text file"),
        (b" \n", ["tale.txt"], "tale.txt: empty"),
        (b"\xff\xfe", ["tale.txt"], "tale.txt: cannot be read as UTF-8 text"),
        (b"Row.", ["tale.txt", "--runs", "0"], "--runs 0: at least 1"),
        (b"Row.", ["tale.txt", "--out", "nowhere/result.json"], "nowhere/result.json: cannot be written"),
        (b"Row.", ["tale.txt", "--out", "."], ".: cannot be written"),
        (b"Row.", ["tale.txt", "--environment", "."], "not empty, and no Python environment"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(make, arguments, message, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    if make is not None:
        (tmp_path / "tale.txt").write_bytes(make)
    assert booknlp.main([*arguments, "--size", "small"]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_a_program_that_fails_is_named_with_its_last_words(text, tmp_path, monkeypatch, capsys):
    def fail(*_, **__):
        raise RuntimeError("python child.py ended with 1: Traceback:\n  in line 3\nOSError: no model there\n")

    monkeypatch.setattr(booknlp, "environment", fail)
    assert booknlp.main([str(text), "--size", "small", "--out", str(tmp_path / "result.json")]) == 2
    assert capsys.readouterr().err == "python child.py ended with 1: OSError: no model there\n"
    assert not (tmp_path / "result.json").exists()


def test_a_size_that_is_none_is_named(text, capsys):
    with pytest.raises(SystemExit) as stop:
        booknlp.main([str(text), "--size", "huge"])
    assert stop.value.code == 2
    assert "huge" in capsys.readouterr().err


def test_an_environment_and_stand_ins_that_are_there_are_used_again(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(environments, "run", done.append)
    monkeypatch.setattr(booknlp, "run", done.append)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    (tmp_path / "pyvenv.cfg").touch()
    (tmp_path / "stand-ins").mkdir()
    python = _environment(tmp_path)
    booknlp.stand_ins(python, tmp_path, "small")
    made = len(done)
    assert made == 4
    assert _environment(tmp_path) == python
    assert booknlp.stand_ins(python, tmp_path, "small") == tmp_path / "stand-ins"
    assert len(done) == made
    booknlp.stand_ins(python, tmp_path, "big")
    assert len(done) == made + 1


def _environment(folder):
    return environments.environment(folder, booknlp.NAME, booknlp.REQUIREMENTS, alone=booknlp.ALONE)
