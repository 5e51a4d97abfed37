"""Coreference at the length of a book: local decisions by the network, names by the cast.

The network decides, mention by mention, which of the mentions shortly before it is taken up; names belong together
over the whole book as the rules for names have it. Memory and time grow with the text, not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fabula.nets.linker import Ranking, ranking
from fabula.nets.pairs import SOURCES, Facts
from fabula.people.pointing.markables import facts_of
from fabula.story import ENTITY_TYPES, MENTION_FORMS, Character, Markables, Mention, Telling

_NAME, _VOICE = SOURCES.index("name"), SOURCES.index("voice")
_TEMPERATURE, _RELUCTANCE = 1.5, 2.0
"""Chosen on LitBank's development part: single links are too sure of themselves, and many weak ones add up."""
_KNOWN, _ANOTHER = 2.0, 0.5
"""What the chance is multiplied by that "I" or "you" means somebody who is taken for the speaker or hearer of the
quotation, or somebody else; the speakers that the network learned beside were less often right. Chosen likewise."""
_NEGLIGIBLE = 1e-3
_CHUNK = 1000
"""Mentions whose chances are Python objects at a time, so that memory stays small."""


def find_mentions(telling: Telling) -> tuple[Mention, ...]:
    """Find all mentions and who or what each means.

    Args:
        telling: with the layers `tokens`, `sentences`, `markables`, `references`, `characters` and `utterances`.

    Returns:
        Mentions sorted by start, wider first, each with the number of its entity.

    Raises:
        LayerMissingError: when a layer is missing.
        WeightsError: when the network's files are missing or damaged.
    """
    (tokens,) = telling.layer("tokens", wanted_by="coreference")
    markables: Markables = telling.layer("markables", wanted_by="coreference")[0]
    characters: Sequence[Character] = telling.layer("characters", wanted_by="coreference")
    facts = facts_of(telling, markables, telling.layer("utterances", wanted_by="coreference"))
    numbers, people = clusters(ranking(markables.vectors, facts), facts)
    columns = (markables.first, markables.last, markables.type, markables.form)
    return tuple(
        Mention(
            tokens.extent(first, last),
            MENTION_FORMS[form],
            characters[people[number]].id if number in people else None,
            ENTITY_TYPES[kind],
            cluster=number,
        )
        for first, last, kind, form, number in zip(*(column.tolist() for column in columns), numbers, strict=True)
    )


def clusters(ranked: Ranking, facts: Facts) -> tuple[list[int], dict[int, int]]:
    """Return the entity of each mention, and which entities are characters.

    A mention goes to the entity whose mentions together are its likeliest antecedents, or is a new one. A name goes
    to the entity of its character wherever that stands; where it takes up a mention that nobody has been named for,
    that one's entity is the character's too.

    Args:
        ranked: antecedents of each mention, with scores.
        facts: of the mentions.

    Returns:
        The number of each mention's entity, in the order of first mentions; number of an entity to number of its
        character.
    """
    entity: list[int] = []
    person: dict[int, int] = {}
    home: dict[int, int] = {}
    joined: dict[int, int] = {}
    named = np.where(facts.source == _NAME, facts.meant, -1).tolist()
    spoken = np.where(facts.source == _VOICE, facts.meant, -1).tolist()
    for row, chances in enumerate(_chances(ranked)):
        who = named[row]
        sums: dict[int, float] = {}
        for antecedent, chance in chances:
            number = entity[antecedent]
            if number in joined:
                number = _top(joined, number)
            sums[number] = sums.get(number, 0.0) + chance
        if who >= 0:
            sums = {number: total for number, total in sums.items() if person.get(number, who) == who}
        if spoken[row] >= 0:
            sums = {number: total * _trust(spoken[row], person.get(number)) for number, total in sums.items()}
        number = max(sums, key=sums.__getitem__, default=row)
        if sums.get(number, 0.0) <= 1.0:
            number = row
        if who >= 0:
            there = home.setdefault(who, number)
            if there != number:
                joined[max(there, number)] = number = min(there, number)
                home[who] = number
            person[number] = who
        entity.append(number)
    tops = [_top(joined, each) for each in entity]
    order: dict[int, int] = {}
    numbers = [order.setdefault(top, len(order)) for top in tops]
    return numbers, {order[top]: who for who, top in home.items()}


def _trust(spoken: int, person: int | None) -> float:
    """Return how much likelier an entity is for who speaks or hears.

    Args:
        spoken: number of the character that the rules take for the speaker or hearer.
        person: number of the character that the entity is; None where it is nobody yet.
    """
    if person is None:
        return 1.0
    return _KNOWN if spoken == person else _ANOTHER


def _chances(ranked: Ranking) -> Iterator[list[tuple[int, float]]]:
    """Yield for each mention its antecedents and how much likelier each is than none."""
    for low in range(0, len(ranked.alone), _CHUNK):
        part = slice(low, low + _CHUNK)
        odds = np.exp(np.clip((ranked.scores[part] - ranked.alone[part, None] - _RELUCTANCE) / _TEMPERATURE, -50, 50))
        for candidates, row in zip(ranked.candidates[part].tolist(), odds.tolist(), strict=True):
            yield [pair for pair in zip(candidates, row, strict=True) if pair[1] > _NEGLIGIBLE]


def _top(joined: dict[int, int], number: int) -> int:
    """Return the entity that one has been joined to, and note it, so that a long way is gone once.

    Only an entity that is joined to none is ever joined to another: the end of a way is the end for all on it.
    """
    top = number
    while top in joined:
        top = joined[top]
    while number != top:
        further = joined[number]
        joined[number] = top
        number = further
    return top
