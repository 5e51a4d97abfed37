"""The cast: characters with what they say, counted from the layers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fabula.spans import Span
from fabula.story.people import Character
from fabula.story.speech import Utterance
from fabula.story.telling import Telling

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


@dataclass(frozen=True, slots=True)
class CastRow:
    """One character and what they say.

    Attributes:
        character: who; None gathers the utterances without a speaker.
        lines: number of utterances.
        words: number of words in them.
        first: first utterance; None where they never speak.
        last: last utterance; None where they never speak.
        hearers: ids of those they speak to, most often first, with the number of utterances.
    """

    character: Character | None
    lines: int
    words: int
    first: Span | None
    last: Span | None
    hearers: tuple[tuple[str, int], ...]


def words_in(text: str, spans: Iterable[Span]) -> int:
    """Count the words of some stretches of a text."""
    return sum(len(_WORD.findall(text, span.start, span.end)) for span in spans)


def cast(telling: Telling) -> tuple[CastRow, ...]:
    """Count who says how much, and to whom.

    Args:
        telling: with the layers `characters` and `utterances`.

    Returns:
        A row for each character, most lines first, then most mentions; a row with `character` None last,
        where some utterance has no speaker.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    said: dict[str | None, list[Utterance]] = defaultdict(list)
    for utterance in telling.layer("utterances", wanted_by="cast"):
        said[utterance.speaker].append(utterance)
    characters: tuple[Character, ...] = telling.layer("characters", wanted_by="cast")
    rows = [_row(telling.text, character, said.get(character.id, [])) for character in characters]
    rows.sort(key=lambda row: (-row.lines, -(row.character.mentions if row.character else 0)))
    if said.get(None):
        rows.append(_row(telling.text, None, said[None]))
    return tuple(rows)


def _row(text: str, character: Character | None, said: list[Utterance]) -> CastRow:
    hearers = Counter(hearer for utterance in said for hearer in utterance.addressees)
    return CastRow(
        character,
        len(said),
        sum(words_in(text, utterance.pieces) for utterance in said),
        Span(said[0].start, said[0].end) if said else None,
        Span(said[-1].start, said[-1].end) if said else None,
        tuple(hearers.most_common()),
    )
