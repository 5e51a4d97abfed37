"""The cast made of what reading gave: ids, names, aliases."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from fabula.people.describing.nominals import Nominal
from fabula.people.naming.sketches import Sketch

_SHOUTED = re.compile(r"\b(Ma?c)?(?![IVXLC]+\b)([A-Z]{4,}|MRS?|SIR)\b")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def made_id(name: str, taken: Mapping[str, object]) -> str:
    """Return an id made from a name (`anne-shirley`), unlike all ids taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = _NO_WORD.sub("-", plain).strip("-") or "someone"
    found, number = base, 2
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def fullest(sketch: Sketch, surfaces: Mapping[str, str]) -> tuple[str, ...]:
    """Return a person's names as the text writes them, the main one first.

    The main one has most parts; among equals, the one used most. It is not shown in capitals throughout.
    """
    ranked = sorted(
        sketch.forms,
        key=lambda form: (-min(len(form.names), 2), bool(form.titles) and len(form.names) > 1, -form.times, form.key),
    )
    best = ranked[0]
    rest = sorted(sketch.forms, key=lambda form: (-form.times, form.key))
    names = [surfaces.get(form.key, form.key) for form in (best, *rest)]
    return tuple(dict.fromkeys((_quietly(names), *names)))


def _quietly(names: Sequence[str]) -> str:
    """Return the first of some names; where it is in capitals, as another writes it, or with initials only."""
    if not _SHOUTED.search(names[0]):
        return names[0]
    equal = (name for name in names if name.lower() == names[0].lower() and not _SHOUTED.search(name))
    return next(equal, _SHOUTED.sub(lambda word: (word[1] or "") + word[2].capitalize(), names[0]))


def surfaces(text: str, spots: Sequence[tuple[int, int, str, bool]]) -> dict[str, str]:
    """Return each key as the text writes it first, on one line; in capitals only where it always is.

    Args:
        text: of the telling.
        spots: start, end, key, and whether `the` stands before.
    """
    found: dict[str, str] = {}
    definite: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for start, end, key, the in spots:
        written = " ".join(text[start:end].split())
        if key not in found or (_SHOUTED.search(found[key]) and not _SHOUTED.search(written)):
            found[key] = written
        count[key] += 1
        definite[key] += the
    return {key: f"the {name}" if definite[key] > 0.5 * count[key] else name for key, name in found.items()}


def description(text: str, nominals: Sequence[Nominal]) -> tuple[str, ...]:
    """Return the names of somebody who is only described, the best first: `the` before `a`, then by frequency."""
    counts: Counter[str] = Counter()
    for nominal in nominals:
        words = " ".join(text[nominal.start : nominal.end].split())
        counts[words[0].lower() + words[1:] if nominal.determiner != "'s" else words] += 1
    ranked = sorted(counts, key=lambda name: (not name.startswith("the "), -counts[name], name))
    return tuple(ranked)
