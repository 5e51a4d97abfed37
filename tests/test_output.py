from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from fabula.errors import OutputError
from fabula.output import check_folder, write_all_whole, write_whole
from fabula.store import check_replaceable, load, save
from fabula.store.saving import packed
from fabula.story import Metadata, Story, Telling
from tests.store.small import small_story

ROOT = Path(__file__).parents[1]
BIG = Story((Telling("big", "word " * 40_000),))


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def saving(folder: Path, before: str) -> subprocess.CompletedProcess[str]:
    """Run a process that does something to itself and then saves a big story over an old one."""
    program = f"""
        import os, resource, signal, sys
        from fabula.errors import OutputError
        from fabula.store import save
        from tests.test_output import BIG
        {before}
        try:
            save(BIG, sys.argv[1])
        except OutputError as error:
            print(error)
            sys.exit(2)
    """
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", textwrap.dedent(program), str(folder / "story.fabula")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


KILLED = {
    "once the new bytes are written, before they are safe": (
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)",
        signal.SIGKILL,
    ),
    "just before the new file takes the old one's place": (
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)",
        signal.SIGKILL,
    ),
    "in the midst of writing, at the ten thousandth byte": (
        "signal.signal(signal.SIGXFSZ, signal.SIG_DFL); resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))",
        signal.SIGXFSZ,
    ),
}


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("before", "by"), KILLED.values(), ids=KILLED)
@pytest.mark.parametrize("existed", [True, False])
def test_a_killed_save_leaves_the_old_file_whole(tmp_path, before, by, existed) -> None:
    path = tmp_path / "story.fabula"
    if existed:
        save(small_story(), path)
    done = saving(tmp_path, before)
    assert done.returncode == -by, done.stderr
    left_behind = [name for name in names(tmp_path) if name != "story.fabula"]
    assert len(left_behind) == 1
    assert left_behind[0].startswith(".fabula-")
    assert path.exists() == existed
    if existed:
        assert load(path) == small_story()
    save(BIG, path)
    assert load(path) == BIG


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_else(tmp_path) -> None:
    save(small_story(), tmp_path / "story.fabula")
    done = saving(tmp_path, "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))")
    assert (done.returncode, done.stderr) == (2, "")
    assert "no room left" in done.stdout
    assert names(tmp_path) == ["story.fabula"]
    assert load(tmp_path / "story.fabula") == small_story()


def test_an_interrupt_cleans_up(tmp_path, monkeypatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(small_story(), tmp_path / "story.fabula")
    assert names(tmp_path) == []


def test_an_existing_story_is_replaced_whole(tmp_path) -> None:
    path = tmp_path / "story.fabula"
    save(BIG, path)
    path.chmod(0o640)
    save(small_story(), path)
    assert load(path) == small_story()
    assert path.read_bytes() == packed(small_story())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(tmp_path) == ["story.fabula"]


def test_a_link_stays_a_link(tmp_path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "story.fabula"
    link.symlink_to(tmp_path / "there" / "real.fabula")
    save(small_story(), link)
    assert link.is_symlink()
    assert load(tmp_path / "there" / "real.fabula") == small_story()


OTHERS = {
    "novel.txt": b"It was a dark and stormy night.\n",
    "short.fabula": b"x",
    "photos.db": b"SQLite format 3\0" + bytes(84) + b"rows",
}


@pytest.mark.parametrize(("name", "data"), OTHERS.items(), ids=OTHERS)
def test_a_file_that_is_no_story_is_left_alone(tmp_path, name, data) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(OutputError, match="left as it is") as refused:
        save(small_story(), path)
    assert str(path) in str(refused.value)
    assert refused.value.advice
    assert path.read_bytes() == data
    assert names(tmp_path) == [name]


def test_an_empty_or_damaged_story_file_may_be_replaced(tmp_path) -> None:
    path = tmp_path / "story.fabula"
    for data in (b"", packed(BIG)[:5000]):
        path.write_bytes(data)
        save(small_story(), path)
        assert load(path) == small_story()


def test_places_that_cannot_be_written_are_named_before_any_work(tmp_path) -> None:
    cases = {
        tmp_path: "a folder",
        tmp_path / "missing" / "story.fabula": "folder does not exist",
        tmp_path / ("x" * 300): "cannot be written",
        Path("bad\0name.fabula"): "cannot be written",
        Path(os.devnull): "a device",
    }
    for path, what in cases.items():
        with pytest.raises(OutputError, match=what) as refused:
            check_replaceable(path)
        assert refused.value.advice
        with pytest.raises(OutputError, match=what):
            save(small_story(), path)
    assert names(tmp_path) == []


def test_a_read_only_file_is_not_replaced(tmp_path, monkeypatch) -> None:
    path = tmp_path / "story.fabula"
    save(BIG, path)
    # The superuser may write everywhere, so ask as somebody else would be answered.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="may not be changed"):
        save(small_story(), path)
    assert load(path) == BIG


def test_a_forbidden_folder_is_named(tmp_path, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="no permission"):
        write_whole(tmp_path / "story.fabula", b"bytes")


def test_what_no_database_can_hold_is_refused() -> None:
    half = Story((Telling("a\udc80", "words"),))
    with pytest.raises(OutputError, match="half a character"):
        packed(half)
    from fabula.spans import Span
    from fabula.story import Chapter, Provenance

    huge = Telling("a", "words").with_layer("chapters", [Chapter(Span(0, 5), "", number=10**30)], Provenance("s", 1))
    with pytest.raises(OutputError, match="of this size"):
        packed(Story((huge,)))


def test_nothing_but_the_words_decides_the_bytes(tmp_path) -> None:
    one, other = tmp_path / "one.fabula", tmp_path / "other.fabula"
    story = Story((Telling("a", "words", metadata=Metadata(title="A")),))
    save(story, one)
    save(story, other)
    assert one.read_bytes() == other.read_bytes()


def test_a_read_only_folder_is_told_before_any_work(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="no permission to write here"):
        check_replaceable(tmp_path / "story.fabula")


SET = {"a.tokens": b"new a", "b.tokens": b"new b", "c.tokens": b"new c"}


def a_set(folder: Path) -> dict[Path, bytes]:
    return {folder / name: data for name, data in SET.items()}


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_set_appears_whole_and_replaces_what_stood_there(tmp_path) -> None:
    old = tmp_path / "b.tokens"
    old.write_bytes(b"old b")
    old.chmod(0o640)
    write_all_whole(a_set(tmp_path))
    assert contents(tmp_path) == SET
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "in use")], ids=repr)
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_set_that_cannot_be_written_leaves_all_as_it_was(tmp_path, monkeypatch, error, call, good) -> None:
    before = {"a.tokens": b"old a", "c.tokens": b"old c"}
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    real, calls = getattr(os, call), []

    def fail_once(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == good + 1:
            raise error
        real(*arguments)

    monkeypatch.setattr(os, call, fail_once)
    with pytest.raises(OutputError, match=r"[abc]\.tokens: "):
        write_all_whole(a_set(tmp_path))
    assert contents(tmp_path) == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_interrupted_set_leaves_nothing(tmp_path, monkeypatch, call) -> None:
    real, calls = getattr(os, call), []

    def interrupt(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(os, call, interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_all_whole(a_set(tmp_path))
    assert names(tmp_path) == []


def test_a_set_with_a_place_that_is_taken_by_a_folder_is_not_begun(tmp_path) -> None:
    (tmp_path / "c.tokens").mkdir()
    with pytest.raises(OutputError, match="this is a folder"):
        write_all_whole(a_set(tmp_path))
    assert names(tmp_path) == ["c.tokens"]


def test_a_folder_may_still_have_to_be_made_but_not_below_a_file(tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    check_folder(tmp_path)
    check_folder(tmp_path / "new" / "newer")
    for place in (tmp_path / "file", tmp_path / "file" / "new"):
        with pytest.raises(OutputError, match="this is a file, not a folder"):
            check_folder(place)
    for place in (Path("bad\0name"), tmp_path / ("x" * 300)):
        with pytest.raises(OutputError, match="cannot be written"):
            check_folder(place)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="no permission"):
        check_folder(tmp_path / "new")
    assert names(tmp_path) == ["file"]
