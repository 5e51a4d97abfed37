"""The calls that every shell uses: read, open, save, export, report."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from fabula.errors import ConfigError, InputError, OutputError
from fabula.story import Provenance, Story, Telling, verify

if TYPE_CHECKING:
    from fabula.exports import Export, ExportSet
    from fabula.pipeline import Progress, Stage
    from fabula.store import Entry
    from fabula.story import Correction

_Named = TypeVar("_Named", bound="Export | ExportSet")


def read(
    *paths: str | Path,
    corrections: Sequence[str | Path] | None = None,
    progress: Progress | None = None,
    stdin: Callable[[], bytes] | None = None,
) -> Story:
    """Read texts and rebuild the story behind them.

    Args:
        paths: each is one telling of the story: a file of any format in `fabula.formats`, a folder or a
            `fabula.toml` (its files are one telling, in natural order), or `-` for standard input.
        corrections: corrections.toml files; None takes those that stand beside the texts.
        progress: told of every stage of every telling; None for silence.
        stdin: gives the bytes that `-` stands for; None reads standard input.

    Returns:
        The story, with the layers of all stages. Every word of the text is in it once.

    Raises:
        InputError: a text that cannot be read.
        ConfigError: a fabula.toml or corrections.toml that cannot be understood; no paths given.
        IntegrityError: words were lost (a defect).
    """
    from fabula.formats.gather import gather
    from fabula.store import find_corrections, load_corrections, unaddressed

    if not paths:
        raise ConfigError("nothing to read", advice="Name one or more files, a folder, or - for standard input")
    tellings = gather(paths, stdin or _standard_input)
    files = find_corrections(paths) if corrections is None else [Path(path) for path in corrections]
    entries = [entry for file in files for entry in load_corrections(file)]
    beside = [text.stem for file in files for text in sorted(file.parent.iterdir())]
    for_none = unaddressed(entries, [*(telling.name for telling in tellings), *beside])
    read = [
        _analyse(telling, entries, _of_several(progress, telling.name, at, len(tellings)))
        for at, telling in enumerate(tellings)
    ]
    return Story((_with_corrections(read[0], for_none), *read[1:]))


def _of_several(progress: Progress | None, name: str, at: int, count: int) -> Progress | None:
    """Return what is told of one telling of several, so that it counts on and names the telling."""
    if progress is None or count == 1:
        return progress
    return lambda stage, number, of: progress(f"{name}: {stage}", at * of + number, count * of)


def _with_corrections(telling: Telling, more: Sequence[Correction]) -> Telling:
    held = telling.layers["corrections"]
    return telling.with_layer("corrections", (*held.records, *more), held.made_by)


def _standard_input() -> bytes:
    import sys

    from fabula.formats.source import read_stream

    try:
        return read_stream(sys.stdin.buffer)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where="<stdin>", advice="Send it a text, or name a file"
        ) from error


def _analyse(telling: Telling, entries: Sequence[Entry], progress: Progress | None) -> Telling:
    from fabula import pipeline
    from fabula.store import match_corrections

    telling = _described(telling)
    stages = stages_for(telling.metadata.language)
    matched = match_corrections(entries, telling)
    telling = pipeline.run(telling, corrections=matched, stages=stages, progress=progress)
    verify(telling)
    return telling


def align(
    *paths: str | Path,
    whole: bool = False,
    progress: Progress | None = None,
    stdin: Callable[[], bytes] | None = None,
) -> Story:
    """Read two tellings, or one text that tells the same twice, and line them up.

    Args:
        paths: two tellings, as for `read`; or one, whose parts are found by viewpoint headings and repeated dialogue.
        whole: read all there is in them, as `read` does; else only what alignment needs, without people and speakers.
        progress: told of every stage of every telling, and of aligning; None for silence.
        stdin: gives the bytes that `-` stands for; None reads standard input.

    Returns:
        The story, with its alignments.

    Raises:
        InputError: a text that cannot be read; one text that has no parts which tell the same.
        ConfigError: neither one text nor two.
    """
    from fabula import pipeline
    from fabula.formats.gather import gather

    if not 1 <= len(paths) <= 2:
        raise ConfigError(
            f"{len(paths)} tellings cannot be aligned", advice="Name two, or one text that tells the same twice"
        )
    told = _before_aligning(progress)
    if whole:
        story = read(*paths, progress=told, stdin=stdin)
        steps = sum(len(stages_for(telling.metadata.language)) for telling in story.tellings)
        return _aligned_last(story, steps, progress)
    tellings = [_described(telling) for telling in gather(paths, stdin or _standard_input)]
    prepared = [
        pipeline.run(
            telling, stages=pipeline.ALIGN_STAGES, progress=_of_several(told, telling.name, at, len(tellings))
        )
        for at, telling in enumerate(tellings)
    ]
    return _aligned_last(Story(tuple(prepared)), len(tellings) * len(pipeline.ALIGN_STAGES), progress)


def _aligned_last(story: Story, steps: int, progress: Progress | None) -> Story:
    """Align a story, told as the step after some others."""
    if progress:
        progress("aligning", steps + 1, steps + 1)
    return align_story(story)


def _before_aligning(progress: Progress | None) -> Progress | None:
    """Return what is told of reading where one more step follows it."""
    return progress and (lambda stage, number, of: progress(stage, number, of + 1))


def align_story(story: Story) -> Story:
    """Line up the tellings of a story: the first two, or the parts of the only one.

    Args:
        story: with the layers `paragraphs`, `scenes`, `quotes` and `sentences`.

    Returns:
        The same story with its alignments: one of two tellings, or one of every two parts.

    Raises:
        InputError: one text that has no parts which tell the same.
        ConfigError: more than two tellings.
        LayerMissingError: when a layer is missing.
    """
    from itertools import combinations

    from fabula.story import Side
    from fabula.tellings import align_parts, find_parts

    tellings = story.tellings
    if len(tellings) > 2:
        raise ConfigError(f"{len(tellings)} tellings cannot be aligned", advice="Name two")
    sides = tuple(Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(tellings))
    if len(tellings) == 1:
        sides = find_parts(tellings, 0)
        if len(sides) == 1:
            raise InputError(
                "no parts were found that tell the same",
                where=tellings[0].name,
                advice="Name a second text to align it with",
            )
    aligned = tuple(align_parts(tellings, a, b) for a, b in combinations(sides, 2))
    return dataclasses.replace(story, alignments=aligned)


def decide_again(story: Story, corrections: Sequence[str | Path]) -> Story:
    """Decide people and speakers again by the author's word as it stands now, without reading the texts again.

    Runs the stages that heed corrections. What later stages made of people and speakers stays as it was.

    Args:
        story: with the layers of all stages.
        corrections: corrections.toml files; those that are not there say nothing.

    Raises:
        ConfigError: a corrections.toml that cannot be understood.
    """
    from fabula import pipeline
    from fabula.store import load_corrections, match_corrections

    files = [file for file in dict.fromkeys(map(Path, corrections)) if file.exists()]
    entries = [entry for file in files for entry in load_corrections(file)]

    def decided(telling: Telling) -> Telling:
        if "voices" not in telling.layers:  # read by a Fabula that had none
            telling = telling.with_layer("voices", (), Provenance("voices", 0))
        stages = [stage for stage in stages_for(telling.metadata.language) if "corrections" in stage.needs]
        return pipeline.run(telling, corrections=match_corrections(entries, telling), stages=stages)

    return dataclasses.replace(story, tellings=tuple(map(decided, story.tellings)))


def stages_for(language: str) -> Sequence[Stage]:
    """Return the stages that can read a language.

    Args:
        language: BCP 47 tag.
    """
    from fabula import pipeline
    from fabula.language import is_read

    return pipeline.STAGES if is_read(language) else pipeline.UNREAD_STAGES


def _described(telling: Telling) -> Telling:
    """Fill in title, author and language where the file states none."""
    from fabula.language import READS, find_language
    from fabula.structure import find_title

    stated = telling.metadata
    title, author = find_title(telling) if not stated.title else ("", "")
    found = find_language(telling.text)
    language = found if found != "und" else stated.language or READS
    return dataclasses.replace(
        telling,
        metadata=dataclasses.replace(
            stated, title=stated.title or title, author=stated.author or author, language=language
        ),
    )


def open_story(path: str | Path) -> Story:
    """Open a story file (`.fabula`).

    Raises:
        InputError: no such file.
        StoryFileError: not a story file, damaged, or newer than this program.
    """
    from fabula.store import load

    return load(Path(path))


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


def save(story: Story, path: str | Path) -> None:
    """Write a story file; one that exists is replaced whole, at the end.

    Raises:
        OutputError: when the place cannot be written; what stood there stays.
    """
    from fabula.store import save as write

    write(story, Path(path))


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


def check_alignment(to: str) -> Export:
    """Return the format of that name for tellings side by side.

    Args:
        to: a name in `fabula.exports.ALIGNMENTS`.

    Raises:
        ConfigError: no format of that name.
    """
    from fabula.exports import ALIGNMENTS

    return _chosen(to, ALIGNMENTS)


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
