"""The cast sheet: who reads how much, and where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TextIO, TypedDict

from fabula.exports.csv import write_table
from fabula.spans import Span, index_at
from fabula.story import CastRow, Story, Telling, Utterance, cast, joined, script, words_in

SCHEMA = "fabula-cast/1"

_SAMPLE_WORDS = 20
_SAMPLE_LENGTH = 300
_SURE = 0.8
_HEARERS = 3
_NARRATED = ("prose", "verse", "letter", "heading")


class CastEntry(TypedDict):
    """One voice of a telling, as somebody has to read it aloud.

    Attributes:
        telling: name of the telling.
        role: `character`; `narration`, headings included; `unknown` for the utterances without a speaker.
        name: of the character; empty for the other roles.
        aliases: the other names.
        gender: `female`, `male`, `plural`, `neutral`, `unknown`; None for the other roles.
        narrator: whether this character tells the story, so that the narration is theirs too.
        lines: number of utterances; for narration, of paragraphs or what speech leaves of them.
        words: number of words in them.
        chapters: numbers of the chapters with a line of theirs, from 1.
        first: where their first line stands in the source file; None where they never speak.
        last: where their last line stands; None with `first`.
        speaks_to: names of those they mostly speak to, most often first.
        sample: a line of about twenty words whose speaker is sure; empty for narration.
        mentions: how often the text points at them; None for the other roles.
        id: of the character; None for the other roles.
    """

    telling: str
    role: Literal["character", "narration", "unknown"]
    name: str
    aliases: list[str]
    gender: str | None
    narrator: bool
    lines: int
    words: int
    chapters: list[int]
    first: str | None
    last: str | None
    speaks_to: list[str]
    sample: str
    mentions: int | None
    id: str | None


def cast_sheet(story: Story) -> Iterator[CastEntry]:
    """Yield the voices of every telling: the narration, the characters with most lines first, the unknown.

    An entry is a plain `dict`, so that `list(fabula.cast_sheet(story))` is a table for any library of tables.

    Args:
        story: with the layers of all stages.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    for telling in story.tellings:
        names = {who.id: who.name for who in telling.layer("characters", wanted_by="cast")}
        starts = [c.span.start for c in telling.layer("chapters", wanted_by="cast") if c.level == "chapter"]
        said: dict[str | None, list[Utterance]] = defaultdict(list)
        for utterance in telling.layer("utterances", wanted_by="cast"):
            said[utterance.speaker].append(utterance)
        yield _narration(telling)
        for row in cast(telling):
            lines = said[row.character.id if row.character else None]
            chapters = sorted({index_at(starts, line.start) + 1 for line in lines} - {0})
            yield _entry(telling, names, row, lines, chapters)


def write_csv(story: Story, out: TextIO) -> None:
    """Write the cast sheet as a table; the columns are those of `CastEntry`.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    write_table(CastEntry.__annotations__, cast_sheet(story), out)


def write_json(story: Story, out: TextIO) -> None:
    """Write the cast sheet as one JSON document; the fields of an entry are those of `CastEntry`.

    Args:
        story: with the layers of all stages.
        out: an open text file.
    """
    document = {"schema": SCHEMA, "title": story.title, "cast": list(cast_sheet(story))}
    json.dump(document, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _narration(telling: Telling) -> CastEntry:
    told = [line for line in script(telling) if line.utterance is None and line.kind in _NARRATED]
    first = told[0].span if told else None
    last = told[-1].span if told else None
    return {
        "telling": telling.name,
        "role": "narration",
        "name": "",
        "aliases": [],
        "gender": None,
        "narrator": False,
        "lines": len(told),
        "words": words_in(telling.text, (line.span for line in told)),
        "chapters": sorted({line.chapter + 1 for line in told if line.chapter is not None}),
        "first": _place(telling, first),
        "last": _place(telling, last),
        "speaks_to": [],
        "sample": "",
        "mentions": None,
        "id": None,
    }


def _entry(
    telling: Telling, names: Mapping[str, str], row: CastRow, said: Sequence[Utterance], chapters: list[int]
) -> CastEntry:
    who = row.character
    return {
        "telling": telling.name,
        "role": "character" if who else "unknown",
        "name": who.name if who else "",
        "aliases": [alias for alias in who.aliases if alias != who.name] if who else [],
        "gender": who.gender if who else None,
        "narrator": who.narrator if who else False,
        "lines": row.lines,
        "words": row.words,
        "chapters": chapters,
        "first": _place(telling, row.first),
        "last": _place(telling, row.last),
        "speaks_to": [names[hearer] for hearer, _ in row.hearers[:_HEARERS]],
        "sample": _sample(telling.text, said),
        "mentions": who.mentions if who else None,
        "id": who.id if who else None,
    }


def _place(telling: Telling, span: Span | None) -> str | None:
    return None if span is None else str(telling.source.place(span.start))


def _sample(text: str, said: Sequence[Utterance]) -> str:
    """Return the words of the utterance that shows best how somebody talks; empty where there is none."""
    sure = [utterance for utterance in said if utterance.confidence >= _SURE] or said
    if not sure:
        return ""
    chosen = min(sure, key=lambda utterance: abs(words_in(text, utterance.pieces) - _SAMPLE_WORDS))
    words = " … ".join(joined(text, piece) for piece in chosen.pieces)
    return words if len(words) <= _SAMPLE_LENGTH else words[: _SAMPLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
