"""Numbers as headings write them: `IV`, `4`, `Four`, `the Fourth`, `Twenty-one`."""

from __future__ import annotations

import re

from fabula.lexicon.numbers import CARDINALS, ORDINALS, TENS

ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})"
"""Pattern of a Roman number in capitals, four equal signs in a row allowed (`IIII`)."""

_WORD = "|".join(sorted((*CARDINALS, *TENS, *ORDINALS), key=len, reverse=True))
NUMBER_WORDS = rf"(?:{_WORD})(?:[- ](?:and[- ])?(?:{_WORD}))*"
"""Pattern of a number in words, for a match that ignores case."""

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(ROMAN)
_DIGITS = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?")


def parse_number(words: str) -> int | None:
    """Return the number that `words` states.

    Args:
        words: digits, a Roman number, or English number words, cardinal or ordinal.

    Returns:
        The number; None where `words` states none ("last").
    """
    words = words.strip()
    if digits := _DIGITS.fullmatch(words):
        return int(digits[1])
    if _ROMAN.fullmatch(words.upper()):
        return _roman(words.upper())
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        value = CARDINALS.get(word) or ORDINALS.get(word) or TENS.get(word)
        if value is None and word not in ("and", "the"):
            return None
        total = (total or 1) * 100 if value == 100 else total + (value or 0)
    return total or None


def _roman(letters: str) -> int:
    values = [_VALUES[letter] for letter in letters]
    return sum(
        -value if at + 1 < len(values) and value < values[at + 1] else value for at, value in enumerate(values)
    )
