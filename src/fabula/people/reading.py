"""The people chapter from end to end."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.lexicon import words
from fabula.people.cast import obey
from fabula.people.cast.approval import approved
from fabula.people.cast.casting import cast_of, people_spots
from fabula.people.describing.nominals import find_nominals, speaking_nouns
from fabula.people.naming.narrator import sections
from fabula.people.page import read_page
from fabula.people.pointing.coreference import events, resolve
from fabula.spans import Span
from fabula.story import Character, Correction, Gender, Mention, Telling


def find_people(telling: Telling) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Find mentions and the characters behind them.

    Args:
        telling: with the layers `paragraphs`, `quotes` and `corrections`; `chapters` and `scenes` are used where
            present.

    Returns:
        Mentions sorted by start, wider first; characters, the most often mentioned first.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    corrections: tuple[Correction, ...] = telling.layer("corrections", wanted_by="people")
    page = read_page(telling)
    parts = sections(telling, page)
    stated = [part.viewpoint for part in parts if part.viewpoint]
    spots = people_spots(page, corrections, stated)
    cast = cast_of(page, spots, corrections, parts)
    heads = words("person_nouns", "male", "female", "neutral", "plural") | speaking_nouns(page.text, page)
    nominals = find_nominals(page, [Span(spot.start, spot.end) for spot in spots], heads - _denied_heads(corrections))
    genders: dict[str, Gender] = {who.id: who.gender for who in cast.characters.values()}
    resolved = resolve(
        page, events(page, spots, nominals), cast.owners, genders, scenes=cast.scenes, ranks=cast.ranks
    )
    mentions, characters = approved(page, cast, resolved)
    return obey.described(mentions, obey.with_speakers(characters, corrections), corrections)


def _denied_heads(corrections: Sequence[Correction]) -> frozenset[str]:
    return frozenset(name.split()[-1] for name in obey.denied(corrections) if name)
