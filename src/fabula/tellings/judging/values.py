"""Words of a passage that exclude others in their place: quantities, days, colours, sides, opposites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from fabula.lexicon import entries
from fabula.story import Subject
from fabula.tellings.judging.quantities import Quantity, find_quantities
from fabula.tellings.judging.told import Told

_MEASURES = frozenset({"duration", "distance", "sum in pounds", "sum in dollars"})
_TIMES = frozenset({"duration", "clock time", "year"})
_NEAR, _FAR = 1.1, 2.0
_VERBS_TOO = frozenset({"may", "march", "august"})
_AGED = frozenset("white snow-white snowy grey gray silver silvery grizzled".split())
_HAIR = frozenset("hair hairs beard whiskers moustache locks head".split())
_BESIDE = 3
_FIGURE = frozenset("times thanks pardons pities apologies things ways reasons".split())


class Value(NamedTuple):
    """A word, or a few, of which one class holds others that cannot be true in the same place.

    Attributes:
        places: of its words in the passage.
        kind: of its class; only values of one kind are compared.
        key: what it stands for.
        what: of the class, for a reader.
        subject: of the class.
        vague: whether it is only near the truth.
        loose: whether one neighbour is enough to know its place.
        kept: whether the word before must be the very same.
    """

    places: range
    kind: str
    key: float
    what: str
    subject: Subject
    vague: bool = False
    loose: bool = False
    kept: bool = False

    @property
    def is_quantity(self) -> bool:
        """Whether its key is a number that may be compared, not the number of a group."""
        return self.kind == self.what


class _Class(NamedTuple):
    kind: str
    group: int
    what: str
    subject: Subject
    loose: bool
    kept: bool


def find_values(told: Told) -> list[Value]:
    """Return the values of a passage, in order; a word may have several, each of another kind.

    Args:
        told: the passage.
    """
    classes = _classes()
    found = [_measured(quantity) for quantity in find_quantities(told)]
    for at, word in enumerate(told.words):
        key, part = _split(word.key)
        if key in classes and not _is_other(told, at):
            found += [_grouped(at, each, part) for each in classes[key] if not part or each.what == "colour"]
    return sorted(found, key=lambda value: (value.places[0], value.kind))


def exclude(one: Value, other: Value, told: tuple[Told, Told]) -> bool:
    """Whether two values of one kind cannot both be true.

    Args:
        one: in the first passage.
        other: in the second passage.
        told: the two passages.
    """
    if not one.is_quantity:
        aged = all(_is_aged_hair(value, side) for value, side in zip((one, other), told, strict=True))
        return one.key != other.key and not aged
    if one.vague or other.vague:
        return max(one.key, other.key) >= _FAR * min(one.key, other.key) > 0
    if one.kind not in _MEASURES:
        return one.key != other.key and not (_is_figure(one, told[0]) and _is_figure(other, told[1]))
    articles = sum(side.key(value.places[0]) in ("a", "an") for side, value in zip(told, (one, other), strict=True))
    if articles and min(one.key, other.key) < articles and one.kind == "duration":
        return False  # a minute is hardly ever sixty seconds
    return max(one.key, other.key) > _NEAR * min(one.key, other.key)


def _is_aged_hair(value: Value, told: Told) -> bool:
    """Whether hair is called white or grey: one says as much as the other of somebody's age."""
    around = range(value.places[0] - _BESIDE, value.places[-1] + _BESIDE + 1)
    return told.key(value.places[0]) in _AGED and any(told.key(at) in _HAIR for at in around)


def _is_figure(value: Value, told: Told) -> bool:
    """Whether a hundred (thousand) times only says: very often."""
    return value.key in (100, 1_000, 1_000_000) and told.key(value.places.stop) in _FIGURE


def _split(key: str) -> tuple[str, str]:
    """Return a word as it is looked up, and what is joined to it: `white`, `lace` for `white-lace`."""
    plain = key.removesuffix("'s")
    first, hyphen, rest = plain.partition("-")
    return (first, rest) if hyphen and plain not in _classes() and first in _classes() else (plain, "")


def _grouped(at: int, of: _Class, part: str) -> Value:
    return Value(range(at, at + 1), f"{of.kind} {part}", of.group, of.what, of.subject, False, of.loose, of.kept)


def _measured(quantity: Quantity) -> Value:
    subject: Subject = "time" if quantity.kind in _TIMES else "number"
    return Value(quantity.places, quantity.kind, quantity.value, quantity.kind, subject, quantity.vague, loose=True)


def _is_other(told: Told, at: int) -> bool:
    """Whether capitals say that a word is not the one of the table: Mr. White, Miss Grey; he may, they march."""
    word = told.words[at]
    if word.key in _VERBS_TOO:
        return word.exact[0].islower()
    titled = word.exact[0].isupper() and not word.exact.isupper()
    return titled and not word.opens and word.key not in calendar_words()


@cache
def calendar_words() -> frozenset[str]:
    """Return the days, months and feasts, which have capitals and name nobody."""
    named = ("day of the week", "month", "feast")
    return frozenset(
        word
        for each in entries("opposites", "class")
        if each["what"] in named
        for group in each["groups"]
        for word in group.split()
    )


@cache
def _classes() -> Mapping[str, tuple[_Class, ...]]:
    found: dict[str, list[_Class]] = defaultdict(list)
    for number, each in enumerate(entries("opposites", "class")):
        for group, words in enumerate(each["groups"]):
            for word in words.split():
                loose, kept = each.get("loose", False), each.get("kept", False)
                found[word].append(_Class(f"class {number}", group, each["what"], each["subject"], loose, kept))
    return {word: tuple(classes) for word, classes in found.items()}
