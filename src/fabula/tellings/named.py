"""The part of a text that somebody names: by viewpoint, by heading, by the number of its chapter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from fabula.errors import ConfigError
from fabula.spans import Span
from fabula.story import Chapter, Side, Telling
from fabula.tellings.parts import find_parts, viewpoint_parts

_MOST_TOLD = 20
_Parts = dict[str, list[Span]]


def part_named(tellings: Sequence[Telling], number: int, wanted: str) -> Side:
    """Return the part of a telling that goes by a name.

    Looked for are, in this order and without regard to capitals: a viewpoint, a heading, a chapter's number, one of
    the parts that `find_parts` finds, and words that stand in one heading only. All that stands under one name is one
    part, so that alternate chapters by two narrators need no more than the narrators' names.

    Args:
        tellings: of the story, with the layers `paragraphs`, `chapters`, `scenes`, `quotes` and `sentences`.
        number: index of the telling.
        wanted: the name.

    Returns:
        The part, without the headings that name it.

    Raises:
        ConfigError: no part goes by that name, or several chapters have that number.
        LayerMissingError: when a layer is missing.
    """
    telling = tellings[number]
    key = _folded(wanted)
    viewpoints, headed = viewpoint_parts(telling), _headed(telling)
    for parts in (viewpoints, headed):
        for name, spans in parts.items():
            if _folded(name) == key:
                return Side(number, f"{telling.name}: {name}", tuple(spans))
    found = _numbered(telling, number, key) if key.isdecimal() else None
    found = found or _returning(tellings, number, key)
    if found:
        return found
    worded = [name for name in headed if key and f" {key} " in f" {_folded(name)} "]
    if len(worded) == 1:
        return Side(number, f"{telling.name}: {worded[0]}", tuple(headed[worded[0]]))
    raise _unknown(telling, wanted, worded, [*viewpoints, *headed])


def _headed(telling: Telling) -> _Parts:
    parts: _Parts = defaultdict(list)
    names: dict[str, str] = {}
    for chapter in _chapters(telling):
        parts[names.setdefault(_folded(chapter.title), chapter.title)].append(_told(chapter))
    return parts


def _chapters(telling: Telling) -> Iterator[Chapter]:
    """Yield parts and chapters that have a heading."""
    chapters: tuple[Chapter, ...] = telling.layer("chapters", wanted_by="align")
    return (chapter for chapter in chapters if chapter.heading and chapter.title)


def _told(chapter: Chapter) -> Span:
    return Span(chapter.heading.end if chapter.heading else chapter.span.start, chapter.span.end)


def _numbered(telling: Telling, number: int, key: str) -> Side | None:
    """Return the chapter of a number; chapters without numbers are counted."""
    chapters = [chapter for chapter in _chapters(telling) if chapter.level == "chapter"]
    counted = (
        zip((chapter.number for chapter in chapters), chapters, strict=True)
        if any(chapter.number is not None for chapter in chapters)
        else zip(count(1), chapters, strict=False)
    )
    found = [chapter for at, chapter in counted if at == int(key)]
    if len(found) > 1:
        raise ConfigError(
            f"{len(found)} chapters have the number {key}",
            where=telling.name,
            advice="Name the one that is meant by its heading",
        )
    return Side(number, f"{telling.name}: {found[0].title}", (_told(found[0]),)) if found else None


def _returning(tellings: Sequence[Telling], number: int, key: str) -> Side | None:
    sides = find_parts(tellings, number)
    return next((side for side in sides if _folded(side.name) == f"{_folded(tellings[number].name)}: {key}"), None)


def _unknown(telling: Telling, wanted: str, worded: Sequence[str], known: Sequence[str]) -> ConfigError:
    """Return the error that lists the parts found: those with the words in their heading, else all."""
    names = list(dict.fromkeys(worded or known))
    told = ", ".join(f"'{name}'" for name in names[:_MOST_TOLD])
    more = f" and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
    return ConfigError(
        f"{len(worded) or 'no'} parts go by the name '{wanted}'",
        where=telling.name,
        advice=f"Name one of {told}{more}" if names else "It has no headings: name the whole text",
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
