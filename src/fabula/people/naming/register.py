"""People in the making, found by the words of their names: a book may have two thousand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from fabula.lexicon import forms
from fabula.people.naming.sketches import NameForm, Sketch, joined, without_ending

Part = Literal["first", "last", "whole", "stem", "start"]
"""What of a name: its first word, its last, all as one; its first word without an ending, and how that begins."""
_START = 3
"""Letters that a pet form has at least in common with the name."""


@dataclass(slots=True)
class Register:
    """Everybody gathered so far.

    What it finds is never too few, and may be too many: a form that is in the register under its first word need not
    be a given name. Whoever asks looks again.

    Attributes:
        sketches: in the order in which they were made.
    """

    sketches: list[Sketch] = field(default_factory=list)
    _under: defaultdict[tuple[Part, str], dict[int, Sketch]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, sketch: Sketch, form: NameForm) -> None:
        """Enter a form that a sketch has been given."""
        if not form.names:
            return
        first = form.names[0]
        parts: dict[Part, str] = {
            "first": first,
            "last": form.names[-1],
            "whole": joined(form.names),
            "stem": without_ending(first),
            "start": first[:_START],
        }
        for entry in parts.items():
            self._under[entry][id(sketch)] = sketch

    def under(self, *entries: tuple[Part, str]) -> list[Sketch]:
        """Return everybody with a form of one of these parts."""
        found: dict[int, Sketch] = {}
        for entry in entries:
            found.update(self._under.get(entry, {}))
        return list(found.values())

    def called(self, name: str) -> list[Sketch]:
        """Return everybody for whom a given name may stand, see `fabula.people.naming.sketches.called_for`."""
        related = (*forms("nicknames").get(name, ()), *_short_forms().get(name, ()))
        return self.under(
            ("first", name), ("stem", without_ending(name)), *(("first", other) for other in sorted(related))
        )

    def starting(self, name: str) -> list[Sketch]:
        """Return everybody of whose name another may be a pet form, see `fabula.people.naming.sketches.pet_form`."""
        return self.under(("start", name[:_START]))


@cache
def _short_forms() -> dict[str, list[str]]:
    """Return given names with their nicknames."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for short, full in forms("nicknames").items():
        for name in full:
            found[name].append(short)
    return dict(found)
