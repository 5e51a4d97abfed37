import io
import json
import os
import subprocess
import sys

import pytest

from fabula.cli import main, run, streams

TEXT = "“It’s late,” said Zoë. ‘Too late—far too late…’ said Ida. “Ω!”\n"


class Broken(io.StringIO):
    """A standard output that cannot be written."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, _):
        raise self.error

    def fileno(self):
        raise io.UnsupportedOperation


@pytest.fixture
def novel(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "novel.txt").write_text(TEXT, "utf-8")
    return "novel.txt"


def prepared_old_output(monkeypatch):
    """Make standard output one of an encoding of old; return what takes its bytes."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    streams.prepare()
    return raw


COMMANDS = [
    ["read", "novel.txt"],
    ["cast", "novel.txt"],
    ["verify", "novel.txt"],
    ["export", "novel.txt", "--to", "json"],
    ["report", "novel.txt", "-o", "-"],
    ["--help"],
    ["--version"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_output_that_is_full_is_one_line_and_exit_code_2(novel, monkeypatch, capsys, words):
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "No space left on device")))
    assert run(words, debug=False) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("fabula: the output cannot be written (No space left on device). Make room")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_reader_that_has_gone_is_no_error(novel, monkeypatch, capsys, words):
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError(32, "Broken pipe")))
    assert run(words, debug=False) == 0
    assert "Broken" not in capsys.readouterr().err


def test_a_closed_output_fails_when_it_is_written_and_a_closed_input_is_empty(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.prepare()
    with sys.stdin, sys.stderr:
        assert sys.stdin.read() == ""
        sys.stderr.write("lost")
    sys.stdout.write("data")
    with pytest.raises(OSError, match="Bad file descriptor"):
        sys.stdout.flush()
    streams.give_up_output()
    sys.stdout.close()


def test_messages_that_cannot_be_shown_fail_nothing(novel, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Broken(OSError(28, "No space left on device")))
    assert run(["read", "nowhere.txt"], debug=False) == 2
    assert run(["read", "novel.txt", "-o", "novel.fabula"], debug=False) == 0


def test_messages_never_steer_the_terminal(novel, capsys):
    run(["read", "a\x1b[31m\u202eb\nc\udcff.txt"], debug=False)
    told = capsys.readouterr().err
    assert told.startswith("fabula: a\ufffd[31mb c\\xff.txt: there is no such file.")
    assert told.count("\n") == 1


def test_what_an_old_encoding_lacks_is_written_as_near_as_can_be(monkeypatch):
    old_output = prepared_old_output(monkeypatch)
    sys.stdout.write("“It’s ▍███ — Ωő…” é\n")
    sys.stdout.flush()
    assert old_output.getvalue().decode("cp1252") == "“It’s |### — ?o…” é\r\n"


@pytest.mark.parametrize(("command", "shown"), [("read", "Cast"), ("cast", "Lines"), ("report", "Scenes")])
def test_a_summary_fits_any_encoding(novel, monkeypatch, command, shown):
    old_output = prepared_old_output(monkeypatch)
    assert run([command, novel], debug=False) == 0
    assert shown in old_output.getvalue().decode("cp1252")


def test_data_is_utf_8_whatever_the_system_prefers(novel, monkeypatch):
    old_output = prepared_old_output(monkeypatch)
    assert run(["export", novel, "--to", "jsonl"], debug=False) == 0
    written = old_output.getvalue()
    assert b"\r" not in written
    words = "".join(json.loads(line)["text"] for line in written.decode().splitlines())
    assert "".join(words.split()) == "".join(TEXT.split())


def test_a_terminal_of_no_width_still_shows_the_tables(novel, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "0")
    assert run(["cast", novel], debug=False) == 0
    assert "Lines" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
@pytest.mark.parametrize("closed", ["stdin", "stdout", "stderr"])
def test_a_process_with_a_stream_closed(novel, closed):
    number = ("stdin", "stdout", "stderr").index(closed)
    words = [sys.executable, "-m", "fabula", "verify", "novel.txt"]
    code = f"import os; os.close({number}); os.execv({sys.executable!r}, {words!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == (2 if closed == "stdout" else 0), done.stderr
    assert done.stderr.count("\n") == (1 if closed == "stdout" else 0)


def test_main_ends_the_process_with_the_exit_code(novel, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["read", "nowhere.txt"])
    assert ended.value.code == 2
