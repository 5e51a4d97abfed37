"""Which names are one person: given names, surnames, titles, pet forms, families.

A wrong merge costs more than a missing one: where several people could bear a name, it stays apart unless one of
them clearly prevails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.people.naming.apart import Apart, are_two
from fabula.people.naming.gender import Votes, agree, of_given_name, of_title, of_votes
from fabula.people.naming.register import Register
from fabula.people.naming.sketches import (
    NameForm,
    Sketch,
    called_for,
    joined,
    pet_form,
    same_given,
    surname_only,
    taken_apart,
)
from fabula.story import Gender

_CLEARLY = 2.0
"""How many times more often than the next one a bearer must be named to take an ambiguous name."""
_TOLD_APART = 3
"""How often a full titled name must stand in the text to mean that the short one is somebody else's."""
_KNOWN = 10
"""How often a name by itself must stand in the text to be somebody's own."""
_NOBLE = frozenset(("sir", "lady", "lord", "dame"))
_CROWNED = frozenset(("king", "queen", "prince", "princess", "emperor", "empress", "pope", "saint", "st"))
"""Titles by which somebody is known apart from all others of that name."""
_HARDLY = 10
"""How many times more often than somebody a title with the surname must stand to be another's."""


_HARDLY_EVER = 50
"""How many times more often a woman must be Mrs. than Miss to be married."""


class Families(NamedTuple):
    """What the text says of families: surnames, and the names that stand after `Miss`."""

    lasts: frozenset[str]
    maiden: frozenset[str]


class Evidence(NamedTuple):
    """What the text tells of names besides their words.

    Attributes:
        votes: gender of the pronouns that follow each name.
        apart: how often two names stand in one sentence.
    """

    votes: Votes
    apart: Apart


def group_names(counts: Mapping[str, int], votes: Votes, apart: Apart | None = None) -> list[Sketch]:
    """Gather name forms into people.

    Args:
        counts: how often the text has each name.
        votes: gender of the pronouns that follow each name.
        apart: how often two names stand in one sentence, as two people do.

    Returns:
        Sketches, the most often named first.
    """
    told = Evidence(votes, apart or {})
    taken = sorted(
        (taken_apart(key, count) for key, count in counts.items()), key=lambda form: (-form.times, form.key)
    )
    taken = _unless_two(taken)
    full = [form for form in taken if len(form.names) > 1]
    titled = [form for form in taken if len(form.names) == 1 and form.titles]
    bare = [form for form in taken if len(form.names) == 1 and not form.titles]
    known = Register()
    for form in full:
        _gather(known, form, told, _full_bearers(known, form))
    family = Families(
        frozenset(last for sketch in known.sketches for last in sketch.lasts),
        frozenset(form.names[-1] for form in taken if form.unmarried and form.names),
    )
    firsts = {first for sketch in known.sketches for first in sketch.firsts}
    bare.sort(key=lambda form: form.names[0] not in firsts)
    first_named = sum(form.names[0] in firsts for form in bare)
    for form in bare[:first_named]:
        _gather(known, form, told, _bare_bearers(known, form, votes))
    titled.sort(key=surname_only)
    for form in titled:
        bearers = _titled_bearers(known, form, family)
        if form.unmarried and all(are_two(form, sketch.forms, told.apart) for sketch in bearers):
            bearers = _ladies_by_title(known, form)
        _gather(known, form, told, bearers)
    for form in bare[first_named:]:
        _gather(known, form, told, _bare_bearers(known, form, votes))
    for form in (form for form in taken if not form.names):
        _gather(known, form, told, _role_bearers(known.sketches, form))
    return sorted(known.sketches, key=lambda sketch: -sketch.count)


def _unless_two(taken: Sequence[NameForm]) -> list[NameForm]:
    """Return forms; a rare one of two names, both well known by themselves, as one name that is nobody else's.

    They may be two people in one breath (`Martha Otto`), or one of them in full (`John Hunter`): which, nothing says.
    """
    bare = {form.names[0]: form.times for form in taken if len(form.names) == 1 and not form.titles}
    surnames = {form.names[-1] for form in taken if form.names and (form.titles or len(form.names) > 2)}
    return [
        form._replace(names=(" ".join(form.names),))
        if len(form.names) == 2
        and not form.titles
        and form.times <= 2
        and form.names[-1] not in surnames
        and all(bare.get(name, 0) >= _KNOWN for name in form.names)
        else form
        for form in taken
    ]


def _gather(known: Register, form: NameForm, told: Evidence, bearers: Sequence[Sketch]) -> None:
    """Give a form to its one clear bearer, else make a new person of it."""
    bearer = clear([sketch for sketch in bearers if not are_two(form, sketch.forms, told.apart)])
    if bearer is None:
        bearer = Sketch([])
        known.sketches.append(bearer)
    bearer.forms.append(form)
    bearer.votes.update(told.votes.get(form.key, Counter()))
    known.note(bearer, form)


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


def _full_bearers(known: Register, form: NameForm) -> list[Sketch]:
    first, last, whole = form.names[0], form.names[-1], joined(form.names)
    return [
        sketch
        for sketch in known.under(("last", last), ("whole", whole))
        if sketch.full
        and ((last in sketch.lasts and _shares_given(sketch, form, first)) or joined(sketch.full[0].names) == whole)
        and agree(_title_gender(sketch), _gender(form))
    ]


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


def _titled_bearers(known: Register, form: NameForm, families: Families) -> list[Sketch]:
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
        return same or [sketch for sketch in bearers if not sketch.titles]
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
    return _of_family([sketch for sketch in fitting if not _shadowed(sketch, known, form)], form)


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
    return any(own.times >= _KNOWN and set(own.names) <= sketch.firsts for own in alone)


def _wives(family: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Who of a family may be meant by Mrs. and the surname: not one who goes by the given name, as a child does."""
    family = [sketch for sketch in family if sketch.full]
    grown = [sketch for sketch in family if not _by_given_name(sketch)] if len(family) > 1 else list(family)
    return grown if len(grown) == 1 and grown[0].count * 10 >= form.times else []


def _ladies(family: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Who may be Lady and the surname: who bears the title already, else nobody who goes by the given name."""
    titled = [sketch for sketch in family if set(form.titles) & sketch.titles]
    return titled or [sketch for sketch in family if not sketch.titles and not _by_given_name(sketch)]


def _ladies_by_title(known: Register, form: NameForm) -> list[Sketch]:
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
    return any(joined((name,)) == joined(form.names) for form in sketch.forms if not surname_only(form))


def _of_family(family: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Choose who of a family is meant by title and surname: the same title first, the eldest Miss, an only bearer."""
    if form.unmarried:
        family = [sketch for sketch in family if sketch.count * _HARDLY >= form.times] or family
        eldest = [sketch for sketch in family if not any(other.unmarried for other in sketch.full)]
        return list(family) if len(family) == 1 else eldest
    same = [sketch for sketch in family if set(form.titles) <= sketch.titles]
    short = [sketch for sketch in same if any(surname_only(other) for other in sketch.forms)]
    if same:
        return short or [sketch for sketch in same if len(same) == 1 and not _told_apart(sketch, form)]
    return list(family) if len(family) == 1 and not _other_rank(family[0], form) else []


def _told_apart(sketch: Sketch, form: NameForm) -> bool:
    """Whether somebody is called by title, given name and surname so as not to be taken for another (Mr. John X)."""
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
    ranks = {title for title in sketch.titles if title in words("titles", "unknown")} - {"dr", "doctor"}
    return bool(ranks) and not ranks & set(form.titles)


def _bare_bearers(known: Register, form: NameForm, votes: Votes) -> list[Sketch]:
    name = form.names[0]
    given = of_given_name(name)
    voted = of_votes(votes.get(form.key, Counter()), least=3) if given == "unknown" else given

    def fitting(sketches: Sequence[Sketch]) -> list[Sketch]:
        return [sketch for sketch in sketches if agree(sketch.gender, voted)]

    exact = known.under(("first", name), ("whole", joined((name,))))
    exact = [sketch for sketch in fitting(exact) if _bears(sketch, name)]
    if exact:
        return exact
    family = [sketch for sketch in known.under(("last", name)) if name in sketch.lasts]
    if family:
        return _heads(family)
    short = [sketch for sketch in fitting(known.called(name)) if not sketch.titles & _NOBLE]
    short = [sketch for sketch in short if any(called_for(name, first) for first in sketch.firsts)]
    if short:
        return short
    pets = [sketch for sketch in fitting(known.starting(name)) if not sketch.titles & _NOBLE]
    return [sketch for sketch in pets if any(pet_form(name, first) for first in sketch.firsts)]


def _heads(family: Sequence[Sketch]) -> list[Sketch]:
    """Who is meant by a bare surname: the only bearer, else a man known by that name."""
    if len(family) == 1:
        return list(family)
    known = [sketch for sketch in family if any(surname_only(form) for form in sketch.forms)]
    men = [sketch for sketch in known or family if sketch.gender != "female"]
    return men or list(known)


def _role_bearers(sketches: Sequence[Sketch], form: NameForm) -> list[Sketch]:
    """Who is meant by a title alone: the only one who has it."""
    if len(form.titles) != 1:
        return []
    return [sketch for sketch in sketches if form.titles[0] in sketch.titles and sketch.count > 1]
