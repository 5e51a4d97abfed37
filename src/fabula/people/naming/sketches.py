"""Names taken apart, and people in the making."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fabula.lexicon import forms, words
from fabula.people.naming.gender import agree, of_given_name, of_title, of_votes
from fabula.story import Gender

_OUTVOTED = 4
"""How many times more pronouns must speak for one gender than for the other to count more than a name."""
_ENDING = re.compile(r"(?<=\w\w)(?:ie|ey|y|i)$")
_NUMBER = re.compile(r"(?=..)x{0,2}(?:ix|iv|v?i{2,3}|vi|v)?")
"""Of a king; a single letter may be an initial."""
_JOINTS = re.compile(r"[\s\-‐‑'’]+")
_SAME_TITLE = {
    "mester": "master",
    "maister": "master",
    "mas'r": "master",
    "mars": "master",
    "marse": "master",
    "massa": "master",
    "mister": "mr",
    "messrs": "mr",
    "monsieur": "m",
    "mademoiselle": "mlle",
    "madame": "mme",
    "capt": "captain",
    "skipper": "captain",
    "skip": "captain",
    "col": "colonel",
    "gen": "general",
    "maj": "major",
    "lieut": "lieutenant",
    "lt": "lieutenant",
    "sergt": "sergeant",
    "sgt": "sergeant",
    "sarge": "sergeant",
    "doctor": "dr",
    "doc": "dr",
    "prof": "professor",
    "rev": "reverend",
    "mom": "mother",
    "mum": "mother",
    "mummy": "mother",
    "mama": "mother",
    "mamma": "mother",
    "dad": "father",
    "daddy": "father",
    "papa": "father",
    "grandmamma": "grandmother",
    "grandmama": "grandmother",
    "grandma": "grandmother",
    "granny": "grandmother",
    "grandpapa": "grandfather",
    "grandpa": "grandfather",
    "granddad": "grandfather",
    "grandad": "grandfather",
}


class NameForm(NamedTuple):
    """A name taken apart.

    Attributes:
        key: the name as its words, joined by blanks.
        titles: in lower case, without dots.
        names: what is left, in lower case; empty where the name is only a title (Captain, Mother).
        times: how often the text has it.
    """

    key: str
    titles: tuple[str, ...]
    names: tuple[str, ...]
    times: int

    @property
    def married(self) -> bool:
        """Whether a title says so."""
        return any(title in words("titles", "married") for title in self.titles)

    @property
    def unmarried(self) -> bool:
        """Whether a title says so."""
        return any(title in words("titles", "unmarried") for title in self.titles)


class Kept(NamedTuple):
    """What the forms of a sketch say, for as many as there were when it was made."""

    size: int
    times: int
    titles: set[str]
    full: list[NameForm]
    firsts: set[str]
    lasts: set[str]
    stated: Gender
    stated_times: int


@dataclass(slots=True)
class Sketch:
    """A person in the making: the name forms gathered so far. Forms are only ever added."""

    forms: list[NameForm]
    votes: Counter[str] = field(default_factory=Counter)
    _kept: Kept | None = None

    def _told(self) -> Kept:
        """Return what the forms say, made anew only when there are more of them: a book has a thousand names."""
        if self._kept is None or self._kept.size != len(self.forms):
            full = [form for form in self.forms if len(form.names) > 1]
            alone = [form for form in self.forms if len(form.names) == 1]
            surnames = {form.names[0] for form in alone if surname_only(form)}
            firsts = {form.names[0] for form in full} or {form.names[0] for form in alone if not surname_only(form)}
            self._kept = Kept(
                len(self.forms),
                sum(form.times for form in self.forms),
                {title for form in self.forms for title in form.titles},
                full,
                firsts,
                {form.names[-1] for form in full} | surnames,
                *_stated(self.forms),
            )
        return self._kept

    @property
    def count(self) -> int:
        """How often any of the forms stands in the text."""
        return self._told().times

    @property
    def titles(self) -> set[str]:
        """All titles."""
        return self._told().titles

    @property
    def full(self) -> list[NameForm]:
        """Forms with a given name and a surname."""
        return self._told().full

    @property
    def firsts(self) -> set[str]:
        """Given names."""
        return self._told().firsts

    @property
    def lasts(self) -> set[str]:
        """Surnames."""
        return self._told().lasts

    @property
    def gender(self) -> Gender:
        """From titles, else pronouns, else given names."""
        title = self.titled
        if title != "unknown":
            return title
        given = next((gender for first in sorted(self.firsts) if (gender := of_given_name(first)) != "unknown"), None)
        voted = of_votes(self.votes, least=10, times=_OUTVOTED) if given else of_votes(self.votes)
        return voted if voted != "unknown" else given or "unknown"

    @property
    def titled(self) -> Gender:
        """The gender that titles state; a rare one (`Auntie` before a boy's name) does not hold against pronouns."""
        told = self._told()
        if not told.stated_times or 10 * told.stated_times > told.times:
            return told.stated
        voted = of_votes(self.votes, least=10, times=_OUTVOTED)
        return voted if voted in ("female", "male") else told.stated


def _stated(forms: Sequence[NameForm]) -> tuple[Gender, int]:
    """Return the gender that most titled forms state, and how often they stand."""
    times: Counter[Gender] = Counter()
    for form in forms:
        times[of_title(form.titles)] += form.times
    stated: Gender = "female" if times["female"] > times["male"] else "male"
    return (stated, times[stated]) if times[stated] else ("unknown", 0)


def taken_apart(key: str, count: int) -> NameForm:
    """Split a name into titles and names."""
    parts = [part.rstrip(".").lower() for part in key.split()]
    known = words("titles", "male", "female", "unknown")
    at = 0
    while at < len(parts) and parts[at] in known and not (at + 1 < len(parts) and parts[at + 1] == "of"):
        at += 1
    titles = tuple(_SAME_TITLE.get(title, title) for title in parts[:at] if title not in words("titles", "fond"))
    return NameForm(key, titles, _names(parts[at:]), count)


def _names(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the names in some words; two particles and what follows are one surname: `van der Hale`.

    A single one is left apart: the surname is used with and without it (Mr. de Vere, Vere). A king with his number
    is nobody who is called by the name alone.
    """
    if "of" in parts or (len(parts) > 1 and _NUMBER.fullmatch(parts[-1])):
        return (" ".join(parts),)
    small = words("titles", "particles")
    at = next((at for at in range(len(parts) - 2) if small.issuperset(parts[at : at + 2])), len(parts))
    return (*parts[:at], *([" ".join(parts[at:])] if at < len(parts) else []))


def surname_only(form: NameForm) -> bool:
    """Whether a titled form of one name gives the surname: Mr. Knightley, but Lady Catherine."""
    if len(form.names) != 1 or not form.titles:
        return False
    given = of_given_name(form.names[0]) != "unknown"
    familiar = words("titles", "kin") | {
        "sir",
        "lady",
        "lord",
        "miss",
        "master",
        "dame",
        "king",
        "queen",
        "prince",
        "princess",
    }
    return not (given and any(title in familiar for title in form.titles)) and not set(form.titles) & words(
        "titles", "kin"
    )


def joined(names: Sequence[str]) -> str:
    """Return names as one word, so that `Bon-Bon` and `Bon Bon` are equal."""
    return _JOINTS.sub("", " ".join(names).lower())


def same_given(one: str, other: str) -> bool:
    """Whether two given names (lower case) may be one beside the same surname: equal, an initial, a pet form."""
    if one == other:
        return True
    if not agree(of_given_name(one), of_given_name(other)):
        return False
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    short = forms("nicknames")
    return called_for(one, other) or bool(short.get(one, frozenset()) & short.get(other, frozenset()))


def called_for(one: str, other: str) -> bool:
    """Whether one given name (lower case) without a surname may stand for another.

    Stricter than with a surname: an initial tells nothing, and two pet forms of one name (Lily and Lizzie) are two
    people unless they are spellings of each other.
    """
    if one == other:
        return True
    if 1 in (len(one), len(other)) or not agree(of_given_name(one), of_given_name(other)):
        return False
    short = forms("nicknames")
    spelt = without_ending(one) == without_ending(other)
    return spelt or other in short.get(one, ()) or one in short.get(other, ())


def without_ending(name: str) -> str:
    """Return a given name without the ending that is spelt in many ways: Vick of Vicky, Vickie and Vicki."""
    return _ENDING.sub("", name)


def pet_form(name: str, full: str) -> bool:
    """Whether a name looks like a pet form of another: Octy of Octavia.

    Args:
        name: the shorter one, lower case.
        full: lower case.
    """
    stem = re.sub(r"(?:ie|y|i|ey)$", "", name)
    return stem != name and len(stem) >= 3 and len(full) > len(name) and full.startswith(stem)
