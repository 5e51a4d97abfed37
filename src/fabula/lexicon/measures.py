"""English measures of time, length and money, each in one unit of its kind.

Source: common knowledge; our own list. Licence: as the program.
"""

from __future__ import annotations

from collections.abc import Mapping

_DURATIONS = {
    "second seconds": 1 / 3600,
    "minute minutes": 1 / 60,
    "hour hours": 1.0,
    "day days": 24.0,
    "week weeks": 168.0,
    "fortnight fortnights": 336.0,
    "month months": 730.0,
    "year years": 8766.0,
    "century centuries": 876_600.0,
}
_DISTANCES = {"inch inches": 1.0, "foot feet": 12.0, "yard yards": 36.0, "mile miles": 63_360.0}
_POUNDS = {
    "penny pence pennies": 1 / 240,
    "shilling shillings": 1 / 20,
    "pound pounds": 1.0,
    "guinea guineas": 1.05,
}
_DOLLARS = {"cent cents": 0.01, "dollar dollars": 1.0}
_KINDS = {"duration": _DURATIONS, "distance": _DISTANCES, "sum in pounds": _POUNDS, "sum in dollars": _DOLLARS}

MEASURES: Mapping[str, tuple[str, float]] = {
    word: (kind, size) for kind, sizes in _KINDS.items() for words, size in sizes.items() for word in words.split()
}
"""Word to the kind of what it measures and its size: hours, inches, pounds, dollars."""
CURRENCIES: Mapping[str, str] = {"£": "sum in pounds", "$": "sum in dollars"}
"""Sign to the kind of what it counts."""
