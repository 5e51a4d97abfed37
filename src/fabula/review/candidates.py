"""Who may be speaking a doubtful line, likeliest first; and whom a name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fabula.spans import Span, index_at
from fabula.story import Character, Mention, Telling, Utterance

MOST = 7
"""Candidates shown for a line."""
_LINES = 6
"""Lines on either side whose speakers may speak this one too."""
_BEFORE, _AFTER = 1200, 300
"""Code points before and after a line in which those mentioned may be its speaker."""


def candidates(telling: Telling, index: int) -> tuple[Character, ...]:
    """Return who may speak a line.

    Args:
        telling: with the layers `utterances`, `characters` and `scenes`; `mentions` are used where present.
        index: of the line in `utterances`.

    Returns:
        At most `MOST` characters: who is taken for the speaker first, then who speaks, hears or is mentioned near by.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    people = {who.id: who for who in telling.layer("characters", wanted_by="review")}
    said: tuple[Utterance, ...] = telling.layer("utterances", wanted_by="review")
    near: Counter[str] = Counter()
    for who, weight in (*_talking(telling, said, index), *_mentioned(telling, said[index])):
        near[who] += weight
    ranked = sorted((who for who in near if who in people), key=lambda who: (-near[who], -people[who].mentions, who))
    guess = [said[index].speaker] if said[index].speaker in people else []
    order = dict.fromkeys(who for who in (*guess, *ranked) if who is not None)
    return tuple(people[who] for who in order)[:MOST]


def _talking(telling: Telling, said: Sequence[Utterance], index: int) -> Iterator[tuple[str, int]]:
    """Yield those who speak and hear near by in the same scene, with how much that counts."""
    bounds = [scene.span.start for scene in telling.layer("scenes", wanted_by="review")]
    scene = index_at(bounds, said[index].start)
    for at in range(max(0, index - _LINES), min(len(said), index + _LINES + 1)):
        if index_at(bounds, said[at].start) != scene:
            continue
        weight = 2 * (_LINES + 1 - abs(at - index))
        if said[at].speaker is not None:
            yield str(said[at].speaker), weight
        # Whom a line is spoken to has the next word, not this one.
        yield from ((who, weight // 2) for who in said[at].addressees if at != index)


def _mentioned(telling: Telling, line: Utterance) -> Iterator[tuple[str, int]]:
    layer = next((name for name in ("mentions", "references") if name in telling.layers), None)
    mentions: Sequence[Mention] = telling.layer(layer) if layer else ()
    about = Span(line.start - _BEFORE, line.end + _AFTER)
    for mention in mentions:
        if mention.character is not None and about.holds(mention.span):
            yield mention.character, 3 if mention.form == "name" else 1


def known_as(who: Character, characters: Sequence[Character]) -> str:
    """Return a name by which only this character goes, the main one if it will do."""
    others = {_plain(alias) for other in characters if other.id != who.id for alias in (other.name, *other.aliases)}
    return next((name for name in (who.name, *who.aliases) if _plain(name) not in others), who.name)


def people_called(name: str, characters: Sequence[Character]) -> tuple[Character, ...]:
    """Return whom a name may mean: those who go by it; else those of whose names it is a part.

    Args:
        name: as somebody typed it.
        characters: the cast.
    """
    wanted = _plain(name)
    if not wanted:
        return ()
    exact = tuple(who for who in characters if wanted in map(_plain, (who.name, *who.aliases)))
    parts = set(wanted.split())
    return exact or tuple(
        who for who in characters if any(parts <= set(_plain(alias).split()) for alias in (who.name, *who.aliases))
    )


def _plain(name: str) -> str:
    return " ".join(name.replace(".", " ").casefold().split()).removeprefix("the ")
