"""Quotation marks one by one: which glyphs there are, and how each reads in its place.

A mark is read from its two neighbours alone: white space before and a letter after make an opening mark, a full
stop before and white space after a closing one. The readings are costs, like negative log probabilities, so that
`quote_pairs` can choose the readings that agree best over a whole paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from fabula.story.text import QuoteStyle

Family = Literal["double", "single", "guillemet", "angle", "corner", "white"]


class Glyph(NamedTuple):
    """A kind of mark, however it is encoded.

    Attributes:
        family: marks of one family close each other.
        role: -1 opens, 1 closes, 0 either, before the text's own habit is known.
        style: of the quotation that it opens.
    """

    family: Family
    role: int
    style: QuoteStyle


class QuoteMark(NamedTuple):
    """One mark in its place.

    Attributes:
        start: first code point.
        end: code point after it; an encoding accident or an ASCII mark may have several.
        glyph: which mark it is.
        opens: cost of reading it as an opening mark.
        closes: cost of reading it as a closing mark.
        idles: cost of reading it as no quotation mark: an apostrophe, inches, a slip.
    """

    start: int
    end: int
    glyph: Glyph
    opens: float
    closes: float
    idles: float


class Habits(NamedTuple):
    """How one text uses its marks.

    Attributes:
        roles: glyphs that this text uses in another role than the usual one (German »…«, Swedish ”…”).
        single_speech: share of speech that stands in single marks, 0 to 1.
    """

    roles: Mapping[str, int]
    single_speech: float

    @property
    def single_out(self) -> float:
        """Cost of a single mark that opens outside of all other quotations."""
        return 0.0 if self.single_speech > 0.3 else 1.0 if self.single_speech > 0.1 else 2.5


GLYPHS: Mapping[str, Glyph] = {
    '"': Glyph("double", 0, "straight"),
    "＂": Glyph("double", 0, "straight"),
    "``": Glyph("double", -1, "straight"),
    "''": Glyph("double", 0, "straight"),
    "“": Glyph("double", -1, "curly"),
    "”": Glyph("double", 1, "curly"),
    "\x93": Glyph("double", -1, "curly"),
    "\x94": Glyph("double", 1, "curly"),
    "â€œ": Glyph("double", -1, "curly"),
    "â€\x9d": Glyph("double", 1, "curly"),
    "â€": Glyph("double", 1, "curly"),
    "„": Glyph("double", -1, "low"),
    ",,": Glyph("double", -1, "low"),
    "‟": Glyph("double", -1, "curly"),
    "'": Glyph("single", 0, "single"),
    "‘": Glyph("single", -1, "single"),
    "’": Glyph("single", 1, "single"),
    "\x91": Glyph("single", -1, "single"),
    "\x92": Glyph("single", 1, "single"),
    "â€˜": Glyph("single", -1, "single"),
    "â€™": Glyph("single", 1, "single"),
    "‚": Glyph("single", -1, "single"),
    "‛": Glyph("single", -1, "single"),
    "`": Glyph("single", -1, "single"),
    "´": Glyph("single", 1, "single"),
    "«": Glyph("guillemet", -1, "guillemet"),
    "»": Glyph("guillemet", 1, "guillemet"),
    "‹": Glyph("angle", -1, "guillemet"),
    "›": Glyph("angle", 1, "guillemet"),
    "「": Glyph("corner", -1, "corner"),
    "」": Glyph("corner", 1, "corner"),
    "『": Glyph("white", -1, "corner"),
    "』": Glyph("white", 1, "corner"),
}
"""Every mark that is known, with the accidents of encoding that are met."""

# Apostrophes inside words are by far the commonest single marks and never quote: they are not even looked at.
_MARK = re.compile(
    r"""(?P<rule>(?P<one>["'`,´])(?P=one){2,})
      | â€[œ\x9d˜™]? | `` | '' | (?<!\S),,(?=\w)
      | (?<!\w)['’] | ['’](?!\w)
      | ["＂“”„‟‘‚‛`´«»‹›「」『』\x91-\x94]""",
    re.VERBOSE,
)
_CLEAR = frozenset(
    "\"'`´“”„‟‘’‚‛«»‹›「」『』_*~=\x91\x92\x93\x94"
)  # seen through when a mark looks for its neighbour

# Words that begin or end with an apostrophe because letters are dropped.
_CUT_HEAD = frozenset(
    """tis twas twere twill twould twon em im er un til till tain cause cos coz bout round gainst mong mongst neath
    pon nother n ere ave ow ome im is ad as e s ood ouse eard ead ere ard alf ang ope and ell ud ull low ware fraid
    scuse spect sides nuff way stead tween fore lection bus cello phone flu""".split()
)
_CUT_CAPITAL = frozenset("Tis Twas Twere Twill Twould Twon Em Tain Til Bout Cause Cos Cept".split())
_CUT_TAIL = re.compile(
    r"(?:\b(?:o|th|an|wi|ol|mo|po|fo|t|i|d|bo|jus|mos|las|mus|don|wan|las|tha|whate'er|ha|gi)|\win)$"
)
_WORD = re.compile(r"\w+")

# (left, right) to costs of opening, closing, idling. S space or edge, W letter, N digit, P stop, D dash.
_Costs = tuple[float, float, float]
_DOUBLE: dict[str, _Costs] = {
    "SW": (0.0, 8.0, 7.0),
    "SP": (1.0, 2.5, 5.0),
    "SD": (0.3, 4.0, 6.0),
    "SS": (2.0, 2.0, 2.5),
    "WS": (7.0, 0.3, 5.0),
    "WW": (2.5, 3.0, 3.0),
    "WP": (8.0, 0.3, 5.0),
    "WD": (6.0, 0.5, 5.0),
    "NS": (7.0, 0.8, 2.0),
    "NW": (4.0, 3.0, 2.0),
    "NP": (7.0, 0.8, 2.0),
    "ND": (7.0, 0.8, 2.5),
    "PS": (8.0, 0.0, 7.0),
    "PW": (2.0, 2.0, 6.0),
    "PP": (5.0, 0.3, 6.0),
    "PD": (6.0, 0.1, 6.0),
    "DS": (6.0, 0.1, 6.0),
    "DW": (0.8, 2.0, 6.0),
    "DP": (4.0, 1.0, 6.0),
    "DD": (2.0, 2.0, 6.0),
}
_SINGLE: dict[str, _Costs] = {
    "SW": (0.6, 9.0, 2.5),
    "SP": (2.0, 4.0, 2.5),
    "SD": (1.0, 5.0, 3.0),
    "SS": (4.0, 4.0, 1.0),
    "WS": (9.0, 1.2, 2.5),
    "WW": (5.0, 5.0, 0.3),
    "WP": (9.0, 0.9, 3.0),
    "WD": (8.0, 1.0, 3.0),
    "NS": (9.0, 2.0, 1.0),
    "NW": (5.0, 5.0, 0.3),
    "NP": (9.0, 2.0, 1.0),
    "ND": (9.0, 2.0, 1.0),
    "PS": (9.0, 0.1, 5.0),
    "PW": (3.0, 2.0, 4.0),
    "PP": (7.0, 0.4, 4.0),
    "PD": (7.0, 0.2, 4.0),
    "DS": (8.0, 0.3, 4.0),
    "DW": (0.8, 3.0, 2.5),
    "DP": (5.0, 1.5, 4.0),
    "DD": (3.0, 3.0, 3.0),
}
_AGAINST_ROLE = 4.0  # added to the reading that a directed glyph is not made for
_WITH_ROLE = 0.4  # a directed glyph is surer of its reading than its neighbours make it


def _class(char: str) -> str:
    if char.isdigit():
        return "N"
    if char.isalnum() or char in "¿¡$£€&#@":
        return "W"
    if char in "-–—―‒":
        return "D"
    return "S" if char.isspace() or char in "([{<|/\\\ufeff\u200b" else "P"


def _neighbours(text: str, start: int, end: int) -> str:
    left, right = start - 1, end
    while left >= max(0, start - 4) and text[left] in _CLEAR:
        left -= 1
    while right < min(len(text), end + 4) and text[right] in _CLEAR:
        right += 1
    before = _class(text[left]) if left >= 0 else "S"
    after = _class(text[right]) if right < len(text) else "S"
    return before + ("W" if after == "N" else after)


def _single_costs(text: str, start: int, end: int, around: str) -> _Costs:
    """Return the costs of a single mark, knowing dropped letters and possessives."""
    opens, closes, idles = _SINGLE[around]
    if around[1] == "W":
        word = _WORD.match(text, end)
        if word and (word.group() in _CUT_HEAD or word.group() in _CUT_CAPITAL or word.group().isdigit()):
            return opens + 2.0, closes, 0.3
        if word and word.group()[0].isupper():
            return max(0.0, opens - 0.4), closes, idles + 1.5
    elif around[0] == "W":
        if _CUT_TAIL.search(text, max(0, start - 12), start):
            return opens, closes, 0.3
        if text[start - 1] == "s" and around == "WS":
            return opens, closes, 1.0
    return opens, closes, idles


def _costs(text: str, start: int, end: int, glyph: Glyph, role: int) -> _Costs:
    around = _neighbours(text, start, end)
    if glyph.family == "single":
        opens, closes, idles = _single_costs(text, start, end, around)
    else:
        opens, closes, idles = _DOUBLE[around]
    if role == 0:
        return opens, closes, idles
    if role < 0:
        return opens * _WITH_ROLE, closes + _AGAINST_ROLE, idles + (2.0 if glyph.family == "single" else 0.0)
    return opens + _AGAINST_ROLE, closes * (1.0 if glyph.family == "single" else _WITH_ROLE), idles


def _places(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m.group()) for m in _MARK.finditer(text) if not m.group("rule")]


def _habits(text: str, places: Iterable[tuple[int, int, str]]) -> Habits:
    """Find out how a text uses its marks: by counting where they stand."""
    opening: Counter[str] = Counter()
    closing: Counter[str] = Counter()
    for start, end, sign in places:
        around = _neighbours(text, start, end)
        if around in {"SW", "DW"}:
            opening[sign] += 1
        elif around in {"PS", "PD", "PP"} or (around in {"WS", "WP"} and GLYPHS[sign].family != "single"):
            closing[sign] += 1
    roles: dict[str, int] = {}
    for sign in {*opening, *closing}:
        total, usual = opening[sign] + closing[sign], GLYPHS[sign].role
        share = opening[sign] / total
        seen = -1 if share > 0.9 else 1 if share < 0.1 else 0
        if total >= 4 and seen != usual and usual and GLYPHS[sign].family != "single":
            roles[sign] = seen
    singles = min(sum(n for s, n in c.items() if GLYPHS[s].family == "single") for c in (opening, closing))
    others = sum(n for s, n in closing.items() if GLYPHS[s].family != "single")
    return Habits(roles, singles / max(1, singles + others))


def find_marks(text: str) -> tuple[list[QuoteMark], Habits]:
    """Find every mark that may quote.

    Args:
        text: all of it; line ends are white space.

    Returns:
        Marks in order, and the habits they were read by. Apostrophes inside words and rules of three and more
        like marks are left out.
    """
    places = _places(text)
    known = _habits(text, places)
    found = []
    for start, end, sign in places:
        if sign == "''" and known.single_speech > 0.5:
            halves = [(start, start + 1, "'"), (start + 1, end, "'")]
        else:
            halves = [(start, end, sign)]
        for first, last, one in halves:
            glyph = GLYPHS[one]
            found.append(
                QuoteMark(first, last, glyph, *_costs(text, first, last, glyph, known.roles.get(one, glyph.role)))
            )
    return found, known
