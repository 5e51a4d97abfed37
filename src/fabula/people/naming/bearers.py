"""Who may be meant by a name, of those known so far: by given names, surnames, titles, pet forms, families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.people.naming.apart import Apart
from fabula.people.naming.gender import Votes, agree, of_given_name, of_title, of_votes
from fabula.people.naming.register import Register
from fabula.people.naming.sketches import NameForm, Sketch, called_for, joined, pet_form, same_given, surname_only
from fabula.story import Gender

_CLEARLY = 2.0
"""How many times more often than the next one a bearer must be named to take an ambiguous name."""
_TOLD_APART = 3
"""How often a full titled name must stand in the text to mean that the short one is somebody else's."""
KNOWN = 10
"""How often a name by itself must stand in the text to be somebody's own."""
_NOBLE = frozenset(("sir", "lady", "lord", "dame"))
_CROWNED = frozenset(("king", "queen", "prince", "princess", "emperor", "empress", "pope", "saint", "st"))
"""Titles by which somebody is known apart from all others of that name."""
_ALSO_MR = frozenset(("dr", "reverend"))
"""Titles whose bearers are called Mr. too."""
_FOR_ANYBODY = frozenset(
    ("mr", "mrs", "miss", "ms", "sir", "madam", "m", "mme", "mlle", "signor", "signora", "signorina", "herr", "frau")
)
"""Titles that by themselves are anybody's."""
_HARDLY = 10
"""How many times more often than somebody a title with the surname must stand to be another's."""
_HARDLY_EVER = 50
"""How many times more often a woman must be Mrs. than Miss to be married."""


class Families(NamedTuple):
    """What the text says of families.

    Attributes:
        lasts: surnames.
        maiden: names that stand after `Miss`.
        apart: how often two names stand in one sentence.
    """

    lasts: frozenset[str]
    maiden: frozenset[str]
    apart: Apart


def clear(bearers: Sequence[Sketch]) -> Sketch | None:
    """Return the bearer named clearly more often than all others; None where there is none."""
    ranked = sorted(bearers, key=lambda sketch: -sketch.count)
    if not ranked:
        return None
    if len(ranked) > 1 and ranked[0].count < _CLEARLY * ranked[1].count:
        return None
    return ranked[0]


def _gender(form: NameForm) -> Gender:
    gender = of_title(form.titles)
    return gender if gender != "unknown" or len(form.names) < 2 else of_given_name(form.names[0])


def full_bearers(known: Register, form: NameForm) -> list[Sketch]:
    """Return who may be meant by a given name and a surname."""
    first, last, whole = form.names[0], form.names[-1], joined(form.names)
    return [
        sketch
        for sketch in known.under(("last", last), ("whole", whole), ("first", first))
        if sketch.full
        and (
            (last in sketch.lasts and _shares_given(sketch, form, first))
            or joined(sketch.full[0].names) == whole
            or any(_begins(form.names, other.names) for other in sketch.full)
        )
        and agree(_title_gender(sketch), _gender(form))
    ]


def _begins(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two names goes on where the other ends: Mary Ann, Mary Ann Dill."""
    least = min(len(one), len(other))
    return len(one) != len(other) and tuple(one[:least]) == tuple(other[:least])


def _shares_given(sketch: Sketch, form: NameForm, first: str) -> bool:
    """Whether somebody of the same surname may have a given name, and titles do not forbid it."""
    exact = first in sketch.firsts
    if not exact and (_NOBLE & {*sketch.titles, *form.titles}):
        return False
    return (exact or any(same_given(first, other) for other in sketch.firsts)) and _may_marry(sketch, form)


def _title_gender(sketch: Sketch) -> Gender:
    """The gender of a person as their name states it; pronouns count where it states none."""
    title = sketch.titled
    if title != "unknown":
        return title
    given = next((gender for first in sorted(sketch.firsts) if (gender := of_given_name(first)) != "unknown"), None)
    return given or of_votes(sketch.votes, least=5, times=3)


def _may_marry(sketch: Sketch, form: NameForm) -> bool:
    """Whether titles forbid that a form is this person: Miss X is not Mrs. X."""
    if form.married:
        return _HARDLY_EVER * sum(other.times for other in sketch.forms if other.unmarried) <= form.times
    return not (form.unmarried and any(other.married for other in sketch.forms))


def titled_bearers(known: Register, form: NameForm, families: Families) -> list[Sketch]:
    """Return who may be meant by a title and one name."""
    name = form.names[0]
    spelt = [
        sketch
        for sketch in known.under(("first", name))
        if any((other.titles, other.names) == (form.titles, form.names) for other in sketch.forms)
    ]
    if spelt:
        return spelt
    if name in families.lasts:
        return _family_bearers(known, form, families)
    if set(form.titles) & _CROWNED:
        crowned = _fitting(known.under(("first", name)), form)
        return [sketch for sketch in crowned if set(form.titles) & sketch.titles and name in sketch.firsts]
    exact = bool(set(form.titles) & (words("titles", "kin") | _NOBLE))
    bearers = [
        sketch
        for sketch in _fitting(known.called(name), form)
        if any(name == first or (not exact and called_for(name, first)) for first in sketch.firsts)
    ]
    bearers = [sketch for sketch in bearers if _bears(sketch, name)] or bearers
    same = [sketch for sketch in bearers if set(form.titles) & sketch.titles]
    learned = [sketch for sketch in _fitting(known.under(("last", name)), form) if _learned(sketch, form)]
    if same or (surname_only(form) and not learned):
        return (same if clear(same) else bearers) or [sketch for sketch in bearers if not sketch.titles]
    if learned:
        return learned
    noble = set(form.titles) & _NOBLE
    return [sketch for sketch in bearers if not noble or not sketch.titles]


def _agreeing(sketches: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    gender = _gender(form)
    return [sketch for sketch in sketches if agree(_title_gender(sketch), gender)]


def _fitting(sketches: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    return [sketch for sketch in _agreeing(sketches, form) if _may_marry(sketch, form)]


def _family_bearers(known: Register, form: NameForm, families: Families) -> list[Sketch]:
    """Return who of a family may be meant by title and surname."""
    name = form.names[0]
    family = [sketch for sketch in _agreeing(known.under(("last", name)), form) if name in sketch.lasts]
    if "lady" in form.titles:
        return _ladies(family, form)
    fitting = [sketch for sketch in family if _may_marry(sketch, form)]
    if form.married:
        return [] if name in families.maiden else _wives(fitting, form)
    return _of_family([sketch for sketch in fitting if not _shadowed(sketch, known, form)], form, families.apart)


def _shadowed(sketch: Sketch, known: Register, form: NameForm) -> bool:
    """Whether somebody hardly named has the given name of somebody well known: Jane Bates, where Jane is another.

    Args:
        sketch: the one hardly named.
        known: everybody.
        form: title and surname, with which the other must agree.
    """
    if sketch.count > 1 or not sketch.full:
        return False
    others = _agreeing(known.under(*(("first", first) for first in sorted(sketch.firsts))), form)
    alone = (own for other in others if other.full for own in other.forms if not own.titles)
    return any(own.times >= KNOWN and set(own.names) <= sketch.firsts for own in alone)


def _wives(family: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Who of a family may be meant by Mrs. and the surname: not one who goes by the given name, as a child does."""
    family = [sketch for sketch in family if sketch.full]
    grown = [sketch for sketch in family if not _by_given_name(sketch)] if len(family) > 1 else list(family)
    return grown if len(grown) == 1 and grown[0].count * 10 >= form.times else []


def _ladies(family: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Who may be Lady and the surname: who bears the title already, else nobody who goes by the given name."""
    titled = [sketch for sketch in family if set(form.titles) & sketch.titles]
    return titled or [sketch for sketch in family if not sketch.titles and not _by_given_name(sketch)]


def ladies_by_title(known: Register, form: NameForm) -> list[Sketch]:
    """Who may be Miss and the surname where the eldest daughter is not: an aunt, hardly called by her given name."""
    return [
        sketch
        for sketch in known.under(("last", form.names[0]))
        if form.names[0] in sketch.lasts
        and any(full.unmarried for full in sketch.full)
        and not (_by_given_name(sketch) or _shadowed(sketch, known, form))
    ]


def _by_given_name(sketch: Sketch) -> bool:
    """Whether somebody is mostly called by the given name alone."""
    alone = sum(form.times for form in sketch.forms if len(form.names) == 1 and not form.titles)
    return alone > 3 * sum(form.times for form in sketch.full)


def _learned(sketch: Sketch, form: NameForm) -> bool:
    """Whether one is called Dr. (or Professor) with a surname and the other Mr. with the same one."""
    titles = {title for title in (*sketch.titles, *form.titles) if title not in ("dr", "professor")}
    academic = len(titles) < len({*sketch.titles, *form.titles})
    return academic and titles <= {"mr", "miss", "ms"} and form.names[0] in sketch.lasts


def _bears(sketch: Sketch, name: str) -> bool:
    """Whether somebody bears a name by itself, apart from a surname."""
    if name in sketch.firsts:
        return True
    own = (form for form in sketch.forms if not (surname_only(form) or (form.titles and name in sketch.lasts)))
    return any(joined((name,)) == joined(form.names) for form in own)


def _of_family(family: Sequence[Sketch], form: NameForm, apart: Apart) -> list[Sketch]:
    """Choose who of a family is meant by title and surname: the same title first, the eldest Miss, an only bearer."""
    if form.unmarried:
        family = [sketch for sketch in family if sketch.count * _HARDLY >= form.times] or family
        eldest = [sketch for sketch in family if not any(other.unmarried for other in sketch.full)]
        return list(family) if len(family) == 1 else eldest
    same = [sketch for sketch in family if set(form.titles) <= sketch.titles]
    short = [sketch for sketch in same if any(surname_only(other) for other in sketch.forms)]
    if same:
        return short or [sketch for sketch in same if len(same) == 1 and not _told_apart(sketch, form, apart)]
    return list(family) if len(family) == 1 and not _other_rank(family[0], form) else []


def _told_apart(sketch: Sketch, form: NameForm, apart: Apart) -> bool:
    """Whether somebody is called by title, given name and surname so as not to be taken for another (Mr. John X).

    Where the two names never meet, the longer one may be mere politeness.
    """
    if not any(frozenset((form.key, other.key)) in apart for other in sketch.full):
        return False
    longer = sum(other.times for other in sketch.full if other.titles and set(other.titles) == set(form.titles))
    plain = sum(other.times for other in sketch.forms if len(other.names) == 1 and not other.titles)
    return longer >= max(_TOLD_APART, 0.08 * form.times) and plain < 2 * longer


def _other_rank(sketch: Sketch, form: NameForm) -> bool:
    """Whether the person bears another rank, or none and goes by the given name: Captain X is not Mr. X, nor Mary."""
    if (
        set(form.titles) & words("titles", "unknown")
        and not set(form.titles) & sketch.titles
        and _by_given_name(sketch)
    ):
        return True
    ranks = {title for title in sketch.titles if title in words("titles", "unknown")} - _ALSO_MR
    return bool(ranks) and not ranks & set(form.titles)


def bare_bearers(known: Register, form: NameForm, votes: Votes) -> list[Sketch]:
    """Return who may be meant by one name without a title."""
    name = form.names[0]
    given = of_given_name(name)
    voted = of_votes(votes.get(form.key, Counter()), least=3) if given == "unknown" else given

    def fitting(sketches: Sequence[Sketch]) -> list[Sketch]:
        return [sketch for sketch in sketches if agree(sketch.gender, voted)]

    exact = known.under(("first", name), ("whole", joined((name,))))
    exact = [sketch for sketch in fitting(exact) if _bears(sketch, name)]
    family = [sketch for sketch in known.under(("last", name)) if name in sketch.lasts]
    if exact and (given != "unknown" or not _hardly_given(exact, family)):
        return exact
    if family:
        return _heads(family)
    short = [sketch for sketch in fitting(known.called(name)) if not sketch.titles & _NOBLE]
    short = [sketch for sketch in short if any(called_for(name, first) for first in sketch.firsts)]
    if short:
        return short
    pets = [sketch for sketch in fitting(known.starting(name)) if not sketch.titles & _NOBLE]
    return [sketch for sketch in pets if any(pet_form(name, first) for first in sketch.firsts)]


def _hardly_given(bearers: Sequence[Sketch], family: Sequence[Sketch]) -> bool:
    """Whether a name is a surname although somebody hardly named seems to have it for a given name."""
    return _HARDLY * sum(sketch.count for sketch in bearers) <= max((sketch.count for sketch in family), default=0)


def _heads(family: Sequence[Sketch]) -> list[Sketch]:
    """Who is meant by a bare surname: the only bearer, else a man known by that name."""
    if len(family) == 1:
        return list(family)
    known = [sketch for sketch in family if any(surname_only(form) for form in sketch.forms)]
    men = [sketch for sketch in known or family if sketch.gender != "female"]
    return men or list(known)


def role_bearers(sketches: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Who is meant by a title alone: who has it; by one that is anybody's, who is mostly called by it."""
    if len(form.titles) != 1:
        return []
    (title,) = form.titles
    bearers = [sketch for sketch in sketches if title in sketch.titles and sketch.count > 1]
    if title not in _FOR_ANYBODY:
        return bearers
    return [who for who in bearers if form.times <= 2 * sum(own.times for own in who.forms if title in own.titles)]


def other_gender(form: NameForm, bearer: Sketch, votes: Votes) -> bool:
    """Whether pronouns after a rank speak for the other gender: Captain Hale, called he, is not Fanny Hale."""
    if not form.titles or _gender(form) != "unknown":
        return False
    voted = of_votes(votes.get(form.key, Counter()), least=4, times=4)
    return voted in ("female", "male") and not agree(_title_gender(bearer), voted)
