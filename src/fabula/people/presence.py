"""Who is present in a reader's mind while reading, and whom a pronoun means."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fabula.people.gender import agree
from fabula.story import Gender

_HALF_LIFE = 220
_FORGOTTEN = 3000
_NEAR = 800
_FADED = 0.15
_PRESENT = 0.55
_OPEN = -1.5
_DESCRIBED = -2.0
_HERE = 1.0
_OFTEN = 0.25
_SPOKEN_OF = -3.0
_CALLED_BEFORE = 2.7
_SPOKEN_OF_BEFORE = -1.0
"""What speaks for and against somebody whom a pronoun may mean: presence (logarithm), a gender that nothing tells,
that they have no name, a mention in this paragraph, how often they are named (logarithm); and for the pronoun of a
speech tag, that the words speak of them, that they were called in the paragraph before, or spoken of.

Fitted to the speech tags of PDNC's train part as a conditional logistic model; descriptions count for less there than
here, for its annotation knows mostly people with names."""


class SceneStart(NamedTuple):
    """Where a scene starts.

    Attributes:
        start: its first code point.
        viewpoint: id of whoever's viewpoint is stated; None where none is.
        narrator: id of the first person of its narration; None where there is none.
    """

    start: int
    viewpoint: str | None
    narrator: str | None


@dataclass(slots=True)
class Reader:
    """What a reader keeps in mind while reading: who was pointed at, how strongly, and where.

    Attributes:
        genders: of everybody known, by id.
        ranks: noun for a rank to the id of its only bearer.
        introduced: id to the place of the first name.
        named: id to how often the text names somebody.
        weights: id to strength at the place in `places`.
        places: id to the place of the last mention.
        narrator: id of the first person here; None where there is none.
        called: ids called by name in the quotations of this paragraph so far.
        spoken_of: ids named in them otherwise.
        here: ids mentioned in the narration of this paragraph so far.
        called_before: ids called in the paragraph before.
        spoken_of_before: ids named in its quotations otherwise.
    """

    genders: dict[str, Gender]
    ranks: dict[str, str] = field(default_factory=dict)
    introduced: dict[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    narrator: str | None = None
    called: set[str] = field(default_factory=set)
    spoken_of: set[str] = field(default_factory=set)
    here: set[str] = field(default_factory=set)
    called_before: set[str] = field(default_factory=set)
    spoken_of_before: set[str] = field(default_factory=set)

    def strength(self, who: str, at: int) -> float:
        """Return how present somebody is at a place."""
        return self.weights[who] * math.exp2((self.places[who] - at) / _HALF_LIFE)

    def point(self, who: str, at: int, weight: float) -> None:
        """Note a mention."""
        before = self.strength(who, at) if who in self.places else 0.0
        self.weights[who], self.places[who] = before + weight, at

    def best(
        self, gender: Gender, at: int, *, besides: frozenset[str] = frozenset(), tagging: bool = False
    ) -> str | None:
        """Return whom a pronoun means most likely; None where nobody is about whom it fits.

        Args:
            gender: that the pronoun states.
            at: offset of the pronoun.
            besides: ids that it cannot mean.
            tagging: whether it follows a quotation as its speaker, so that nobody called in it is meant.
        """
        top, found = -math.inf, None
        if tagging:
            besides |= self.called
        for who, place in self.places.items():
            if at - place >= _FORGOTTEN or who in besides:
                continue
            known = self.genders.get(who, "unknown")
            if not agree(known, gender):
                continue
            score = _PRESENT * math.log(self.strength(who, at) + 1e-9) + self._standing(who, tagging=tagging)
            score += 0.0 if known == gender else _OPEN
            if score > top:
                top, found = score, who
        return found

    def _standing(self, who: str, *, tagging: bool) -> float:
        """Return what speaks for and against somebody whatever the place of their last mention."""
        score = _DESCRIBED if who[:1] == "~" else _OFTEN * math.log1p(self.named.get(who, 0))
        score += _HERE * (who in self.here)
        if tagging:
            score += _SPOKEN_OF * (who in self.spoken_of) + _CALLED_BEFORE * (who in self.called_before)
            score += _SPOKEN_OF_BEFORE * (who in self.spoken_of_before)
        return score

    def one_called_they(self, at: int) -> str | None:
        """Return the most present of those whom the text calls `they`, and note the mention; mostly there is none."""
        near = [
            who for who, place in self.places.items() if self.genders.get(who) == "neutral" and at - place < _NEAR
        ]
        if not near:
            return None
        who = max(near, key=lambda one: self.strength(one, at))
        self.point(who, at, 0.5)
        return who

    def enter(self, scene: SceneStart) -> None:
        """Begin a scene: those who were present fade, the one whose viewpoint is stated comes first."""
        for who in self.weights:
            self.weights[who] *= _FADED
        if scene.viewpoint is not None:
            self.point(scene.viewpoint, scene.start, 1.5)
        self.narrator = scene.narrator

    def turn(self, at: int, *, goes_on: bool) -> None:
        """Begin a paragraph: drop those last mentioned long ago, and whoever was called and spoken of before.

        Args:
            at: offset in the paragraph.
            goes_on: whether it is the one after the paragraph left.
        """
        for who in [who for who, place in self.places.items() if at - place >= _FORGOTTEN]:
            del self.places[who], self.weights[who]
        self.called_before = self.called if goes_on else set()
        self.spoken_of_before = self.spoken_of if goes_on else set()
        self.called, self.spoken_of, self.here = set(), set(), set()
