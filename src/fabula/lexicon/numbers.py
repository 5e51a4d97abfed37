"""Number words of English headings, from one to ninety-nine and a little beyond.

Source: common knowledge; our own list. Licence: as the program.
"""

from __future__ import annotations

from collections.abc import Mapping

_CARDINALS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_ORDINALS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

CARDINALS: Mapping[str, int] = {word: number for number, word in enumerate(_CARDINALS.split(), 1)}
"""`one` to `nineteen`."""

TENS: dict[str, int] = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)} | {"hundred": 100}
"""`twenty` to `ninety`, and `hundred`."""

ORDINALS: Mapping[str, int] = {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {
    f"{word[:-1]}ieth": value for word, value in TENS.items() if word.endswith("y")
}
"""`first` to `nineteenth`, `twentieth` to `ninetieth`."""
