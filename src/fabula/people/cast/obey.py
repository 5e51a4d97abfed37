"""The author's word on people: it always wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fabula.people.cast.characters import made_id
from fabula.people.naming.sketches import Sketch, taken_apart
from fabula.story import Character, Correction, Gender, Mention

_NARRATOR = "narrator"


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
    found |= {plain(entry.name) for entry in corrections if entry.kind == "speaker" and entry.matched}
    return frozenset(found - {"", _NARRATOR})


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
    for entry in corrections:
        first = plain(entry.names[0]) if entry.kind == "same" and entry.names else ""
        if first in names and len(names & {plain(name) for name in entry.names}) > 1:
            return next(alias for alias in aliases if plain(alias) == first)
    return None


def described(
    mentions: Sequence[Mention], characters: Sequence[Character], corrections: Sequence[Correction]
) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Merge and rename those who are only described, and the narrator, as the author says.

    Args:
        mentions: all, in order.
        characters: the cast; names among themselves obey already.
        corrections: the layer; only `same` and `rename` are used here.

    Returns:
        Mentions and characters, the most often mentioned first.
    """
    people = {who.id: who for who in characters}
    now = {who.id: who.id for who in characters}
    for entry in corrections:
        if entry.kind not in ("same", "rename"):
            continue
        meant = [who for name in entry.names for who in _meant(name, people)]
        ids = list(dict.fromkeys(who.id for who in meant))
        if not ids or (entry.kind == "same" and len(ids) < 2):
            continue
        kept = _one([people[who] for who in ids], entry)
        people = {who: other for who, other in people.items() if who not in ids} | {kept.id: kept}
        now = {who: kept.id if other in ids else other for who, other in now.items()}
    told = tuple(replace(mention, character=now.get(mention.character or "")) for mention in mentions)
    counts = Counter(mention.character for mention in told)
    ranked = sorted((replace(who, mentions=counts[who.id]) for who in people.values()), key=lambda who: -who.mentions)
    return told, tuple(ranked)


def _meant(name: str, people: dict[str, Character]) -> list[Character]:
    """Return whom the author means: by name, else by any wording; the narrator also where a name is known."""
    wanted = plain(name)
    found = [who for who in people.values() if plain(who.name) == wanted]
    found = found or [who for who in people.values() if wanted in {plain(alias) for alias in who.aliases}]
    tellers = [who for who in people.values() if who.narrator]
    return tellers if not found and wanted == _NARRATOR and len(tellers) == 1 else found


def _one(people: Sequence[Character], entry: Correction) -> Character:
    """Return several people as one, called as the author says: by the new name, or the first of the same."""
    main = next((who for who in people if who.named), people[0])
    shown = entry.name if entry.kind == "rename" else entry.names[0]
    aliases = [alias for who in people for alias in who.aliases if plain(alias) != _NARRATOR]
    if entry.kind == "same" and plain(shown) == _NARRATOR:
        shown = next((who.name for who in people if plain(who.name) != _NARRATOR), shown)
    gender: Gender = next((who.gender for who in (main, *people) if who.gender != "unknown"), "unknown")
    narrator, named = any(who.narrator for who in people), any(who.named for who in people)
    names = tuple(dict.fromkeys((shown, *aliases)))
    return replace(main, name=shown, aliases=names, gender=gender, narrator=narrator, named=named)


def with_speakers(characters: Sequence[Character], corrections: Sequence[Correction]) -> tuple[Character, ...]:
    """Add the speakers whom only the author names.

    Args:
        characters: the cast, those who are only described and the narrators included.
        corrections: the layer; only `speaker` is used here.

    Returns:
        The cast, with a character more for each name that nobody goes by.
    """
    people = {who.id: who for who in characters}
    for entry in corrections:
        if entry.kind != "speaker" or not entry.matched or _meant(entry.name, people):
            continue
        who = made_id(entry.name, people)
        gender = Sketch([taken_apart(entry.name, 0)]).gender
        people[who] = Character(who, entry.name, (entry.name,), gender)
    return tuple(people.values())
