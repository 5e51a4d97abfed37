"""Stories in files: opened, saved, exported; and whether a file may be written, before any long work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from fabula.errors import ConfigError, OutputError
from fabula.story import Story

if TYPE_CHECKING:
    from fabula.exports import Export, ExportSet

_Named = TypeVar("_Named", bound="Export | ExportSet")


def open_story(path: str | Path) -> Story:
    """Open a story file (`.fabula`).

    Raises:
        InputError: no such file.
        StoryFileError: not a story file, damaged, or newer than this program.
    """
    from fabula.store import load

    return load(Path(path))


def save(story: Story, path: str | Path) -> None:
    """Write a story file; one that exists is replaced whole, at the end.

    Raises:
        OutputError: when the place cannot be written; what stood there stays.
    """
    from fabula.store import save as write

    write(story, Path(path))


def check_story_file(path: str | Path, texts: Sequence[str | Path] = ()) -> None:
    """Make sure, before a long read, that a story file can be written here.

    Args:
        path: where to.
        texts: what is read; see `check_target`.

    Raises:
        OutputError: when it cannot, or when a file of another kind stands there.
    """
    from fabula.store import check_replaceable

    check_replaceable(path)
    _check_apart(Path(path), texts)


def check_target(path: str | Path, texts: Sequence[str | Path] = ()) -> None:
    """Make sure, before a long read, that a result can be written here and spoils nothing that is read.

    Args:
        path: where to.
        texts: what is read, as for `read`, or a story file.

    Raises:
        OutputError: when it cannot be written, would replace one of the texts, or would stand in their folder as
            if it were one of them.
        InputError, ConfigError: when a folder among the texts cannot be read.
    """
    from fabula.output import check_writable

    check_writable(path)
    _check_apart(Path(path), texts)


def check_target_folder(folder: str | Path, to: ExportSet, texts: Sequence[str | Path] = ()) -> None:
    """Make sure, before a long read, that the files of an export can be written here and spoil nothing that is read.

    Args:
        folder: where to.
        to: the export.
        texts: what is read; see `check_target`.

    Raises:
        OutputError: when they cannot be written, or when a text has the place of one of them.
        InputError, ConfigError: when a folder among the texts cannot be read.
    """
    from fabula.output import check_folder

    check_folder(folder)
    for text in texts:
        for suffix in to.suffixes:
            _check_apart(Path(folder) / f"{Path(text).stem}{suffix}", texts)


def _check_apart(file: Path, texts: Sequence[str | Path]) -> None:
    from fabula.formats.gather import takes_part

    if takes_part(file, texts):
        raise OutputError(
            "this would replace what is read, or stand among the texts as if it were one",
            where=str(file),
            advice="Choose another name or folder",
        )


def check_export(to: str) -> Export | ExportSet:
    """Return the export of that name.

    Args:
        to: a name in `fabula.exports.EXPORTS` or `EXPORT_SETS`.

    Raises:
        ConfigError: no export of that name.
    """
    from fabula.exports import EXPORT_SETS, EXPORTS, OLDER_NAMES

    every: list[Export | ExportSet] = [*EXPORTS, *EXPORT_SETS]
    return _chosen(OLDER_NAMES.get(to, to), every)


def check_cast_sheet(to: str) -> Export:
    """Return the format of that name for cast sheets.

    Args:
        to: a name in `fabula.exports.CAST_SHEETS`.

    Raises:
        ConfigError: no format of that name.
    """
    from fabula.exports import CAST_SHEETS

    return _chosen(to, CAST_SHEETS)


def alignment_formats() -> tuple[Export, ...]:
    """Return the formats that tellings side by side are written in: the page for people, and those for programs."""
    from fabula.exports import ALIGNMENTS, Export
    from fabula.report import write_synopsis

    page = Export(
        "html", "tellings side by side as one page for the browser, which fetches nothing", ".html", write_synopsis
    )
    return (page, *ALIGNMENTS)


def check_alignment(to: str) -> Export:
    """Return the format of that name for tellings side by side.

    Args:
        to: a name in `alignment_formats`.

    Raises:
        ConfigError: no format of that name.
    """
    return _chosen(to, alignment_formats())


def _chosen(to: str, exports: Sequence[_Named]) -> _Named:
    chosen = {known.name: known for known in exports}.get(to)
    if chosen is None:
        known = ", ".join(export.name for export in exports)
        raise ConfigError(f"there is no export called '{to}'", advice=f"Choose one of {known}")
    return chosen


def export(story: Story, to: str, out: TextIO | str | Path) -> None:
    """Write a story in a format for programs.

    Args:
        story: with the layers of all stages.
        to: a name in `fabula.exports.EXPORTS` or `EXPORT_SETS`: `json`, `script`, `csv`, `fountain`, `ssml`, `sml`,
            `tei`, `booknlp`.
        out: an open text file, or the path of one; for `booknlp` the path of a folder, which is made where it does
            not exist. Files that exist are replaced whole, at the end.

    Raises:
        ConfigError: no export of that name; an open file for an export of several.
        OutputError: when the path cannot be written; what stood there stays.
        InputError, LayerMissingError: when the story was not read as far as the export needs.
    """
    from fabula.exports import ExportSet

    chosen = check_export(to)
    if isinstance(chosen, ExportSet):
        if not isinstance(out, str | Path):
            raise ConfigError(f"'{to}' is several files", advice="Name a folder for them")
        export_set(story, chosen, out)
        return
    with _text_file(out) as file:
        chosen.write(story, file)


def export_set(story: Story, to: ExportSet, folder: str | Path) -> tuple[Path, ...]:
    """Write the files of an export of several, all of them or none.

    Args:
        story: with the layers of all stages.
        to: the export.
        folder: made where it does not exist; files that exist are replaced.

    Returns:
        The files, in the order of the tellings.

    Raises:
        OutputError: when one of them cannot be written; what stood there stays.
        InputError, LayerMissingError: when the story was not read as far as the export needs.
    """
    from fabula.exports import named_files
    from fabula.output import check_folder, make_folder, write_all_whole

    check_folder(folder)
    files = {Path(folder) / name: text.encode("utf-8") for name, text in named_files(story, to).items()}
    make_folder(Path(folder))
    write_all_whole(files)
    return tuple(files)


def write_report(story: Story, out: TextIO | str | Path) -> None:
    """Write the report: one self-contained HTML page.

    Args:
        story: with the layers of all stages.
        out: an open text file, or the path of one; a file that exists is replaced whole, at the end.

    Raises:
        OutputError: when the path cannot be written; what stood there stays.
    """
    from fabula.report import write

    with _text_file(out) as file:
        write(story, file)


@contextmanager
def _text_file(out: TextIO | str | Path) -> Iterator[TextIO]:
    """Give an open file as it is, and for a path one whose text is written there at the end."""
    if not isinstance(out, str | Path):
        yield out
        return
    from io import StringIO

    from fabula.output import check_writable, write_whole

    check_writable(out)
    text = StringIO(newline="")
    yield text
    write_whole(out, text.getvalue().encode("utf-8"))
