"""Which names are one person: given names, surnames, titles, pet forms, families.

A wrong merge costs more than a missing one: where several people could bear a name, it stays apart unless one of
them clearly prevails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.people.naming.apart import Apart, are_two
from fabula.people.naming.bearers import (
    KNOWN,
    Families,
    bare_bearers,
    clear,
    full_bearers,
    ladies_by_title,
    other_gender,
    role_bearers,
    titled_bearers,
)
from fabula.people.naming.gender import Votes
from fabula.people.naming.register import Register
from fabula.people.naming.sketches import NameForm, Sketch, surname_only, taken_apart


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
        _gather(known, form, told, full_bearers(known, form))
    family = Families(
        frozenset(last for sketch in known.sketches for last in sketch.lasts),
        frozenset(form.names[-1] for form in taken if form.unmarried and form.names),
        told.apart,
    )
    firsts = {first for sketch in known.sketches for first in sketch.firsts}
    bare.sort(key=lambda form: form.names[0] not in firsts)
    first_named = sum(form.names[0] in firsts for form in bare)
    for form in bare[:first_named]:
        _gather(known, form, told, bare_bearers(known, form, votes))
    titled.sort(key=surname_only)
    for form in titled:
        bearers = titled_bearers(known, form, family)
        if form.unmarried and all(are_two(form, sketch.forms, told.apart) for sketch in bearers):
            bearers = ladies_by_title(known, form)
        _gather(known, form, told, bearers)
    for form in bare[first_named:]:
        _gather(known, form, told, bare_bearers(known, form, votes))
    for form in (form for form in taken if not form.names):
        _gather(known, form, told, role_bearers(known.sketches, form))
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
        and all(bare.get(name, 0) >= KNOWN for name in form.names)
        else form
        for form in taken
    ]


def _gather(known: Register, form: NameForm, told: Evidence, bearers: Sequence[Sketch]) -> None:
    """Give a form to its one clear bearer, else make a new person of it."""
    fitting = [each for each in bearers if not other_gender(form, each, told.votes)]
    bearer = clear([sketch for sketch in fitting if not are_two(form, sketch.forms, told.apart)])
    if bearer is None:
        bearer = Sketch([])
        known.sketches.append(bearer)
    bearer.forms.append(form)
    bearer.votes.update(told.votes.get(form.key, Counter()))
    known.note(bearer, form)
