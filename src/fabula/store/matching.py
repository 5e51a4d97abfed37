"""Where the author's corrections apply in a text, and which of them no longer do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from fabula.spans import Span
from fabula.store.corrections import Entry
from fabula.store.words import Words, has_shape, index_words, looks_same
from fabula.story import Correction, Telling

NEAR = 600
"""Code points within which the words of a context are looked for, on either side."""
_SHOWN = 5
_LONGEST = 60
NARRATOR = "the narrator"
"""Whom the author may name although no text does."""
_INNER = re.compile('["“”«»]')
_ENDING = re.compile(r"\.[a-z]\w*$")


def match_corrections(entries: Sequence[Entry], telling: Telling) -> tuple[Correction, ...]:
    """Find where entries apply in a telling.

    Words are compared without case, white space, line ends and marks. Of several places, those with the
    quote's own capitals and marks count, if it has any and they are found; of those, the one nearest to the context.
    A place is taken only where one is left: the author's word must never fall on the wrong line.

    Args:
        entries: of all corrections files, in order.
        telling: only name, text and source map are read.

    Returns:
        A correction for each entry that is for this telling, in the same order; `matched` tells whether it applies.
    """
    meant = [entry for entry in entries if not entry.telling or is_called(entry.telling, telling.name)]
    words = index_words(telling.text if meant else "")
    return tuple(placed(entry, telling, words) if entry.quoted else _named(entry, words) for entry in meant)


def unaddressed(entries: Sequence[Entry], names: Sequence[str]) -> tuple[Correction, ...]:
    """Return the entries that are for a telling which is not there.

    Args:
        entries: of all corrections files.
        names: of the tellings that are read, and of all texts beside them.

    Returns:
        A correction that does not apply for each of them.
    """
    return tuple(
        Correction(
            entry.kind,
            quoted=entry.quoted,
            where=entry.where,
            matched=False,
            problem=f"there is no telling “{entry.telling}”{_meant(entry.telling, names)}",
        )
        for entry in entries
        if entry.telling and not any(is_called(entry.telling, name) for name in names)
    )


def _meant(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"; did you mean “{near[0]}”?" if near else ""


def correction_problems(corrections: Iterable[Correction]) -> tuple[str, ...]:
    """Say which entries no longer match.

    Args:
        corrections: of all tellings of a story. An entry that applies to one of them is no problem in the others;
            a name may stand in any of them.

    Returns:
        A line for each entry with a problem, in the order of the entries.
    """
    entries: dict[str, list[Correction]] = {}
    for correction in corrections:
        entries.setdefault(correction.where, []).append(correction)
    lines = []
    for where, group in entries.items():
        if not all(one.problem for one in group):
            continue
        if group[0].names:
            nowhere = [absent(name) for name in group[0].names if all(absent(name) in one.problem for one in group)]
            told = ", ".join(nowhere)
        else:
            told = "; ".join(dict.fromkeys(one.problem for one in group))
        if told:
            lines.append(f"{where}: {told}")
    return tuple(lines)


def is_called(wanted: str, name: str) -> bool:
    """Whether a telling is meant; its file's name will do too."""
    return name.casefold() in {wanted.casefold(), _ENDING.sub("", wanted.casefold())}


def _named(entry: Entry, words: Words) -> Correction:
    missing = [name for name in entry.names if name.casefold() != NARRATOR and not words.find(name)]
    return Correction(
        entry.kind,
        name=entry.name,
        names=entry.names,
        where=entry.where,
        matched=len(missing) < len(entry.names),
        problem=", ".join(map(absent, missing)),
    )


def absent(name: str) -> str:
    """Say that a name stands nowhere."""
    return f"“{name}” stands nowhere"


def placed(entry: Entry, telling: Telling, words: Words) -> Correction:
    """Find where an entry that quotes words applies.

    Args:
        entry: of a kind with a quote; for which telling it is meant is not looked at.
        telling: only name, text and source map are read.
        words: of the telling's text.
    """
    everywhere = words.find(entry.quoted)
    places = _narrowed(entry, everywhere, telling.text, words)
    problem = "" if len(places) == 1 else _problem(entry, everywhere, places, telling)
    return Correction(
        entry.kind,
        None if problem else places[0],
        entry.name,
        quoted=entry.quoted,
        where=entry.where,
        matched=not problem,
        problem=problem,
    )


def _narrowed(entry: Entry, places: Sequence[Span], text: str, words: Words) -> Sequence[Span]:
    """Return the places that are left by what the entry says."""
    if len(places) > 1 and has_shape(entry.quoted):
        places = [place for place in places if looks_same(entry.quoted, text, place)] or places
    return _nearest(places, words.find(entry.context)) if entry.context and places else places


def _nearest(places: Sequence[Span], contexts: Sequence[Span]) -> Sequence[Span]:
    """Return the place by the context, within `NEAR`; several where another is less than twice as far from it."""
    nearest: dict[Span, None] = {}
    for context in contexts:
        least = min(_distance(place, context) for place in places)
        if least <= NEAR:
            nearest.update((place, None) for place in places if _distance(place, context) <= 2 * least)
    return sorted(nearest)


def _distance(one: Span, other: Span) -> int:
    """Return the code points between two spans; 0 where they touch or overlap."""
    return max(0, other.start - one.end, one.start - other.end)


def _problem(entry: Entry, everywhere: Sequence[Span], left: Sequence[Span], telling: Telling) -> str:
    quote = cited(entry.quoted)
    if not everywhere:
        return f"{quote} stands nowhere in {telling.name}"
    if not left:
        return f"{quote} stands {_times(everywhere)} in {telling.name}, never near {cited(entry.context)}"
    shown = ", ".join(telling.source.place(place.start).brief for place in left[:_SHOWN])
    more = ", …" if len(left) > _SHOWN else ""
    advice = "give other words as context" if entry.context else "add context = words near the one you mean"
    return f"{quote} stands {_times(left)} in {telling.name} ({shown}{more}); {advice}"


def cited(words: str) -> str:
    """Return words in quotation marks, in one pair or their own, on one line, cut where they are many."""
    line = " ".join(words.split())
    bare = line.strip("\"'“”‘’«»")
    if _INNER.search(bare):  # speech ends or begins within, as in “Yes,” he said: its own marks are enough
        return _shortened(line)
    return f"“{_shortened(bare)}”"


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _times(places: Sequence[Span]) -> str:
    return "once" if len(places) == 1 else f"{len(places)} times"
