"""What a reader should know before the tables: how tellings are called, what was not read, whose word was obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import PurePath
from typing import NamedTuple

from fabula.language import is_read, language_name
from fabula.report.facts import unknown_by_marks
from fabula.report.voices import LABEL
from fabula.store import correction_problems
from fabula.story import Correction, Story, Telling

MATCHED_BY_NAME = (
    "Matched by name: who goes by another name in a telling has a row of their own, until a [[rename]] in your "
    "corrections.toml says otherwise."
)
"""What the table of several tellings must say of itself."""


_MARKS: Mapping[str, str] = {
    "straight": "straight",
    "curly": "curly",
    "single": "single",
    "guillemet": "guillemets",
    "low": "low",
    "corner": "corner",
    "dash": "dashes",
    "cue": "a name before them",
    "unmarked": "none",
}


class AuthorsWord(NamedTuple):
    """What became of the author's corrections.

    Attributes:
        told: how many there are and how many apply, as a sentence; empty where there are none.
        problems: a line for each that does not find all its words, with its place in the file.
    """

    told: str
    problems: tuple[str, ...]


def labels(story: Story) -> tuple[str, ...]:
    """Return a short name for each telling: their titles if these soon differ, else the names of the files."""
    titles = [telling.metadata.title for telling in story.tellings]
    if len(titles) == 1:
        return (titles[0] or story.tellings[0].name,)
    apart = len({title[:LABEL] for title in titles}) == len(titles) and all(titles)
    return tuple(titles if apart else (telling.name for telling in story.tellings))


def no_doubts(telling: Telling) -> str:
    """Say why nothing was doubtful."""
    if not telling.layer("utterances", wanted_by="report"):
        return "Nothing: no line of speech was found in this text."
    return "Nothing: every line has a speaker, every quotation is closed."


def marks_note(telling: Telling) -> str:
    """Say how many lines of each style of quotation marks have no speaker; empty where all have one."""
    shares = unknown_by_marks(telling)
    if not any(share.unknown for share in shares):
        return ""
    told = (
        f"{_MARKS[share.style]} {share.unknown:,} of {share.utterances:,} ({share.unknown / share.utterances:.0%})"
        for share in shares
    )
    return f"Lines without a speaker, by their marks: {', '.join(told)}."


def language_note(telling: Telling) -> str:
    """Say that a text is in a language whose people are not read; empty where they are."""
    tag = telling.metadata.language
    if not tag or is_read(tag):
        return ""
    return f"This text is in {language_name(tag)}: only its chapters, scenes and quotations were read."


def authors_word(story: Story) -> AuthorsWord:
    """Tell which of the author's corrections apply, over all tellings."""
    corrections: list[Correction] = list(
        chain.from_iterable(telling.layers["corrections"].records for telling in _corrected(story))
    )
    entries = {correction.where for correction in corrections}
    if not entries:
        return AuthorsWord("", ())
    applied = len({correction.where for correction in corrections if correction.matched})
    return AuthorsWord(_told(applied, len(entries)), tuple(map(_short, correction_problems(corrections))))


def _told(applied: int, of: int) -> str:
    if of == 1:
        return f"Your correction {'applies' if applied else 'does not apply'}."
    number = f"all {of}" if applied == of else f"{applied or 'none'} of {of}"
    return f"Your corrections: {number} apply."


def _corrected(story: Story) -> list[Telling]:
    return [telling for telling in story.tellings if "corrections" in telling.layers]


def _short(problem: str) -> str:
    """Return a problem with the name of the file alone: the reader knows the folder."""
    where, colon, rest = problem.partition(": ")
    return f"{PurePath(where).name}{colon}{rest}"
