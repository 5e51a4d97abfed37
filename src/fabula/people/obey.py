"""The author's word on people: it always wins."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.people.sketches import Sketch, taken_apart
from fabula.story import Correction


def plain(name: str) -> str:
    """Return a name for comparison: one case, single blanks, no dots, no article."""
    return " ".join(name.replace(".", " ").lower().split()).removeprefix("the ")


def denied(corrections: Sequence[Correction]) -> frozenset[str]:
    """Return the names (plain) that are no people."""
    return frozenset(plain(name) for entry in corrections if entry.kind == "not_a_person" for name in entry.names)


def claimed(corrections: Sequence[Correction]) -> frozenset[str]:
    """Return the names (plain) that the author uses for people."""
    found = {
        plain(name) for entry in corrections if entry.kind in ("same", "split", "rename") for name in entry.names
    }
    found |= {plain(entry.name) for entry in corrections if entry.kind == "speaker" and entry.name}
    return frozenset(found)


def regrouped(sketches: Sequence[Sketch], corrections: Sequence[Correction]) -> list[Sketch]:
    """Merge and part people as the author says.

    Args:
        sketches: people as found.
        corrections: the layer; only `same` and `split` are used here.

    Returns:
        People, in the same order; parted ones at the end.
    """
    found = list(sketches)
    for entry in corrections:
        if entry.kind == "same":
            found = _merged(found, {plain(name) for name in entry.names})
    for entry in corrections:
        if entry.kind == "split":
            found = _parted(found, [plain(name) for name in entry.names])
    return found


def _has(sketch: Sketch, names: set[str]) -> bool:
    return any(plain(form.key) in names for form in sketch.forms)


def _merged(sketches: Sequence[Sketch], names: set[str]) -> list[Sketch]:
    one = [sketch for sketch in sketches if _has(sketch, names)]
    if len(one) < 2:
        return list(sketches)
    whole = Sketch([form for sketch in one for form in sketch.forms])
    for sketch in one:
        whole.votes.update(sketch.votes)
    rest = [sketch for sketch in sketches if not any(sketch is other for other in one)]
    return [whole, *rest]


def _parted(sketches: Sequence[Sketch], names: Sequence[str]) -> list[Sketch]:
    """Give every name but the first a person of its own where they stand together."""
    found: list[Sketch] = []
    apart: list[Sketch] = []
    for sketch in sketches:
        held = [name for name in names if _has(sketch, {name})]
        leaving = set(held[1:])
        kept = [form for form in sketch.forms if plain(form.key) not in leaving]
        found.append(Sketch(kept, sketch.votes) if leaving else sketch)
        for name in held[1:]:
            apart.append(Sketch([form for form in sketch.forms if plain(form.key) == name]))
    return found + apart


def new_name(aliases: Sequence[str], corrections: Sequence[Correction]) -> str | None:
    """Return what the author wants somebody called; None where they say nothing."""
    names = {plain(alias) for alias in aliases}
    for entry in corrections:
        if entry.kind == "rename" and entry.names and plain(entry.names[0]) in names:
            return entry.name
    return None


def speakers(corrections: Sequence[Correction]) -> list[str]:
    """Return the names the author gives to speakers, each once."""
    return list(dict.fromkeys(entry.name for entry in corrections if entry.kind == "speaker" and entry.name))


def sketch_of(name: str) -> Sketch:
    """Return a person known by the author's word alone."""
    return Sketch([taken_apart(name, 0)])
