"""`fabula align --carry`: the corrections of one draft, for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fabula.cli.common import destination, is_story_file, told_written
from fabula.cli.streams import say
from fabula.errors import ConfigError, OutputError
from fabula.visible import visible

if TYPE_CHECKING:
    from fabula.store import Carried
    from fabula.story import Story


def carry_over(
    corrections: Path, texts: Sequence[str], output: Path | None, aligned: Callable[[], Story], *, quiet: bool
) -> None:
    """Write the corrections of one draft as they are for another, and tell which of them are not.

    Args:
        corrections: the file of the older draft; it is left as it is.
        texts: the two drafts as given on the command line, or their story file.
        output: where to write; a file that is there is never replaced. None or `-` for standard output.
        aligned: gives the story of the two.
        quiet: tell nothing.
    """
    from fabula.store import carry_over as carried_over
    from fabula.store import load_corrections

    if len(texts) == 1 and not is_story_file(texts[0]):
        raise ConfigError(
            "corrections are carried over from one draft to another", advice="Name both, the older one first"
        )
    load_corrections(corrections)  # what is wrong in it is told before a long read
    _check_new(output)
    story = aligned()
    words, entries = carried_over(story, corrections, called=_name_alone(story, texts))
    with destination(output) as out:
        out.write(words)
    if not quiet:
        _tell(entries)
    told_written(output, quiet=quiet)


def _check_new(output: Path | None) -> None:
    """Make sure that corrections can be written, and replace no others: these may hold an author's word."""
    from fabula.output import check_writable

    if output is None or str(output) == "-":
        return
    check_writable(output)
    if output.exists():
        raise OutputError(
            "there is a file already, and corrections replace none",
            where=str(output),
            advice="Choose another name, or move that file away",
        )


def _name_alone(story: Story, texts: Sequence[str]) -> str:
    """Return what the second of two texts is called where it is read by itself, not beside one of the same name."""
    before, name = (telling.name for telling in (story.tellings[0], story.tellings[-1]))
    same = len(texts) > 1 and Path(texts[0]).stem == Path(texts[1]).stem
    return before if same and name == f"{before}-2" else name


def _tell(entries: Sequence[Carried]) -> None:
    """Say what became of the entries, and what of them needs a look."""
    for one in entries:
        if one.note:
            say(f"{one.entry.where}: {visible(one.note)}{'' if one.becomes else '; kept as a comment'}")
    left = sum(one.becomes is None for one in entries)
    anew = sum(one.becomes is not None and one.becomes.quoted != one.entry.quoted for one in entries)
    comments = "a comment" if left == 1 else "comments"
    say(f"{len(entries) - anew - left} carried over, {anew} quoted anew, {left} kept as {comments}")
