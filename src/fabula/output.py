"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from fabula.errors import OutputError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file, so that everybody sees either the old one or the new one, never a part.

    The bytes go to a hidden neighbour (`.fabula-….tmp`), which takes the place of the file once it is safe on the
    disk. An error removes the neighbour; only a killed process leaves it behind, and it may then be deleted.

    Args:
        path: the file; one that exists is replaced and its permissions kept; a symbolic link is followed.
        data: all of its bytes.

    Raises:
        OutputError: when it cannot be written; an older file is then as it was.
    """
    check_writable(path)
    target = Path(os.path.realpath(path))
    temporary = _neighbour(target)
    try:
        _write(temporary, data)
        _put(temporary, target)
    except BaseException as error:
        _remove(temporary)
        if isinstance(error, OSError):
            raise _refusal(error, path) from error
        raise
    _sync_folder(target.parent)


def write_all_whole(files: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or, where one cannot be written, none.

    All are safe on the disk under hidden names, and older files copied, before the first takes its place. Only a
    process killed while they take their places leaves some new and some old, each of them whole.

    Args:
        files: path of each to all of its bytes; see `write_whole`.

    Raises:
        OutputError: when one of them cannot be written; older files are then as they were.
    """
    for path in files:
        check_writable(path)
    targets = {path: Path(os.path.realpath(path)) for path in files}
    written = {path: _neighbour(target) for path, target in targets.items()}
    older = {path: _neighbour(target) for path, target in targets.items() if target.exists()}
    moved: list[Path] = []
    try:
        for path in files:
            _write(written[path], files[path])
            if path in older:
                shutil.copy2(targets[path], older[path])
        for path in files:
            moved.append(path)
            _put(written[path], targets[path])
    except BaseException as error:
        for done in moved:
            _put_back(targets[done], older.get(done))
        if isinstance(error, OSError):
            raise _refusal(error, path) from error
        raise
    finally:
        for hidden in (*written.values(), *older.values()):
            _remove(hidden)
    for folder in {target.parent for target in targets.values()}:
        _sync_folder(folder)


def check_writable(path: str | os.PathLike[str]) -> None:
    """Make sure, before any work, that a file can be put here.

    Raises:
        OutputError: for a folder, a device, a read-only file or folder, or a folder that does not exist.
    """
    where = os.fspath(path)
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise OutputError(
                "this is a folder", where=where, advice=f"Name a file in it, such as {Path(where) / 'story.fabula'}"
            )
        if target.exists() and not target.is_file():
            raise OutputError("this is a device, not a file", where=where, advice="Name a file")
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError("this file may not be changed", where=where, advice="Choose another name")
        if not target.parent.is_dir():
            raise OutputError("its folder does not exist", where=where, advice=f"Make it first: {target.parent}")
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _refusal(error, path) from error


def check_folder(path: str | os.PathLike[str]) -> None:
    """Make sure, before any work, that files can be put into a folder, which may still have to be made.

    Raises:
        OutputError: for a file, or a folder that may not be changed or cannot be made.
    """
    where = os.fspath(path)
    try:
        folder = Path(os.path.realpath(path))
        if folder.exists() and not folder.is_dir():
            raise _no_folder(where)
        held = next(above for above in (folder, *folder.parents) if above.exists())
        if not held.is_dir():
            raise _no_folder(str(held))
        if not os.access(held, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except (OSError, ValueError) as error:
        raise _refusal(error, path) from error


def make_folder(path: Path) -> None:
    """Make a folder, with those above it, where it does not exist.

    Raises:
        OutputError: when that cannot be done, or a file of that name is in the way.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _no_folder(str(path)) from error
    except OSError as error:
        raise _refusal(error, path) from error


def _no_folder(where: str) -> OutputError:
    return OutputError("this is a file, not a folder", where=where, advice="Name another folder")


def _neighbour(target: Path) -> Path:
    return target.parent / f".fabula-{secrets.token_hex(8)}.tmp"


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _put_back(target: Path, older: Path | None) -> None:
    """Undo `_put`, as far as the system lets us."""
    with suppress(OSError):
        if older is None:
            target.unlink()
        else:
            _put(older, target)


def _write(temporary: Path, data: bytes) -> None:
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(temporary: Path, target: Path) -> None:
    if target.exists():
        temporary.chmod(target.stat().st_mode)
    os.replace(temporary, target)  # noqa: PTH105 - named so that a test can stop here


def _sync_folder(folder: Path) -> None:
    """Make the new name safe against a power cut, where the system offers that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refusal(error: OSError | ValueError, path: str | os.PathLike[str]) -> OutputError:
    """Say what stands in the way in the user's words."""
    code = error.errno if isinstance(error, OSError) else None
    if code in _FULL:
        what, advice = "there is no room left to write it", "Make room, or write it to another disk"
    elif code in _FORBIDDEN:
        what, advice = "you have no permission to write here", "Choose another folder"
    else:
        what = f"it cannot be written ({(isinstance(error, OSError) and error.strerror) or error})"
        advice = "Choose another name or folder"
    return OutputError(what, where=os.fspath(path), advice=advice)
