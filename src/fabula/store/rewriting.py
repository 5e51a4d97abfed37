"""A corrections file for a later draft: the old file with the entries that had to change, and nothing of it lost."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from fabula.errors import ConfigError
from fabula.store.carrying import Carried, carried
from fabula.store.corrections import Entry, as_toml, header_lines, parse_corrections, read_corrections
from fabula.story import Story
from fabula.visible import visible

_WAS = "# Carried over; it was:"
_NOT = "# Not carried over: {}."


def carry_over(
    story: Story, corrections: str | os.PathLike[str], *, called: str = ""
) -> tuple[str, tuple[Carried, ...]]:
    """Carry the corrections of a draft over to a later one.

    Entries that quote a line are for the place where it stands in the later draft. The file is left as it is.

    Args:
        story: of the two drafts, the older one first, with their alignment.
        corrections: the corrections file of the older one.
        called: what the later draft is called where it is read by itself; empty for the name that it has here.

    Returns:
        The words of a corrections file for the later draft, in which what does not apply is a comment; and what
        became of each entry.

    Raises:
        ConfigError: corrections that cannot be understood; a story that is not two aligned drafts.
        LayerMissingError: when the layer `quotes` is missing.
    """
    if len(story.tellings) != 2 or len(story.alignments) != 1:
        raise ConfigError(
            "corrections are carried over from one draft to another", advice="Name both, the older one first"
        )
    where = os.fspath(corrections)
    text = read_corrections(corrections)
    found = carried(parse_corrections(text, where), story.tellings, story.alignments[0], called=called)
    return rewritten(text, found, where=where), found


def rewritten(text: str, carried: Sequence[Carried], *, where: str) -> str:
    r"""Return the words of a corrections file as they are for a later draft.

    What applies as it is stays as it is, to the character. What was quoted anew has the old entry above it as a
    comment, and what does not apply is a comment that says why.

    Args:
        text: of the old file, with `\n` or `\r\n` at its line ends.
        carried: what became of each of its entries, in order.
        where: name of the old file, for messages.

    Raises:
        ConfigError: when the old file cannot be understood.
    """
    wanted = [replace(one.becomes, where="") for one in carried if one.becomes]
    ending = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n")
    for made in (_in_place(plain, carried), _at_the_end(plain, carried)):
        if made is not None and _entries(made, where) == wanted:
            return made.replace("\n", ending)
    raise ConfigError("its entries cannot be written anew", where=where, advice="Write each as a block of its own")


def _entries(text: str, where: str) -> list[Entry]:
    try:
        return [replace(entry, where="") for entry in parse_corrections(text, where)]
    except ConfigError:
        return []


def _in_place(text: str, carried: Sequence[Carried]) -> str | None:
    """Change each entry where it stands; None for a file whose entries do not stand in blocks of their own."""
    lines = text.split("\n")
    starts = [line - 1 for line in header_lines(text)]
    if len(starts) != len(carried):
        return None
    if not starts:
        return text
    begins = [_with_comments(lines, start) for start in starts]
    made = lines[: begins[0]]
    for one, start, after in zip(carried, starts, [*begins[1:], len(lines)], strict=True):
        end = _without_comments(lines, start, after)
        made += lines[_with_comments(lines, start) : start]
        made += _changed(one, lines[start:end])
        made += lines[end:after]
    return "\n".join(made)


def _with_comments(lines: Sequence[str], start: int) -> int:
    """Return where the comments right above a header begin."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _without_comments(lines: Sequence[str], start: int, after: int) -> int:
    """Return where an entry ends, and nothing follows but blank lines and comments."""
    while after > start + 1 and lines[after - 1].lstrip()[:1] in ("", "#"):
        after -= 1
    return after


def _changed(one: Carried, lines: Sequence[str]) -> list[str]:
    """Return the lines of an entry as they are now."""
    if one.becomes == one.entry:
        return list(lines)
    if one.becomes is None:
        return [_NOT.format(_plain(one.note)), *_commented(lines)]
    return [_WAS, *_commented(lines), *as_toml(one.becomes).split("\n")[:-1]]


def _at_the_end(text: str, carried: Sequence[Carried]) -> str:
    """Write every entry anew below the old file, which becomes a comment."""
    made = [_WAS, *_commented(text.split("\n"))]
    for one in carried:
        toml = as_toml(one.becomes or one.entry).split("\n")[:-1]
        made += ["", *(toml if one.becomes else [_NOT.format(_plain(one.note)), *_commented(toml)])]
    return "\n".join([*made, ""])


def _commented(lines: Sequence[str]) -> list[str]:
    return [f"# {line}".rstrip(" ") for line in lines]


def _plain(note: str) -> str:
    return visible(" ".join(note.split()))
