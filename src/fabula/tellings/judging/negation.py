"""Said in one telling, denied in the other: the same clause with `not` and without."""

from __future__ import annotations

from collections.abc import Iterator

from fabula.lexicon import inflected
from fabula.lexicon.numbers import CARDINALS
from fabula.tellings.judging.slots import NEGATIONS, Passages
from fabula.tellings.judging.told import Told

_NOT = frozenset({"not", "never", "cannot"})
_HELPERS = frozenset(
    "do does did done am is are was were be been being have has had will would shall should can could may might must "
    "need dare ought ai wo ca sha am".split()
)
_TURNS = frozenset(
    "only but until till unless whether if why lest than nor or merely just though although without wonder doubt "
    "deny forget fail refuse help else any either".split()
)
"""Beside these `not` may stand or be left out, or does not mean no."""
_SMALL = frozenset(
    "i me my he him his she her it its we us our they them their you your thou thee ye the a an this that these "
    "those and so then to of in on at by for with from as oh well now there here very quite too".split()
)
_LEAST_WORDS = 3
_SAME = 4


def find_denied(found: Passages) -> Iterator[tuple[range, range]]:
    """Yield clauses, one of either passage, that say the same, but for a negation.

    Nothing else may differ between them than small words; questions, and words beside which `not` says little, are
    left alone.

    Args:
        found: the two sides of a link.
    """
    seen = set()
    for left, right in found.regions:
        if not (_negated(found.a, left) or _negated(found.b, right) or _has_none(found, left, right)):
            continue
        clauses = clause_around(found.a, left), clause_around(found.b, right)
        if clauses not in seen and _is_denied(found, *clauses):
            seen.add(clauses)
            yield clauses


def _negated(told: Told, places: range) -> bool:
    return any(_is_not(told.key(at)) for at in places)


def _has_none(found: Passages, left: range, right: range) -> bool:
    """Whether one passage has `no` where the other has `a`: she has no brother, she has a brother."""
    keys = [[told.key(at) for at in places] for told, places in zip(found.sides, (left, right), strict=True)]
    return any(one == ["no"] and other in (["a"], ["an"]) for one, other in (keys, keys[::-1]))


def _is_not(key: str) -> bool:
    return key in _NOT or key.endswith("n't")


def clause_around(told: Told, places: range) -> range:
    """Return the places of the words around some words, up to the next marks on either side.

    Args:
        told: the passage.
        places: of the words; of the next one where there are none.
    """
    first, last = places.start, max(places.stop, places.start + 1)
    first, last = min(first, len(told.words) - 1), min(last, len(told.words))
    while first > 0 and not told.breaks(first - 1):
        first -= 1
    while last < len(told.words) and not told.breaks(last - 1):
        last += 1
    return range(first, last)


def _is_denied(found: Passages, left: range, right: range) -> bool:
    sides = ((found.a, left), (found.b, right))
    if any(len(places) < _LEAST_WORDS or "?" in told.gap(places[-1]) for told, places in sides):
        return False
    keys = [[told.key(at) for at in places] for told, places in sides]
    if any(_TURNS & set(side) for side in keys):
        return False
    counts = [sum(_is_not(key) or key in NEGATIONS for key in side) for side in keys]
    return sorted(counts) == [0, 1] and _content(keys[0]) == _content(keys[1]) != set()


def _content(keys: list[str]) -> set[str]:
    """Return the words of a clause that carry its sense, without their endings."""
    bases = inflected("inflections", "verbs")
    return {
        key if key in CARDINALS else bases.get(key, key)[:_SAME]
        for key in (key.removesuffix("n't") for key in keys)
        if key not in _SMALL and key not in _HELPERS and not _is_not(key) and key not in NEGATIONS
    }
