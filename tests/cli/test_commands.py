import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import fabula
from fabula import __version__
from fabula.cli import run

NOVEL = """CHAPTER I

"Are you coming, Mr. Reed?" said Anna Marsh. "The boat is waiting."

"I am not," said Mr. Reed.

Anna turned to the window. "Then I shall go alone."

CHAPTER II

"You came after all!" cried Anna.
"""


@pytest.fixture
def novel(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("novel.txt").write_text(NOVEL, "utf-8")
    return "novel.txt"


def ran(capsys, *words):
    code = run(list(words), debug=False)
    out, err = capsys.readouterr()
    return code, out, err


def test_read_shows_a_summary_and_keeps_nothing_unasked(novel, capsys):
    code, out, err = ran(capsys, "read", novel)
    assert code == 0
    assert "Anna Marsh" in out
    assert err == "To keep this, add -o novel.fabula. To see it as a page: fabula report novel.txt -o novel.html\n"
    assert [file.name for file in Path().iterdir()] == [novel]


def test_read_keeps_the_story_and_every_command_opens_it(novel, capsys):
    assert ran(capsys, "read", novel, "-o", "novel.fabula", "-q") == (0, "", "")
    code, out, _ = ran(capsys, "cast", "novel.fabula")
    assert code == 0
    assert "Anna Marsh" in out
    assert "every word once and in order" in ran(capsys, "verify", "novel.fabula")[1]
    assert (
        ran(capsys, "export", "novel.fabula", "--to", "jsonl")[1] == ran(capsys, "export", novel, "--to", "jsonl")[1]
    )


def test_the_cast_sheet_is_a_table_where_the_ending_or_to_says_so(novel, capsys):
    assert ran(capsys, "cast", novel, "-o", "cast.csv") == (0, "", "written: cast.csv\n")
    assert Path("cast.csv").read_text("utf-8-sig").startswith("telling,role,name,")
    code, out, err = ran(capsys, "cast", novel, "--to", "json")
    assert (code, err) == (0, "")
    assert "Anna Marsh" in [entry["name"] for entry in json.loads(out)["cast"]]
    assert ran(capsys, "cast", novel, "-o", "cast.txt", "-q") == (0, "", "")
    assert Path("cast.txt").read_text("utf-8").splitlines()[0].split() == ["Name", "Lines", "Words", "Mostly", "to"]
    assert ran(capsys, "cast", novel, "--to", "text")[1] == ran(capsys, "cast", novel)[1]


def test_the_casts_of_several_tellings_stand_under_their_names(novel, capsys):
    Path("again.txt").write_text(NOVEL, "utf-8")
    out = ran(capsys, "cast", novel, "again.txt")[1]
    assert out.index("novel") < out.index("Anna Marsh") < out.index("again")


def test_reading_twice_writes_the_same_bytes(novel, capsys):
    ran(capsys, "read", novel, "-o", "a.fabula", "-q")
    ran(capsys, "read", novel, "-o", "b.fabula", "-q")
    assert Path("a.fabula").read_bytes() == Path("b.fabula").read_bytes()


def test_an_existing_story_is_replaced_whole(novel, capsys):
    ran(capsys, "read", novel, "-o", "novel.fabula", "-q")
    Path("novel.txt").write_text('"Gone," said Mr. Reed.\n', "utf-8")
    assert ran(capsys, "read", novel, "-o", "novel.fabula", "-q")[0] == 0
    texts = [
        json.loads(line)["text"] for line in ran(capsys, "export", "novel.fabula", "--to", "jsonl")[1].splitlines()
    ]
    assert texts == ['"Gone,"', "said Mr. Reed."]


def test_progress_counts_on_over_several_tellings(novel):
    Path("second.txt").write_text(NOVEL, "utf-8")
    told = []
    fabula.read(novel, "second.txt", progress=lambda *words: told.append(words))
    begun = [step for step in told if isinstance(step[1], int)]
    assert [number for _, number, _ in begun] == list(range(1, len(begun) + 1))
    assert {of for _, _, of in told} == {len(begun)}
    assert told[0][0] == "novel: structure"
    assert told[-1][0] == "second: world"


def test_report_is_one_page(novel, capsys):
    code, out, err = ran(capsys, "report", novel, "-o", "report.html")
    assert (code, out, err) == (0, "", "written: report.html\n")
    assert Path("report.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("texts", "output"),
    [
        (["novel.txt"], "novel.txt"),
        (["book", "novel.txt"], "./novel.txt"),
        (["book"], "book/1.txt"),
        (["book"], "book/fabula.toml"),
        (["novel.txt"], "corrections.toml"),
        (["novel.fabula"], "novel.fabula"),
    ],
)
@pytest.mark.parametrize("command", [["report"], ["export", "--to", "csv"]])
def test_what_is_read_is_never_replaced(novel, capsys, command, texts, output):
    Path("book").mkdir()
    Path("book/1.txt").write_text(NOVEL, "utf-8")
    Path("book/fabula.toml").write_text('chapters = ["1.txt"]', "utf-8")
    Path("corrections.toml").write_text("# none yet", "utf-8")
    ran(capsys, "read", novel, "-o", "novel.fabula", "-q")
    before = {file: file.read_bytes() for file in Path().rglob("*") if file.is_file()}
    code, _, err = ran(capsys, *command, *texts, "-o", output)
    assert code == 2
    assert "this would replace what is read" in err
    assert {file: file.read_bytes() for file in Path().rglob("*") if file.is_file()} == before


def test_a_report_is_no_text_and_is_passed_over_in_a_folder(novel, capsys):
    Path("book").mkdir()
    Path("book/1.txt").write_text(NOVEL, "utf-8")
    assert ran(capsys, "report", "book", "-o", "book/report.html")[0] == 0
    assert ran(capsys, "export", "book", "--to", "jsonl", "-o", "book/script.jsonl")[0] == 0
    assert ran(capsys, "export", "book", "--to", "jsonl")[1] == Path("book/script.jsonl").read_text("utf-8")
    code, _, err = ran(capsys, "report", novel, "book/report.html")
    assert code == 2
    assert "book/report.html: this is a report that Fabula wrote, not a text" in err
    assert "say -o book/report.html" in err


def test_standard_input_is_read(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOVEL.encode())))
    code, out, _ = ran(capsys, "export", "-", "--to", "jsonl")
    assert code == 0
    assert json.loads(out.splitlines()[1])["text"] == '"Are you coming, Mr. Reed?"'


def test_corrections_beside_the_text_are_obeyed_and_missing_ones_told(novel, capsys):
    Path("corrections.toml").write_text(
        '[[speaker]]\nquote = "Then I shall go alone"\nspeaker = "Mr. Reed"\n\n'
        '[[speaker]]\nquote = "words that were cut"\nspeaker = "Anna"\n',
        "utf-8",
    )
    lines = [json.loads(line) for line in ran(capsys, "export", novel, "--to", "jsonl")[1].splitlines()]
    assert [line["speaker"] for line in lines if "go alone" in line["text"]] == ["Mr. Reed"]
    assert [line["confidence"] for line in lines if "go alone" in line["text"]] == [1.0]
    told = ran(capsys, "read", novel)[1]
    assert "Your corrections: 1 of 2 apply." in told
    assert "corrections.toml:5: “words that were cut” stands nowhere in novel" in told


def test_a_correction_may_be_for_a_text_beside_but_not_for_none(novel, capsys):
    Path("second.txt").write_text(NOVEL, "utf-8")
    entry = '[[speaker]]\nquote = "Then I shall go alone"\nspeaker = "Mr. Reed"\ntelling = "{}"\n\n'
    Path("corrections.toml").write_text(entry.format("second") + entry.format("secnd"), "utf-8")
    told = ran(capsys, "read", novel)[1]
    assert "Your correction does not apply." in told
    assert "corrections.toml:6: there is no telling “secnd”; did you mean “second”?" in told


def test_without_words_the_help_is_shown(capsys):
    code, out, err = ran(capsys)
    assert (code, err) == (0, "")
    assert "Usage: fabula" in out
    assert "..." not in out.partition("Commands:")[2]


def test_a_stop_says_that_no_file_is_half_written(novel, capsys, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("fabula.api.read", stopped)
    assert ran(capsys, "read", novel) == (130, "", "fabula: stopped; no file is half-written\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["raed", "novel.txt"], "Did you mean 'read'?"),
        (["read"], "Missing argument 'FILE' (see fabula read --help)"),
        (["read", "--nope", "novel.txt"], "--nope"),
        (["export", "novel.txt"], "'--to'"),
        (["read", "nowhere.txt"], "nowhere.txt"),
        (["read", "empty.txt"], "empty"),
        (["read", "picture.txt"], "PNG"),
        (["cast", "novel.fabula"], "novel.fabula"),
        (["export", "novel.txt", "--to", "pdf"], "no export called 'pdf'"),
        (["cast", "novel.txt", "--to", "pdf"], "no export called 'pdf'"),
        (["read", "novel.txt", "-o", "nowhere/novel.fabula"], "nowhere"),
        (["read", "novel.txt", "-o", "novel.txt"], "novel.txt"),
        (["report", "novel.txt", "-o", "."], "folder"),
        (["read", "novel.txt", "-o", "page.html"], "For a page: fabula report … -o page.html"),
        (["report", "novel.txt", "-o", "kept.fabula"], "For a story file: fabula read … -o kept.fabula"),
        (["read", "book.epub"], "book.epub"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(novel, capsys, words, message):
    Path("empty.txt").write_bytes(b" \n")
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    Path("book.epub").write_bytes(b"PK\x03\x04 cut short")
    before = sorted([file.name for file in Path().iterdir()])
    code, out, err = ran(capsys, *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert message in err
    assert "Traceback" not in err
    assert sorted([file.name for file in Path().iterdir()]) == before
    assert Path("novel.txt").read_text("utf-8") == NOVEL


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["reed", "novel.txt"], "Did you mean 'read', 'review'? (see fabula --help)"),
        (["read"], "(see fabula read --help)"),
        (["read", "--loud"], "No such option: --loud (see fabula read --help)"),
        (["export", "novel.txt"], "Missing option '--to' (see fabula export --help)"),
        (["read", "novel.txt", "-o"], "-o"),
        (["read", ""], "one of the names is empty"),
        (["cast", "novel.txt\0"], "cannot be read"),
        (["cast", "x" * 300], "cannot be read"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(novel, capsys, words, message):
    code, out, err = ran(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("fabula: ")
    assert err.count("\n") == 1
    assert message in err


@pytest.mark.parametrize("command", "read cast align story review report export verify demo".split())
def test_help_speaks_of_files_and_not_of_types(capsys, command):
    code, out, err = ran(capsys, command, "--help")
    assert (code, err) == (0, "")
    assert not re.search(r"[<{]\w", out.replace("<=x", ""))
    assert command == "demo" or re.search(r"Usage: fabula \w+ \[OPTIONS\] \[?FILE\]?\.\.\.\n", out)


def test_no_words_at_all_show_the_help(capsys):
    assert ran(capsys) == ran(capsys, "--help")


@pytest.mark.parametrize("command", [["report"], ["export", "--to", "json"]], ids=" ".join)
@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("novel.txt", "novel.txt"),
        ("link.txt", "novel.txt"),
        ("novel.txt", "link.txt"),
        ("book", "book/one.txt"),
        ("book", "book/new.md"),
        ("book/fabula.toml", "book/one.txt"),
        ("novel.fabula", "novel.fabula"),
        ("novel.txt", "corrections.toml"),
        ("novel.txt", "fabula.toml"),
    ],
)
def test_no_result_replaces_what_is_read_or_stands_among_it(novel, capsys, command, text, target):
    ran(capsys, "read", novel, "-o", "novel.fabula")
    Path("link.txt").symlink_to(novel)
    Path("book").mkdir()
    Path("book/one.txt").write_text(NOVEL, "utf-8")
    if text.endswith(".toml"):
        Path(text).write_text('chapters = ["one.txt"]\n', "utf-8")
    before = {file: file.read_bytes() for file in Path().rglob("*.*") if file.is_file()}
    code, out, err = ran(capsys, *command, text, "-o", target)
    assert (code, out) == (2, "")
    assert f"{target}: this would replace what is read" in err
    assert {file: file.read_bytes() for file in Path().rglob("*.*") if file.is_file()} == before


@pytest.mark.parametrize("target", ["book/all.json", "book/.page.html", "page.html", "book/page.html~"])
def test_a_result_may_stand_beside_texts_where_it_is_not_read(novel, capsys, target):
    Path("book").mkdir()
    Path("book/one.txt").write_text(NOVEL, "utf-8")
    assert ran(capsys, "report", "book", "-o", target)[0] == 0
    assert ran(capsys, "verify", "book")[0] == 0


def test_debug_shows_the_trace_and_changes_nothing_else(novel, capsys):
    assert run(["read", "nowhere.txt"], debug=True) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Traceback")
    assert err.splitlines()[-1].startswith("fabula: nowhere.txt: there is no such file")


def test_a_full_disk_leaves_nothing_behind(novel):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))"
    ignore = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    code = f"{ignore}; {limit}; from fabula.cli import main; main(['read', '-q', 'novel.txt', '-o', 'novel.fabula'])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 2, result.stderr
    assert "no room left" in result.stderr
    assert [file.name for file in Path().iterdir()] == [novel]


def test_a_pipe_that_closes_is_no_error(novel):
    Path("novel.txt").write_text(NOVEL * 400, "utf-8")
    command = f"{sys.executable} -m fabula export novel.txt --to jsonl | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert json.loads(result.stdout)["kind"] == "heading"


def test_a_text_in_another_language_names_no_speakers_and_says_so(tmp_path, capsys):
    text = "« Où allez-vous ? » dit le vieux capitaine. Elle ne répondit pas, et il se tut avec les autres.\n\n" * 6
    (tmp_path / "conte.txt").write_text(text, "utf-8")
    code, out, _ = ran(capsys, "read", str(tmp_path / "conte.txt"))
    assert code == 0
    assert "This text is in French: only its chapters, scenes and quotations were read." in out


def test_version(capsys):
    assert ran(capsys, "--version")[1] == f"fabula {__version__}\n"
