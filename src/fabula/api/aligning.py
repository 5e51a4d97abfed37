"""Several tellings in, a story with their alignments out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.api.reading import described, of_several, read, stages_for, standard_input
from fabula.errors import ConfigError
from fabula.story import Alignment, Story, Telling

if TYPE_CHECKING:
    from fabula.pipeline import Progress, Stage
    from fabula.story import Side


def align(
    *paths: str | Path,
    parts: Sequence[tuple[str | Path, str]] = (),
    base: str | None = None,
    pairs: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
    stdin: Callable[[], bytes] | None = None,
) -> Story:
    """Read several tellings, or one text that tells the same again, and line them up.

    Args:
        paths: tellings, as for `read`; or one, whose parts are found by viewpoint headings and repeated dialogue.
        parts: further tellings that are parts of a text: its path, and the part's viewpoint, heading or number.
        base: the telling that the others are aligned with; None takes the first.
        pairs: align every two tellings instead.
        whole: read all there is in them, as `read` does; else only what alignment needs, people and
            speakers by rules, without the network.
        progress: told of every stage of every telling, and of aligning; None for silence.
        stdin: gives the bytes that `-` stands for; None reads standard input.

    Returns:
        The story, with its alignments.

    Raises:
        InputError: a text that cannot be read; one text that has no parts which tell the same.
        ConfigError: fewer than two tellings; no part, or no base, of that name.
    """
    from fabula.story import Side
    from fabula.tellings import part_named

    files = [str(path) for path in paths]
    files += [file for file in dict.fromkeys(str(file) for file, _ in parts) if file not in files]
    if not files:
        raise ConfigError("nothing to align", advice="Name two texts, or one that tells the same twice")
    told = progress and (lambda stage, number, of: progress(stage, number, of + 1))
    if whole:
        story = read(*files, progress=told, stdin=stdin)
        steps = sum(len(stages_for(telling.metadata.language)) for telling in story.tellings)
    else:
        story = _prepared(files, told, stdin)
        steps = sum(len(_align_stages(telling)) for telling in story.tellings)

    def tick(share: float) -> None:
        if progress:
            progress("aligning", steps + 1 + share, steps + 1)

    tick(0)
    sides: list[Side] = []
    if parts:
        named = [part_named(story.tellings, files.index(str(file)), part) for file, part in parts]
        alone = story.tellings[: len(paths)]
        sides = [*(Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(alone)), *named]
    return align_story(story, sides, base=base, pairs=pairs, tick=tick)


def align_story(
    story: Story,
    sides: Sequence[Side] = (),
    *,
    base: str | None = None,
    pairs: bool = False,
    tick: Callable[[float], None] = lambda _: None,
) -> Story:
    """Line up the tellings of a story, or the parts of the only one.

    Args:
        story: with the layers `paragraphs`, `scenes`, `quotes` and `sentences`; people and speakers are compared
            where `characters` and `utterances` are there.
        sides: the tellings, or parts of them, that are meant; empty for all tellings of the story.
        base: name of the one that the others are aligned with; None takes the first.
        pairs: align every two of them instead.
        tick: told the share of the work that is done, 0 to 1.

    Returns:
        The same story with its alignments: of the base with each of the others, or of every two; with verdicts.

    Raises:
        InputError: one text that has no parts which tell the same.
        ConfigError: only one part; no base of that name.
        LayerMissingError: when a layer is missing.
    """
    from fabula.tellings import align_parts, find_sides, judge, paired

    joined = list(paired(sides or find_sides(story.tellings), base, every=pairs))
    aligned: list[Alignment] = []
    for a, b in joined:
        done = len(aligned)
        found = align_parts(story.tellings, a, b, tick=lambda share, done=done: tick((done + share) / len(joined)))  # type: ignore[misc]
        aligned.append(judge(story.tellings, found))
        tick(len(aligned) / len(joined))
    return dataclasses.replace(story, alignments=tuple(aligned))


def _align_stages(telling: Telling) -> Sequence[Stage]:
    """Return the stages by which a telling is read as far as alignment needs."""
    from fabula import pipeline
    from fabula.language import is_read

    return pipeline.RULE_STAGES if is_read(telling.metadata.language) else pipeline.ALIGN_STAGES


def _prepared(files: Sequence[str], progress: Progress | None, stdin: Callable[[], bytes] | None) -> Story:
    """Read tellings as far as alignment needs."""
    from fabula import pipeline
    from fabula.formats.gather import gather

    tellings = [described(telling) for telling in gather(files, stdin or standard_input)]
    read_so_far = (
        pipeline.run(
            telling,
            stages=_align_stages(telling),
            progress=of_several(progress, telling.name, at, len(tellings)),
        ).without(*pipeline.SCAFFOLD)
        for at, telling in enumerate(tellings)
    )
    return Story(tuple(read_so_far))
