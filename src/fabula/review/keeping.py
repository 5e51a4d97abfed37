"""Where the answers for each telling are kept: the corrections file beside its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fabula.errors import InputError
from fabula.formats import FORMATS
from fabula.formats.books.book import OURS
from fabula.store import corrections_beside
from fabula.story import Story, Telling

_MOST_FILES = 10_000
_SUFFIXES = frozenset(suffix for form in FORMATS for suffix in form.suffixes)


class Keeping(NamedTuple):
    """Where the answers for one telling go.

    Attributes:
        text: the text, or the folder of the telling.
        file: the corrections.toml, whether or not it is there.
        shared: whether it is, or may be, that of other texts too.
    """

    text: Path
    file: Path
    shared: bool


def keepings(story: Story, texts: Sequence[str | Path], *, opened: bool = False) -> tuple[Keeping, ...]:
    """Find where the answers for each telling of a story go.

    Args:
        story: that was read from the texts, or opened.
        texts: as they were given, one a telling; or the one story file.
        opened: whether a story file was given.

    Raises:
        InputError: when the texts of a story file are not where they were.
    """
    found = (
        [_text_of(telling, Path(texts[0])) for telling in story.tellings]
        if opened
        else [Path(text) for text in texts]
    )
    files = [corrections_beside(text) for text in found]
    return tuple(
        Keeping(text, file, files.count(file) > 1 or _has_neighbours(text))
        for text, file in zip(found, files, strict=True)
    )


def _has_neighbours(text: Path) -> bool:
    """Whether other texts stand beside a text, whose words a correction for this one must not touch."""
    if text.is_dir() or text.name in OURS:
        return False
    beside = islice(text.parent.iterdir(), _MOST_FILES)
    return any(other.suffix.lower() in _SUFFIXES and other.name != text.name for other in beside)


def _text_of(telling: Telling, story: Path) -> Path:
    """Return the text (or folder) that a telling of a story file was read from."""
    for base in (Path(), story.parent):
        for path in (base / name for name in _names(telling)):
            if path.is_file():
                return _folder_of(telling, path) or path
    raise InputError(
        f"the text of “{telling.name}” is not where it was read, and corrections.toml belongs beside that",
        where=str(story),
        advice="Name the text itself: fabula review NOVEL.txt",
    )


def _names(telling: Telling) -> Iterator[str]:
    """Yield what the text of a telling may be called: as it was given, or by the telling's name."""
    yield from (anchor.file for anchor in telling.source.anchors[:1])
    for form in FORMATS:
        if form.name == telling.metadata.format:
            yield from (f"{telling.name}{suffix}" for suffix in form.suffixes)


def _folder_of(telling: Telling, first: Path) -> Path | None:
    """Return the folder of a telling in several files, from its first one; None for a telling in one."""
    inside = next((mark.value for mark in telling.marked("document")), "")
    return first.parents[inside.count("/")] if inside else None
