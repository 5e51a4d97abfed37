"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from fabula.errors import OutputError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """Open a text file (UTF-8) that replaces `path` only when the block ends without an error.

    Args:
        path: where the file shall stand; one that exists is replaced whole, at the end.

    Yields:
        A handle to write to.

    Raises:
        OutputError: when the place cannot be written (a folder, no permission, disk full); `path` is as before.
    """
    check_writable(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise output_error(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise output_error(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raise an OutputError when `path` can be told beforehand not to be writable."""
    if path.is_dir():
        raise OutputError("is a folder", where=str(path), advice="Name a file to write")
    if not path.parent.is_dir():
        raise OutputError(f"the folder {path.parent} does not exist", where=str(path), advice="Make it first")


def make_folder(path: Path) -> None:
    """Make a folder, with those above it, where it does not exist.

    Raises:
        OutputError: when that cannot be done, or a file of that name is in the way.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("is a file, not a folder", where=str(path), advice="Name another folder") from error
    except OSError as error:
        raise output_error(path, error) from error


def output_error(path: Path, error: OSError) -> OutputError:
    """Return an error in words for what the system said while writing `path`."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return OutputError(
                "no room left to write it", where=str(path), advice="Free some space or name another disk"
            )
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return OutputError("no permission to write there", where=str(path), advice="Name another place with -o")
        case _:
            return OutputError(f"cannot be written ({error.strerror or error})", where=str(path))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
