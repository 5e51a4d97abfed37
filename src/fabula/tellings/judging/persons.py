"""Who is who in two tellings: the same name, the narrator, or another name with the same part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fabula.lexicon import words
from fabula.story import Match, MatchKind
from fabula.tellings.judging.roster import Name, Roster, may_be_one
from fabula.tellings.judging.slots import Passages, merged
from fabula.tellings.judging.survey import SELF, Linked, Survey
from fabula.tellings.judging.told import touch, touching

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i'd", "i'll", "i've"})
_LEAST_TOLD, _LEAST_RENAMED = 3, 2
_FEW = 2
"""Words at most, the first person among them, that replace a name."""
_SHARE = 0.6
"""Share of the places of a name that must have become the other for a renaming, or the narrator."""


@dataclass(frozen=True, slots=True)
class Partners:
    """How often whom of the first telling stands where whom of the second does.

    Attributes:
        counts: linked lines of each pair, as `Roster.who` names them; `I` for a narrator who is no known character.
        told: the same, of names in whose place the other side says `I`.
        of_a: counts for each of the first telling.
        of_b: counts for each of the second telling.
    """

    counts: Mapping[tuple[str, str], int]
    told: Mapping[tuple[str, str], int]
    of_a: Mapping[str, Counter[str]]
    of_b: Mapping[str, Counter[str]]


def find_partners(found: Survey) -> Partners:
    """Count who stands in whose place.

    Args:
        found: what two tellings have in common.
    """
    counts: Counter[tuple[str, str]] = Counter()
    narrators = _narrator(found.rosters[0]), _narrator(found.rosters[1])
    told: Counter[tuple[str, str]] = Counter()
    for linked in found.links:
        first = {*_by_narrators(linked, found.rosters, narrators), *_by_tags(linked, found)}
        told.update(first)
        counts.update({*first, *_by_names(linked, found.rosters), *_by_speakers(linked)})
    of_a: dict[str, Counter[str]] = defaultdict(Counter)
    of_b: dict[str, Counter[str]] = defaultdict(Counter)
    for (one, other), times in counts.items():
        of_a[one][other] += times
        of_b[other][one] += times
    return Partners(counts, told, of_a, of_b)


def match_people(found: Survey, partners: Partners) -> tuple[Match, ...]:
    """Decide who is who.

    Names that are the same are the same; a narrator is whom they replace more often than not; another name is a
    proposal, where it stands for the first everywhere.

    Args:
        found: what two tellings have in common.
        partners: who stands in whose place.

    Returns:
        At most one match for each on either side, the most often linked first.
    """
    taken: tuple[set[str], set[str]] = (set(), set())
    matches = []
    for (one, other), times in sorted(partners.counts.items(), key=lambda each: (-each[1], each[0])):
        if one in taken[0] or other in taken[1]:
            continue
        match = _match(found, partners, one, other, times)
        if match:
            taken[0].add(one)
            taken[1].add(other)
            matches.append(match)
    return tuple(matches)


def _match(found: Survey, partners: Partners, one: str, other: str, times: int) -> Match | None:
    a, b = found.rosters
    ids = (one if one in a.characters else "", other if other in b.characters else "")
    if (a.characters and not ids[0] and one != SELF) or (b.characters and not ids[1] and other != SELF):
        return None  # a place, or a thing
    same = same_person(a, one, b, other)
    share = 1.0 if same else times / max(partners.of_a[one].total(), partners.of_b[other].total())
    telling = one == _narrator(a), other == _narrator(b)
    if same or all(telling):
        told = telling[0] != telling[1] and partners.told.get((one, other), 0) >= _LEAST_TOLD
        kind: MatchKind = "narrator" if told else "same"
    elif share < _SHARE or times < (_LEAST_TOLD if any(telling) else _LEAST_RENAMED):
        return None
    else:
        kind = "narrator" if any(telling) else "renamed"
    return Match(_shown(a, one), _shown(b, other), kind, times, round(share * times / (times + 1), 3), *ids)


def _shown(roster: Roster, who: str) -> str:
    character = roster.characters.get(who)
    return SELF if character and character.narrator and not character.named else roster.shown(who)


def same_person(a: Roster, one: str, b: Roster, other: str) -> bool:
    """Whether two people of two tellings share a name.

    Args:
        a: names of the first telling.
        one: as `Roster.who` of the first names them.
        b: names of the second telling.
        other: as `Roster.who` of the second names them.
    """
    return any(may_be_one(mine, theirs) for mine in _called(a, one) for theirs in _called(b, other))


def _called(roster: Roster, who: str) -> Iterator[Name]:
    character = roster.characters.get(who)
    for called in character.aliases if character else (who,):
        parts = [part.strip(".") for part in called.casefold().split()]
        titled = len(parts) > 1 and any(parts[0] in words("titles", key) for key in ("male", "female", "unknown"))
        yield Name(range(0), " ".join(parts[titled:]), parts[0] if titled else "")


def _id(roster: Roster, who: str) -> str:
    return who if who in roster.characters else ""


def _narrator(roster: Roster) -> str:
    telling = [who.id for who in roster.characters.values() if who.narrator]
    return telling[0] if len(telling) == 1 else SELF


def _by_narrators(
    linked: Linked, rosters: tuple[Roster, Roster], narrators: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield who is named in one link where the other side says `I`."""
    for side, name in _told(linked.found, linked.names):
        who = rosters[side].who(name)
        yield (who, narrators[1]) if side == 0 else (narrators[0], who)


def _by_tags(linked: Linked, found: Survey) -> Iterator[tuple[str, str]]:
    """Yield who is named in a tag of one link where the other side says `I said`."""
    for one, other in linked.said:
        if one.cue and other.cue and one.speaker and other.speaker:
            cues = (one.cue.of(found.tellings[0].text), other.cue.of(found.tellings[1].text))
            if (cues[0] == SELF) != (cues[1] == SELF):
                yield one.speaker, other.speaker


def _by_speakers(linked: Linked) -> Iterator[tuple[str, str]]:
    for one, other in linked.said:
        if one.speaker and other.speaker and one.evidence == "tag" == other.evidence:
            yield one.speaker, other.speaker


def _by_names(linked: Linked, rosters: tuple[Roster, Roster]) -> Iterator[tuple[str, str]]:
    """Yield who stands in whose place in one link."""
    if linked.link.relation == "event":
        return
    for one, other in swaps(linked):
        yield rosters[0].who(one), rosters[1].who(other)
    kept = [[name for name in linked.names[side] if not differs(linked.found, name, side)] for side in (0, 1)]
    if len(kept[0]) == len(kept[1]):
        for one, other in zip(*kept, strict=True):
            if one.key == other.key:
                yield rosters[0].who(one), rosters[1].who(other)


def swaps(linked: Linked) -> Iterator[tuple[Name, Name]]:
    """Yield names of a link of which one stands where the other does.

    Args:
        linked: a link with its names.
    """
    for region in linked.found.regions:
        inside = [touching(linked.names[side], region[side]) for side in (0, 1)]
        if len(inside[0]) == 1 == len(inside[1]):
            yield inside[0][0], inside[1][0]


def _told(found: Passages, names: tuple[list[Name], list[Name]]) -> Iterator[tuple[int, Name]]:
    """Yield names, and on which side, that the other side replaces by the first person: `said Joss`, `I said`."""
    for region in merged(found.regions, apart=1):
        for side in (0, 1):
            inside = touching(names[side], region[side])
            there = {found.sides[1 - side].key(at) for at in region[1 - side]}
            if len(inside) == 1 and there & FIRST_PERSON and len(region[1 - side]) <= _FEW:
                yield side, inside[0]


def differs(found: Passages, name: Name, side: int) -> bool:
    """Whether a name is among the words that differ.

    Args:
        found: the two sides of a link.
        name: on one of them.
        side: 0 for the first, 1 for the second.
    """
    first = bisect_right(found.regions, name.places.start, key=lambda region: region[side].stop)
    last = bisect_left(found.regions, name.places.stop, key=lambda region: region[side].start)
    return any(touch(name.places, region[side]) for region in found.regions[first:last])
