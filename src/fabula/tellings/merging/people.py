"""Who is who across tellings: by name, and by what somebody without a name says and does in linked lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from fabula.story import Character, Person, Telling
from fabula.tellings.collation.lines import folded
from fabula.tellings.merging.events import Pair
from fabula.tellings.merging.occurrences import Key, Occurrence

_LEAST_VOTES, _LEAST_SHARE = 2, 2 / 3
_ANYBODYS = ("my ", "your ", "his ", "her ", "its ", "our ", "their ")
"""What begins a description that fits somebody else in another mouth."""
_NARRATORS = frozenset(("i", "narrator", "the narrator"))
"""What any narrator is called."""


def match_people(
    tellings: Sequence[Telling], told: Sequence[Occurrence], pairs: Sequence[Pair]
) -> list[tuple[Key, ...]]:
    """Find which characters of several tellings are one person.

    Characters who share a name that nobody else in their telling has are one. A narrator, or somebody who is only
    described, is one with somebody who does and says the same in the same words. Two people with two names are never
    joined: that somebody was renamed is for the author to say.

    Args:
        tellings: of the story, with the layer `characters`.
        told: all occurrences.
        pairs: which of them may be one.

    Returns:
        The characters of each person: index of the telling, and id.
    """
    cast = {
        (number, character.id): character
        for number, telling in enumerate(tellings)
        for character in telling.layer("characters", wanted_by="story")
    }
    groups: dict[Key, set[Key]] = {key: {key} for key in cast}
    for one, other in (*_by_name(cast), *_by_deeds(cast, told, pairs)):
        mine, theirs = groups[one], groups[other]
        if mine is not theirs and not {number for number, _ in mine} & {number for number, _ in theirs}:
            mine |= theirs
            for key in theirs:
                groups[key] = mine
    return list(dict.fromkeys(tuple(sorted(group)) for group in groups.values()))


def _by_name(cast: Mapping[Key, Character]) -> list[tuple[Key, Key]]:
    """Return characters who share a name that is nobody else's, fullest names first."""
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key, character in cast.items():
        for name in {" ".join(map(folded, alias.split())) for alias in (character.name, *character.aliases)}:
            if not name.startswith(_ANYBODYS) and name not in _NARRATORS:
                bearers[name].append(key)
    found = []
    for _, keys in sorted(bearers.items(), key=lambda each: (-len(each[0]), each[0])):
        held = Counter(number for number, _ in keys)
        single = [key for key in keys if held[key[0]] == 1]
        found += [(one, other) for one, other in pairwise(single)]
    return found


def _by_deeds(
    cast: Mapping[Key, Character], told: Sequence[Occurrence], pairs: Sequence[Pair]
) -> list[tuple[Key, Key]]:
    """Return narrators and nameless people with those who do and say the same, most votes first."""
    votes: Counter[tuple[Key, Key]] = Counter()
    for pair in pairs:
        a, b = told[pair.a], told[pair.b]
        if pair.worded and len(a.doers) == 1 == len(b.doers) and a.doers[0][0] != b.doers[0][0]:
            one, other = sorted((a.doers[0], b.doers[0]))
            votes[one, other] += 1
    cast_votes: Counter[tuple[Key, int]] = Counter()
    for (one, other), count in votes.items():
        cast_votes[one, other[0]] += count
        cast_votes[other, one[0]] += count
    return [
        (one, other)
        for (one, other), count in sorted(votes.items(), key=lambda each: (-each[1], each[0]))
        if count >= _LEAST_VOTES
        and count >= _LEAST_SHARE * max(cast_votes[one, other[0]], cast_votes[other, one[0]])
        and not (_has_name(cast[one]) and _has_name(cast[other]))
    ]


def _has_name(character: Character) -> bool:
    return character.named and character.name.casefold() not in _NARRATORS


def to_persons(
    groups: Iterable[tuple[Key, ...]], tellings: Sequence[Telling], counts: Mapping[Key, int]
) -> list[Person]:
    """Return the people of a story, those who take part in most events first.

    Args:
        groups: the characters of each.
        tellings: of the story, with the layer `characters`.
        counts: number of events in which each character takes part.
    """
    cast = {
        (number, character.id): character
        for number, telling in enumerate(tellings)
        for character in telling.layer("characters")
    }
    found = []
    for group in groups:
        held = [cast[key] for key in group]
        main = min(held, key=lambda each: (not _has_name(each), -len(each.name), each.name))
        aliases = tuple(dict.fromkeys(alias for each in (main, *held) for alias in (each.name, *each.aliases)))
        weight = sum(counts.get(key, 0) for key in group)
        found.append((-weight, main.name, Person(main.id, main.name, aliases, group)))
    found.sort(key=lambda each: (each[0], each[1], each[2].characters))
    return _told_apart([person for _, _, person in found])


def _told_apart(people: Iterable[Person]) -> list[Person]:
    """Give people of one id different ones."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    found = []
    for person in people:
        own = person.id
        while own in taken:
            seen[person.id] += 1
            own = f"{person.id}-{seen[person.id] + 1}"
        taken.add(own)
        found.append(person._replace(id=own))
    return found
