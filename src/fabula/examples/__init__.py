"""The example story: one evening in three tellings, written for Fabula and shipped with it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def example_paths() -> tuple[Path, ...]:
    """Return the files of "The Late Ferry", one a telling, in reading order.

    Returns:
        Three UTF-8 text files: the evening as Toby tells it, the same evening from the Captain's side, and Ned's
        retelling eleven years later.

    Raises:
        FileNotFoundError: when the package is not unpacked on disk, or its data was left out.
    """
    folder = Path(str(files(__name__).joinpath("the-late-ferry")))
    return tuple(sorted(path for path in folder.iterdir() if path.suffix == ".txt"))
