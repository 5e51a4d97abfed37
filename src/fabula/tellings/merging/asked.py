"""Whom and which place a reader means: names and places of a story as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fabula.errors import ConfigError
from fabula.spans import Span
from fabula.story import Chapter, Person, Plot, Story, Telling

_SHOWN = 5
_MARKS = "\"“”'‘’«»"
_ALIKE = {"'": "['‘’]", "‘": "['‘’]", "’": "['‘’]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": "[-‐‑]"}


def find_person(plot: Plot, name: str) -> Person:
    """Return the person who goes by a name.

    Args:
        plot: of the story.
        name: one of their names, in small or capital letters; or their id.

    Raises:
        ConfigError: nobody, or several people, go by it.
    """
    wanted = _folded(name)
    found = [person for person in plot.people if person.id == name] or [
        person for person in plot.people if wanted in map(_folded, (person.name, *person.aliases))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(f"{person.id} ({person.name})" for person in found)
        raise ConfigError(f"several people go by '{name}'", advice=f"Name one of them by id: {ids}")
    known = ", ".join(person.name for person in plot.people[:_SHOWN]) or "nobody"
    more = ", …" if len(plot.people) > _SHOWN else ""
    raise ConfigError(f"nobody goes by '{name}' here", advice=f"There are {known}{more}")


def find_places(story: Story, plot: Plot, asked: str) -> dict[int, int]:
    """Return a place of a story in every side that has it.

    Args:
        story: with the layer `chapters`.
        plot: of the story.
        asked: number or title of a chapter, or words of the text; `NAME:` before it says of which telling.

    Returns:
        Index of each side to a code point of its text: where the chapter or the words begin.

    Raises:
        ConfigError: no such place, or several in one telling; a chapter that several tellings have.
    """
    chosen, words = _side_named(plot, asked)
    tellings = list(dict.fromkeys(plot.sides[number].telling for number in chosen))
    chapters = {number: _chapter(story.tellings[number], words) for number in tellings}
    held = {number: chapter for number, chapter in chapters.items() if chapter is not None}
    if len(held) > 1:
        names = " or ".join(f"'{story.tellings[number].name}:{words}'" for number in held)
        raise ConfigError(f"several tellings have a chapter '{words}'", advice=f"Say {names}")
    for number, chapter in held.items():
        return _at(plot, chosen, number, chapter.span.start)
    places: dict[int, int] = {}
    for number in tellings:
        text = story.tellings[number].text
        starts = [match.start() for match in _pattern(words).finditer(text)] if words else []
        for side, inside in _by_side(plot, chosen, number, starts):
            if len(inside) > 1:
                where = ", ".join(story.tellings[number].source.place(at).brief for at in inside[:_SHOWN])
                raise ConfigError(
                    f"'{words}' stands {len(inside)} times in {plot.sides[side].name} ({where})",
                    advice="Quote more words",
                )
            places[side] = inside[0]
    if not places:
        raise ConfigError(
            f"'{words}' is neither a chapter nor words of the text",
            advice="Give the number or title of a chapter, or quote some words as they stand",
        )
    return places


def _folded(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def _side_named(plot: Plot, asked: str) -> tuple[Sequence[int], str]:
    """Return the sides that are meant, and what is asked of them."""
    for number in sorted(range(len(plot.sides)), key=lambda number: -len(plot.sides[number].name)):
        name, rest = plot.sides[number].name, asked[len(plot.sides[number].name) :]
        if asked.casefold().startswith(f"{name.casefold()}:") and rest[1:].strip():
            return (number,), rest[1:].strip()
    return range(len(plot.sides)), asked.strip()


def _chapter(telling: Telling, words: str) -> Chapter | None:
    """Return the chapter of that number or title: as its heading counts, or else as chapters stand."""
    chapters: list[Chapter] = [each for each in telling.layer("chapters") if each.level == "chapter"]
    if words.isdecimal():
        headed = [each for each in chapters if each.number == int(words)]
        if len(headed) == 1:
            return headed[0]
        return chapters[int(words) - 1] if 0 < int(words) <= len(chapters) and not headed else None
    titled = [each for each in chapters if each.title and _folded(each.title) == _folded(words)]
    return titled[0] if len(titled) == 1 else None


def _at(plot: Plot, chosen: Sequence[int], telling: int, offset: int) -> dict[int, int]:
    """Return the side that holds a place of a telling, or begins next after it."""
    after = [
        (max(part.start, offset), number)
        for number in chosen
        if plot.sides[number].telling == telling
        for part in plot.sides[number].parts
        if part.end > offset
    ]
    return {number: at for at, number in sorted(after)[:1]}


def _by_side(
    plot: Plot, chosen: Sequence[int], telling: int, starts: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Yield which of some places of a telling each of its sides has."""
    for number in chosen:
        side = plot.sides[number]
        parts: Sequence[Span] = side.parts if side.telling == telling else ()
        inside = [at for at in starts if any(part.has(at) for part in parts)]
        if inside:
            yield number, inside


def _pattern(words: str) -> re.Pattern[str]:
    """Return what finds words whatever their spaces, capitals and the shape of their marks."""
    bare = words.strip().strip(_MARKS).strip() or words
    alike = ("".join(_ALIKE.get(sign, re.escape(sign)) for sign in word) for word in bare.split())
    return re.compile(r"\s+".join(alike), re.IGNORECASE)
