"""Which words of two linked passages stand in the same place, though they are not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.story import Link
from fabula.tellings.judging.told import Told, told, touching
from fabula.tellings.judging.values import Value, exclude, find_values

_SURE, _LIKELY = 0.9, 0.7
_FEW = 3
_POINTERS = frozenset(
    "i me my mine he him his she her hers it its we us our they them their you your thou thee thy the a an this that "
    "these those".split()
)
NEGATIONS = frozenset("not never no none nor neither nobody nothing without hardly scarcely cannot n't".split())


class Passages(NamedTuple):
    """The two sides of a link, with the stretches of words in which they differ.

    Attributes:
        a: words of the first telling.
        b: words of the second telling.
        regions: places of the words that differ, on either side; one of the two may be empty.
    """

    a: Told
    b: Told
    regions: tuple[tuple[range, range], ...]

    @property
    def sides(self) -> tuple[Told, Told]:
        """The words of both sides."""
        return self.a, self.b


class Slot(NamedTuple):
    """Two values in the same place.

    Attributes:
        a: in the first passage.
        b: in the second passage.
        sure: 0 to 1 that it is the same place.
    """

    a: Value
    b: Value
    sure: float


def passages(link: Link, a: str, b: str) -> Passages:
    """Return the words of a link, and where they differ; only those of the first side where both are the same.

    Args:
        link: of lines of two tellings.
        a: text of the first telling.
        b: text of the second telling.
    """
    mine, theirs = told(a, link.a), told(b, () if link.relation == "same" else link.b)
    regions = []
    shift = 0
    for change in link.changes:
        if change.kind not in ("wording", "added", "missing"):
            continue
        left = mine.within(change.a) if change.a else None
        right = theirs.within(change.b) if change.b else None
        if left is None and right is not None:
            left = range(right.start - shift, right.start - shift)
        if right is None and left is not None:
            right = range(left.start + shift, left.start + shift)
        if left is not None and right is not None:
            regions.append((left, right))
            shift = right.stop - left.stop
    return Passages(mine, theirs, tuple(regions))


def find_slots(found: Passages) -> Iterator[Slot]:
    """Yield the values that exclude each other and stand in the same place of two passages.

    Args:
        found: the two sides of a link.
    """
    values = find_values(found.a), find_values(found.b)
    if not all(values):
        return
    wide = [_widened(region, values) for region in merged(found.regions)]
    differing = [
        Counter((value.kind, value.key) for region in wide for value in touching(values[side], region[side]))
        for side in (0, 1)
    ]
    for region in wide:
        for one, other in _in_order(region, values):
            moved = differing[1][one.kind, one.key] or differing[0][other.kind, other.key]
            if not moved and exclude(one, other, found.sides):
                sure = _sureness(found, region, one, other)
                if sure:
                    yield Slot(one, other, sure)


def find_loose(found: Passages) -> Iterator[Slot]:
    """Yield values that exclude each other where two passages tell the same in other words.

    Only what can stand nowhere else: the single number before the same noun, the single day, date or clock time.

    Args:
        found: the two sides of a link; regions do not matter.
    """
    single = _single(find_values(found.a)), _single(find_values(found.b))
    for kind, one in single[0].items():
        other = single[1].get(kind)
        if other is None or one.vague or other.vague:
            continue
        if _in_phrase(found, one, other) and exclude(one, other, found.sides):
            yield Slot(one, other, _LIKELY)


def _single(values: Sequence[Value]) -> dict[str, Value]:
    """Return the values of which there is one of a kind, by kind."""
    kinds = Counter(value.kind for value in values)
    return {value.kind: value for value in values if kinds[value.kind] == 1}


def _in_phrase(found: Passages, one: Value, other: Value) -> bool:
    """Whether two numbers count the same thing, by the noun after them."""
    heads = found.a.key(one.places.stop), found.b.key(other.places.stop)
    return one.loose and one.kind not in ("duration", "year") and _same_noun(*heads)


def _same_noun(one: str, other: str) -> bool:
    return len(one) > 2 and one not in _POINTERS and _stem(one) == _stem(other) and one not in _NO_NOUNS


_NO_NOUNS = frozenset("and but for with from who which when was were had has have are not all then into upon".split())


def _stem(word: str) -> str:
    return word.removesuffix("es" if word.endswith(("ches", "shes", "sses", "xes")) else "s")


def merged(regions: Sequence[tuple[range, range]], apart: int = 0) -> list[tuple[range, range]]:
    """Return regions, those that follow each other closely as one.

    Args:
        regions: in order.
        apart: how many words, the same on both sides, may stand between.
    """
    joined: list[tuple[range, range]] = []
    for left, right in regions:
        if joined and left.start - joined[-1][0].stop <= apart:
            before = joined.pop()
            joined.append((range(before[0].start, left.stop), range(before[1].start, right.stop)))
        else:
            joined.append((left, right))
    return joined


def _widened(region: tuple[range, range], values: tuple[list[Value], list[Value]]) -> tuple[range, range]:
    """Return a region widened to hold all of the values that it touches, by as many words on either side."""
    first = last = 0
    for places, held in zip(region, values, strict=True):
        for value in touching(held, places):
            first = max(first, places.start - value.places.start)
            last = max(last, value.places.stop - places.stop)
    left, right = (range(places.start - first, places.stop + last) for places in region)
    return left, right


def _in_order(region: tuple[range, range], values: tuple[list[Value], list[Value]]) -> Iterator[tuple[Value, Value]]:
    """Yield the values of a region side by side; none of a kind of which either side has more."""
    held: list[dict[str, list[Value]]] = [{}, {}]
    for side in (0, 1):
        for value in touching(values[side], region[side]):
            held[side].setdefault(value.kind, []).append(value)
    for kind, mine in held[0].items():
        theirs = held[1].get(kind, [])
        if len(mine) == len(theirs):
            yield from zip(mine, theirs, strict=True)


def _sureness(found: Passages, region: tuple[range, range], one: Value, other: Value) -> float:
    """Return how sure it is that two values stand in the same place, by the words beside them; 0 for not at all."""
    before = found.a.key(one.places.start - 1), found.b.key(other.places.start - 1)
    after = found.a.key(one.places.stop), found.b.key(other.places.stop)
    if one.kept and before[0] != before[1]:
        return 0.0
    agree = [_agree(*before), _agree(*after) or _stem(after[0]) == _stem(after[1])]
    if all(agree):
        return _SURE
    rest = [
        {side.key(at) for at in places if at not in value.places}
        for side, places, value in ((found.a, region[0], one), (found.b, region[1], other))
    ]
    if not one.loose or not any(agree) or NEGATIONS & (rest[0] | rest[1]):
        return 0.0
    return _LIKELY if max(map(len, rest)) <= _FEW or (agree[1] and _same_noun(*after)) else 0.0


def _agree(one: str, other: str) -> bool:
    return one == other or (one in _POINTERS and other in _POINTERS)
