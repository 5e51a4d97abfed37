"""Texts in, a story out; and a story decided again by the author's word."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.errors import ConfigError, InputError
from fabula.story import Provenance, Story, Telling, verify

if TYPE_CHECKING:
    from fabula.pipeline import Progress, Stage
    from fabula.store import Entry
    from fabula.story import Correction


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
    tellings = gather(paths, stdin or standard_input)
    files = find_corrections(paths) if corrections is None else [Path(path) for path in corrections]
    entries = [entry for file in files for entry in load_corrections(file)]
    beside = [text.stem for file in files for text in sorted(file.parent.iterdir())]
    for_none = unaddressed(entries, [*(telling.name for telling in tellings), *beside])
    read = [
        _analyse(telling, entries, of_several(progress, telling.name, at, len(tellings)))
        for at, telling in enumerate(tellings)
    ]
    return Story((_with_corrections(read[0], for_none), *read[1:]))


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


def of_several(progress: Progress | None, name: str, at: int, count: int) -> Progress | None:
    """Return what is told of one telling of several, so that it counts on and names the telling."""
    if progress is None or count == 1:
        return progress
    return lambda stage, number, of: progress(f"{name}: {stage}", at * of + number, count * of)


def described(telling: Telling) -> Telling:
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


def standard_input() -> bytes:
    """Return what standard input holds."""
    import sys

    from fabula.formats.source import read_stream

    try:
        return read_stream(sys.stdin.buffer)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where="<stdin>", advice="Send it a text, or name a file"
        ) from error


def _with_corrections(telling: Telling, more: Sequence[Correction]) -> Telling:
    held = telling.layers["corrections"]
    return telling.with_layer("corrections", (*held.records, *more), held.made_by)


def _analyse(telling: Telling, entries: Sequence[Entry], progress: Progress | None) -> Telling:
    from fabula import pipeline
    from fabula.store import match_corrections

    telling = described(telling)
    stages = stages_for(telling.metadata.language)
    matched = match_corrections(entries, telling)
    telling = pipeline.run(telling, corrections=matched, stages=stages, progress=progress)
    verify(telling)
    return telling
