"""Numbers in a passage: how many, how much, how long, which one, at what time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fabula.lexicon.measures import CURRENCIES, MEASURES
from fabula.lexicon.numbers import CARDINALS, ORDINALS, TENS
from fabula.tellings.judging.told import Told

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)")
_BIG: Mapping[str, int] = {"score": 20, "dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_SCORES: Mapping[str, int] = {"threescore": 60, "three-score": 60, "fourscore": 80, "four-score": 80}
_VAGUE = frozenset(
    "about nearly almost some around roughly approximately over under above below hardly scarcely barely near nigh "
    "or than least most odd towards toward perhaps maybe".split()
)
_NOT_COUNTED = frozenset("chapter part book page volume verse scene act no number psalm canto vol ch p".split())
_PRONOUN_ONE = frozenset("no any some every each the this that which another other such little dear good as".split())
_STARTS = frozenset({*CARDINALS, *TENS, *ORDINALS, *_SCORES, *_BIG, "half", "quarter", "a", "an"})
_HOURS = range(1, 25)
_ROUND = 720
_MINUTES: Mapping[int, tuple[int, ...]] = {1: tuple(range(1, 31)), -1: (5, 10, 15, 20, 25)}


class Quantity(NamedTuple):
    """A number with what it counts.

    Attributes:
        places: of its words in the passage.
        kind: `number`, `ordinal`, `year`, `clock time`, or what is measured (`duration`, `sum in pounds`, …).
        value: hours for durations, minutes after twelve for clock times.
        vague: whether it is only near the truth (about ten, two or three), or a mere article (an hour).
    """

    places: range
    kind: str
    value: float
    vague: bool = False


def find_quantities(told: Told) -> Iterator[Quantity]:
    """Yield the quantities of a passage, in order.

    Args:
        told: the passage.
    """
    at = 0
    while at < len(told.words):
        found = (_clock(told, at) or _counted(told, at)) if _may_start(told.key(at)) else None
        if found is None:
            at += 1
            continue
        if not _is_label(told, found):
            yield found
        at = found.places.stop


def _may_start(key: str) -> bool:
    """Whether a quantity may begin with a word: a quick look, since most words are none."""
    return key in _STARTS or "-" in key or key[0].isdecimal()


def _is_label(told: Told, found: Quantity) -> bool:
    """Whether a number only numbers a chapter, a page, a verse or a footnote."""
    first = told.words[found.places[0]]
    bracketed = told.text[first.span.start - 1 : first.span.start] in ("[", "{", ":")
    heads = found.places[0] == 0 and first.exact.isdigit() and found.kind == "number"
    return told.key(found.places[0] - 1) in _NOT_COUNTED or bracketed or heads


def _counted(told: Told, at: int) -> Quantity | None:
    """Return the number at a place, with its unit."""
    ordinal = _ordinal(told.key(at))
    if ordinal:
        return Quantity(range(at, at + 1), "ordinal", ordinal)
    value, end = _number(told, at)
    if end == at and (compound := _compound(told.key(at))):
        return Quantity(range(at, at + 1), *compound)
    ahead = at - 1 - (told.key(at - 1) in ("a", "an", "the"))
    vague = bool(_VAGUE & {told.key(ahead), told.key(end)}) or "dozen" in told.key(end - 1)
    if end == at:
        return _article(told, at)
    unit = MEASURES.get(told.key(end))
    sign = CURRENCIES.get(told.text[told.words[at].span.start - 1 : told.words[at].span.start])
    if told.key(end) == "and" and told.key(end + 1) in ("a", "an", "one") and told.key(end + 2) == "half":
        return None
    if unit:
        return Quantity(range(at, end + 1), unit[0], value * unit[1], vague)
    if sign:
        return Quantity(range(at, end), sign, value, vague)
    if told.words[at].exact.isdigit() and 1000 <= value <= 2100 and end == at + 1:
        return Quantity(range(at, end), "year", value, vague)
    if value == 1 and not told.words[at].exact.isdigit():
        return None if told.key(at - 1) in _PRONOUN_ONE or told.words[at].opens else _one(at)
    return Quantity(range(at, end), "number", value, vague)


def _compound(key: str) -> tuple[str, float] | None:
    """Return what `three-legged`, `ten-year-old` count, and how many."""
    first, hyphen, rest = key.partition("-")
    return (f"number of {rest}", _small(first)) if hyphen and len(rest) > 2 and _small(first) else None


def _one(at: int) -> Quantity:
    return Quantity(range(at, at + 1), "number", 1)


def _article(told: Told, at: int) -> Quantity | None:
    """Return `half an hour`, `an hour`; the article alone counts nothing else."""
    if told.key(at) == "half" and told.key(at + 1) in ("a", "an") and told.key(at + 2) in MEASURES:
        kind, size = MEASURES[told.key(at + 2)]
        return Quantity(range(at, at + 3), kind, size / 2)
    if told.key(at) in ("a", "an") and told.key(at + 1) in MEASURES and told.key(at + 2) not in ("or", "and"):
        kind, size = MEASURES[told.key(at + 1)]
        return Quantity(range(at, at + 2), kind, size, vague=bool(_VAGUE & {told.key(at - 1)}))
    return None


def _ordinal(key: str) -> int:
    digits = _ORDINAL_DIGITS.fullmatch(key)
    if digits:
        return int(digits[1])
    tens, _, rest = key.partition("-")
    return ORDINALS.get(key, 0) or (TENS.get(tens, 0) + ORDINALS[rest] if tens in TENS and rest in ORDINALS else 0)


def _number(told: Told, at: int) -> tuple[float, int]:
    """Return the number that begins at a place, and where it ends; it ends where it begins if there is none."""
    if _GROUPED.fullmatch(_digits(told, at)):
        groups = _digits(told, at).split(",")
        return int("".join(groups)), at + len(groups)
    units, tens = CARDINALS.get(told.key(at), 0), TENS.get(told.key(at + 2), 0)
    if 0 < units < 10 and told.key(at + 1) == "and" and 20 <= tens < 100:  # five and twenty
        return units + tens, at + 3
    total = part = 0.0
    end = at
    while end < len(told.words):
        joined = end > at and told.key(end) == "and" and total + part >= 20
        here = end + joined
        if here > at and told.gap(here - 1).strip(" \n"):
            break
        small = _small(told.key(here))
        if small and (end == at or _fits(part, small)):
            part += small
        elif not joined and _multiplies(told, here, part):
            part = (part or 1) * _BIG[told.key(here)]
            if part >= 1_000:
                total, part = total + part, 0.0
        else:
            break
        end = here + 1
    return total + part, end


def _digits(told: Told, at: int) -> str:
    """Return digits with the commas between them."""
    found = _DIGITS.match(told.text, told.words[at].span.start)
    return found[0] if found else ""


def _multiplies(told: Told, at: int, part: float) -> bool:
    """Whether a word stands for so many times the number before it: three hundred, a thousand."""
    key = told.key(at)
    return key in _BIG and (part > 0 or (key in ("hundred", "thousand") and told.key(at - 1) in ("a", "one")))


def _fits(part: float, small: int) -> bool:
    """Whether a smaller number may follow what has been read: twenty five, three hundred ten, three score and ten."""
    return part == 0 or any(part % step == 0 and small < step for step in (10, 20, 100))


def _small(key: str) -> int:
    """Return the number a single word stands for below a hundred, or in digits; 0 for other words."""
    if key.isdecimal():
        return int(key)
    if key in _SCORES:
        return _SCORES[key]
    parts = key.split("-")
    if len(parts) == 3 and parts[1] == "and":
        parts = [parts[2], parts[0]]  # five-and-twenty
    if len(parts) == 2:
        return TENS[parts[0]] + CARDINALS[parts[1]] if parts[0] in TENS and parts[1] in CARDINALS else 0
    return CARDINALS.get(key, 0) or (TENS.get(key, 0) if key != "hundred" else 0)


def _clock(told: Told, at: int) -> Quantity | None:
    """Return the time of day that begins at a place: five o'clock, half past three, 3:30."""
    key, after = told.key(at), told.key(at + 1)
    if after in ("past", "to", "before", "after"):
        return _past(told, at)
    hour = _small(key)
    if hour not in _HOURS:
        return None
    vague = told.key(at - 1) in _VAGUE
    if after in ("o'clock", "oclock", "pm", "am") or (after in ("p", "a") and told.gap(at + 1).startswith(".")):
        return Quantity(range(at, at + 2), "clock time", 60 * hour % _ROUND, vague)
    if key.isdecimal() and after.isdecimal() and len(after) == 2 and told.gap(at) == ":":
        return Quantity(range(at, at + 2), "clock time", (60 * hour + int(after)) % _ROUND, vague)
    return None


def _past(told: Told, at: int) -> Quantity | None:
    """Return `half past three`, `ten to nine`."""
    minutes = {"half": 30, "quarter": 15}.get(told.key(at)) or _small(told.key(at))
    after, hour = told.key(at + 1), _small(told.key(at + 2))
    sign = 1 if after in ("past", "after") else -1
    if hour not in _HOURS or minutes not in _MINUTES[sign]:
        return None
    return Quantity(range(at, at + 3), "clock time", (60 * hour + sign * minutes) % _ROUND)
