"""Promises kept from end to end, by processes of their own: same bytes, nothing half-written, any surroundings."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fabula.cli import run

NOVEL = """CHAPTER I

“Are you coming, Mr. Reed?” said Anna Marsh. “The boat is waiting – now!”

“I am not,” said Mr. Reed. *Not ever*, he thought.

Anna turned to her sister Nell. “Then we shall go alone, Annie and I.”

* * *

“You came after all!” cried Nell. ‘Zoë said “no”,’ he answered.
"""

COMMANDS = [
    ["read", "-q", "novel.txt", "-o", "new.fabula"],
    ["report", "-q", "new.fabula", "-o", "new.html"],
    ["export", "-q", "new.fabula", "--to", "json", "-o", "new.json"],
]
OUTPUTS = ("new.fabula", "new.html", "new.json")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("novel.txt").write_text(NOVEL, "utf-8")
    return tmp_path


def process(code, **environment):
    """Run a program that has `fabula.cli.main` and `run` at hand."""
    head = "import os, signal, sys; from fabula.cli import main, run\n"
    return subprocess.run(
        [sys.executable, "-c", head + code], capture_output=True, check=False, env={**os.environ, **environment}
    )


def names():
    return sorted(file.name for file in Path().iterdir())


def digests():
    return [hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in OUTPUTS]


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_order_of_hashes_decides_nothing(folder, seed):
    assert [run(words, debug=False) for words in COMMANDS] == [0, 0, 0]
    here = digests()
    done = process(f"sys.exit(max(run(words, debug=False) for words in {COMMANDS}))", PYTHONHASHSEED=seed)
    assert (done.returncode, done.stderr) == (0, b"")
    assert digests() == here


INTERRUPTED = {
    "in the midst of a stage": "import fabula.language; fabula.language.find_sentences = stop",
    "once everything is read": "import fabula.store.saving; fabula.store.saving.packed = stop",
    "before the new bytes are safe": "os.fsync = stop",
    "just before the new file takes the old one's place": "os.replace = stop",
}


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("hook", INTERRUPTED.values(), ids=INTERRUPTED)
def test_an_interrupt_leaves_the_old_story_whole_and_nothing_else(folder, hook):
    assert run(["read", "-q", "novel.txt", "-o", "old.fabula"], debug=False) == 0
    old = Path("old.fabula").read_bytes()
    Path("novel.txt").write_text(NOVEL * 2, "utf-8")
    stop = "def stop(*_, **__): signal.raise_signal(signal.SIGINT)\n"
    done = process(f"{stop}{hook}\nmain(['read', 'novel.txt', '-o', 'old.fabula'])")
    assert done.returncode == 130
    assert done.stderr == b"fabula: stopped; no file is half-written\n"
    assert Path("old.fabula").read_bytes() == old
    assert names() == ["novel.txt", "old.fabula"]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_while_the_program_is_loaded_is_quiet(folder):
    code = """
import os, signal, sys
class Stop:
    def find_spec(self, name, *_):
        if name == "fabula.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
from fabula.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_an_interrupt_in_the_midst_of_a_heavy_import_is_told_without_it(folder):
    """What tells of it must not import again what could not be imported: NumPy can be loaded only once."""
    code = """
class Stop:
    def find_spec(self, name, *_):
        if name == "numpy":
            sys.modules["numpy"] = None
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
main(["read", "novel.txt"])
"""
    done = process(code)
    assert (done.returncode, done.stderr) == (130, b"fabula: stopped; no file is half-written\n")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437", "utf-8"])
def test_any_encoding_of_standard_output_will_do(folder, encoding):
    commands = [["read", "novel.txt"], ["export", "novel.txt", "--to", "jsonl"]]
    code = f"streams.prepare(); sys.exit(max(run(words, debug=False) for words in {commands}))"
    done = process(f"from fabula.cli import streams; {code}", PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stderr
    summary, export = done.stdout.split(b"{", maxsplit=1)
    assert "2 scenes" in summary.decode(encoding)
    assert "Zoë" in export.decode("utf-8")


def test_a_stream_without_end_is_refused(folder):
    with Path("/dev/zero").open("rb") as endless:
        command = [sys.executable, "-m", "fabula", "read", "-"]
        done = subprocess.run(command, stdin=endless, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"<stdin>: too large" in done.stderr


def test_two_runs_at_once_leave_one_of_their_results(folder):
    Path("other.txt").write_text("It rained.\n", "utf-8")
    results = []
    for text in ("novel.txt", "other.txt"):
        assert run(["read", "-q", text, "-o", "one.fabula"], debug=False) == 0
        results.append(Path("one.fabula").read_bytes())
    code = "import sys; from fabula.cli import main; main(['read', '-q', sys.argv[1], '-o', 'one.fabula'])"
    running = [subprocess.Popen([sys.executable, "-c", code, text]) for text in ("novel.txt", "other.txt")]
    assert [one.wait() for one in running] == [0, 0]
    assert Path("one.fabula").read_bytes() in results
    assert names() == ["novel.txt", "one.fabula", "other.txt"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signals of POSIX")
@pytest.mark.parametrize("command", [["report"], ["export", "--to", "csv"]], ids=" ".join)
def test_a_killed_command_leaves_the_old_result(folder, command):
    Path("old").write_text("old", "utf-8")
    kill = "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    done = process(f"{kill}main({[*command, 'novel.txt', '-o', 'old']!r})")
    assert done.returncode == -signal.SIGKILL
    assert Path("old").read_text("utf-8") == "old"


def test_nothing_asks_for_the_network_or_writes_elsewhere(folder):
    code = """
def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event.startswith(("socket.", "subprocess.", "os.system", "ctypes.dlopen.net")) or writes:
        print(event, arguments[:2], file=sys.stderr)
sys.addaudithook(watch)
main(["read", "-q", "novel.txt", "-o", "new.fabula"])
"""
    done = process(code, HOME="/nonexistent", TMPDIR="/nonexistent", PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 0
    told = [line for line in done.stderr.decode().splitlines() if ".fabula-" not in line]
    assert told == []
