"""What is read aloud, paragraph by paragraph, and in whose voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from fabula.exports.lines import Passage, passages
from fabula.story import Telling
from fabula.story.text import ParagraphKind

NARRATOR = "Narrator"
"""The voice of all that nobody says."""

UNKNOWN = "Unknown"
"""The voice of utterances whose speaker could not be found."""

# Source: the production Char of XML 1.0; a carriage return would be read back as a line end.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Turn(NamedTuple):
    """Words that one voice reads.

    Attributes:
        voice: as `voices` names it.
        words: on one line, but with the line ends of verse; footnote numbers left out.
        apart: whether white space parts it from the turn before.
        passage: where they come from.
    """

    voice: str
    words: str
    apart: bool
    passage: Passage


class Block(NamedTuple):
    """One paragraph.

    Attributes:
        kind: of the paragraph.
        start: first code point of its first turn.
        turns: in order, at least one.
    """

    kind: ParagraphKind
    start: int
    turns: tuple[Turn, ...]


def voices(telling: Telling, written: Callable[[str], str]) -> Mapping[str, str]:
    """Give every character a voice of its own.

    A name that two characters bear is numbered. A narrator without a name reads with the voice of the narration; a
    character who is called `Narrator` or `Unknown` does not.

    Args:
        telling: with the layer `characters`.
        written: makes a name fit for the format; an empty result falls back on the id.

    Returns:
        Id of the character to the name of the voice; two names differ in more than case.

    Raises:
        LayerMissingError: when the layer is missing.
    """
    names: dict[str, str] = {}
    taken = {NARRATOR.casefold(), UNKNOWN.casefold()}
    for who in telling.layer("characters", wanted_by="voices"):
        if who.narrator and not who.named:
            names[who.id] = NARRATOR
            continue
        bare = printable(who.name) if written(who.name) else who.id
        name, number = written(bare) or "Voice", 1
        while name.casefold() in taken:
            number += 1
            name = written(f"{bare} {number}") or f"Voice{number}"
        taken.add(name.casefold())
        names[who.id] = name
    return names


def blocks(telling: Telling, written: Callable[[str], str]) -> Iterator[Block]:
    """Yield the paragraphs that are read aloud: all but the distributor's licence and the numbers of footnotes.

    Args:
        telling: with the layers of all stages.
        written: as for `voices`.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    names = voices(telling, written)
    licences = [part.span for part in telling.layer("matter", wanted_by="voices") if part.kind == "licence"]
    for _, inside in groupby(passages(telling), key=lambda passage: passage.cut.paragraph):
        turns = tuple(_turn(passage, names) for passage in inside if passage.aloud)
        if turns:
            cut = turns[0].passage.cut
            if not any(licence.has(cut.span.start) for licence in licences):
                yield Block(cut.kind, cut.span.start, turns)


def _turn(passage: Passage, names: Mapping[str, str]) -> Turn:
    said = passage.said
    voice = NARRATOR if said is None else UNKNOWN if said.speaker is None else names[said.speaker]
    return Turn(voice, printable(passage.aloud), bool(passage.gap), passage)


def printable(words: str) -> str:
    """Return words with U+FFFD for every character that XML 1.0 forbids and that no format can show."""
    return _FORBIDDEN.sub("\ufffd", words)
