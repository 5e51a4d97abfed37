"""Names: runs of capitalised words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.lexicon import forms, words
from fabula.lexicon.given import is_given_name
from fabula.people.page import Page, Word

_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_DOTTED_GAP = re.compile(r"\.[ \t]*\n?[ \t]*")
_ACTS = re.compile(r",? (?:who|says?|said|asks?|asked|replied|answered|whispered|shouted)\b")
"""After these a capital at the start of a sentence is a name's."""
_DOES = re.compile(r"\s+(?:[a-z]+ly\s+)?([a-z]+)\b")
_OF_TITLES = frozenset(
    [
        "duke",
        "duchess",
        "king",
        "queen",
        "prince",
        "princess",
        "marquis",
        "marchioness",
        "earl",
        "count",
        "countess",
        "lord",
        "lady",
        "knave",
    ]
)


_HONORIFICS = frozenset(
    (
        "sir",
        "miss",
        "madam",
        "mr",
        "mrs",
        "ms",
        "lord",
        "lady",
        "monsieur",
        "m",
        "st",
        "right",
        "mister",
        "mistress",
        "master",
        "mester",
        "maister",
        "mas'r",
        "mars",
        "marse",
        "massa",
        "old",
        "mlle",
        "mme",
    )
)
"""Titles that by themselves are a way of address, not a name."""


_OPENING = frozenset(("mr", "mrs", "miss", "mlle", "mme", "mademoiselle", "mister", "mistress", "aunt", "uncle"))
"""Titles that stand only at the start of a name."""

_CONTRACTED = re.compile(r"\w+['’](?:d|ll|ve|re|m|t)", re.IGNORECASE)
"""She'd, You've: two words, and no name."""
_FOLLOWED = re.compile(r"\s+(?:(?:never|always|only|just|then|still|\w+ly)\s+)?([a-z]+)\b")
_PLURAL = re.compile(r"\w+(?:s|men|ly)")
_NO_DEED = frozenset(
    "seemed appeared became began had was could would did might should must is has came went comes goes ran runs rose"
    " stood took takes gave gives got made kept left entered opened closed shut started moved turned turns".split()
)
"""What people do, and rain, dinner and doors do too."""
_OPENS = 2
"""How often a word that is never written small must open a sentence, doing what people do, to be a name."""
_SHORTEST = 3
_BORNE = 10
"""How often a word of grammar must stand with a capital inside a sentence to be a name."""
_SPOKE = 2
"""And how often beside a verb of speech."""
_LONGEST = 12
"""How many words of a name are looked back at, so that a page in capitals costs no more than its length."""


class NameSpot(NamedTuple):
    """A place where a name stands.

    Attributes:
        start: first code point; titles included, `the` left out.
        end: code point after it, possessive ending left out.
        key: the name's words joined by single blanks, titles without dots.
        quoted: inside a quotation.
        possessive: with a possessive ending.
        definite: preceded by `the`.
    """

    start: int
    end: int
    key: str
    quoted: bool
    possessive: bool
    definite: bool


def name_spots(page: Page) -> list[NameSpot]:
    """Find every run of capitalised words that may be a name."""
    spots: list[NameSpot] = []
    borne, opening = _borne(page), _opening(page)
    for run, before in _runs(page):
        for part in _trimmed(page, run, borne, opening):
            definite = (part[0] is run[0] and before == "the") or _follows_the(run, part)
            if len(part) == 1 and part[0].lower in _HONORIFICS:
                continue
            key = " ".join(_cased(page, word.form) for word in part)
            spots.append(NameSpot(part[0].start, part[-1].end, key, part[0].quoted, part[-1].possessive, definite))
    return spots


def _borne(page: Page) -> frozenset[str]:
    """Return words of grammar (may, will) that are somebody's name here: they stand beside a verb of speech."""
    names = words("not_names", "function") & (words("given_names", "female", "male") | forms("nicknames").keys())
    verbs = "|".join(words("verbs", "plain"))
    return frozenset(
        name
        for name in names
        if page.capital[name] >= _BORNE
        and len(re.findall(rf"\b{name.title()} (?:{verbs})\b|\b(?:{verbs}) {name.title()}\b", page.text)) >= _SPOKE
    )


def _opening(page: Page) -> frozenset[str]:
    """Return words that only ever open sentences of the narration, and do there what people do: Renske nodded."""
    people = words("person_nouns", "male", "female", "neutral", "plural") | words("not_names", "function", "words")
    deeds = words("verbs", "person", "plain") - _NO_DEED
    found: Counter[str] = Counter()
    for word in page.words:
        lower = word.lower
        if not word.initial or word.quoted or page.lower[lower] or lower in people or len(lower) < _SHORTEST:
            continue
        after = _FOLLOWED.match(page.text, word.end, word.end + 24)
        if after is not None and after[1] in deeds:
            found[lower] += 1
    often = (name for name, times in found.items() if times >= _OPENS and not page.capital[name])
    return frozenset(name for name in often if not _PLURAL.fullmatch(name))


def _cased(page: Page, form: str) -> str:
    """Return a word that is shouted (MISS SCHLEGEL) as it is written elsewhere."""
    shouted = form.isupper() and len(form) > 3 and page.capital[form.lower()] > 2
    return form.capitalize() if shouted else form


def _follows_the(run: Sequence[Word], part: Sequence[Word]) -> bool:
    """Whether a capitalised `The` of the run stands before this part of it."""
    at = bisect_left(run, part[0].start, key=lambda word: word.start)
    return at > 0 and run[at - 1].lower == "the"


def _runs(page: Page) -> Iterator[tuple[list[Word], str]]:
    """Yield runs of capitalised words (particles between them included) and the word before, in lower case."""
    run: list[Word] = []
    held: list[Word] = []
    before = ""
    previous = ""
    for word in page.words:
        joined = bool(run) and _joined(page.text, (held or run)[-1], word)
        if word.capital and joined:
            run += [*held, word]
            held = []
        elif joined and _is_link(word, run, held):
            held.append(word)
        else:
            if run:
                yield run, before
            run, held = ([word], []) if word.capital else ([], [])
            before = previous
        previous = word.lower
    if run:
        yield run, before


def _is_link(word: Word, run: Sequence[Word], held: Sequence[Word]) -> bool:
    if word.lower == "of":
        return not held and run[-1].lower in _OF_TITLES
    return len(held) < 2 and word.lower in words("titles", "particles") - {"the", "ter", "y", "al"}


def _joined(text: str, left: Word, right: Word) -> bool:
    if left.possessive or left.quoted != right.quoted:
        return False
    gap = text[left.end : right.start]
    if _GAP.fullmatch(gap):
        return bool(gap)
    short = len(left.form) == 1 or left.lower in words("titles", "abbreviated")
    return short and _DOTTED_GAP.fullmatch(gap) is not None


def _trimmed(page: Page, run: Sequence[Word], borne: frozenset[str], opening: frozenset[str]) -> Iterator[list[Word]]:
    """Yield the parts of a run that are names: words that are none are cut away and part it."""
    part: list[Word] = []
    for word in run:
        known = word.lower in opening or (word.lower in borne and (not word.initial or _acts(page.text, word)))
        if known or _is_name_word(page, word, after=part):
            if _opens_another(word, part) and word is not run[-1]:
                yield from _whole(part)
                part = []
            part.append(word)
            continue
        if part and word.lower in words("titles", "particles") | {"of"} and not word.capital:
            part.append(word)
            continue
        yield from _whole(part)
        part = []
    yield from _whole(part)


def _acts(text: str, word: Word) -> bool:
    """Whether a word of grammar at the start of a sentence is followed by what a person does: `May nodded`."""
    after = _DOES.match(text, word.end)
    return after is not None and after[1] in words("verbs", "plain", "person", "speech")


def _opens_another(word: Word, part: Sequence[Word]) -> bool:
    """Whether a title opens a second name: Miss Woodhouse, Miss Taylor, without the comma."""
    return word.lower in _OPENING and any(
        before.lower not in words("titles", "male", "female", "unknown") for before in part[-_LONGEST:]
    )


def _whole(part: list[Word]) -> Iterator[list[Word]]:
    low, high = 0, len(part)
    while high and not part[high - 1].capital:
        high -= 1
    while high - low > 1 and part[low].lower in words("titles", "fond"):
        low += 1
    part = part[low:high]
    if part and not (len(part) == 1 and part[0].lower in words("titles", "fond")):
        yield part


def _is_name_word(page: Page, word: Word, *, after: Sequence[Word]) -> bool:
    lower = word.lower
    if not word.capital or _CONTRACTED.fullmatch(word.form):
        return False
    if lower in words("titles", "male", "female", "unknown"):
        return not (word.initial and lower in words("titles", "fond") | {"right", "old"})
    if lower in words("not_names", "function"):
        return False
    if word.form.isupper() and len(word.form) > 3:
        return page.capital[lower] > 2 and page.lower[lower] == 0
    if any(before.lower in words("titles", "male", "female", "unknown") for before in after[-_LONGEST:]):
        return True
    if len(word.form) == 1:
        return lower not in "io" and page.capital[lower] > 0
    given = is_given_name(lower)
    if lower in words("not_names", "words") and not given:
        return (page.capital[lower] >= 3 and not page.lower[lower] and not word.initial) or bool(after)
    if page.capital[lower] == 0:
        return page.lower[lower] == 0 and (given or _says(page, word))
    allowed = 1.0 if given else 0.34
    return page.lower[lower] <= allowed * page.capital[lower]


def _says(page: Page, word: Word) -> bool:
    """Whether a verb of speech follows a word, and not the end of what is said: — Out, said Ida."""
    verb = _ACTS.match(page.text, word.end)
    said = page.quote_at(word.start)
    return verb is not None and (said is None or verb.end() <= said.end)
