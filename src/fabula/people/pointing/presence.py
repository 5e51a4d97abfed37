"""Who is present in a reader's mind while reading, and whom a pronoun means."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from fabula.people.naming.gender import agree
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
"""What speaks for and against somebody whom the pronoun of a speech tag may mean: presence (logarithm), a gender that
nothing tells, that they have no name, a mention in this paragraph, how often they are named (logarithm).

Fitted to the speech tags of PDNC's train part as a conditional logistic model; descriptions count for less there than
here, for its annotation knows mostly people with names. Whom the words speak of or call is left to those who choose
speakers: counted here too, it counts twice."""
_ESTABLISHED = 12
"""How often the text must tell of the General for him to count as if he had a name."""
_OPEN_BESIDE = math.log(0.5)
"""What it counts against somebody, for any other pronoun, that nothing tells their gender."""


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
        named: id to how often the text names somebody, or tells of them by a description of their own.
        several: nouns that the text has for several people.
        weights: id to strength at the place in `places`.
        places: id to the place of the last mention.
        narrator: id of the first person here; None where there is none.
        called: ids called by name in the quotations of this paragraph so far.
        here: ids mentioned in the narration of this paragraph so far.
    """

    genders: dict[str, Gender]
    ranks: dict[str, str] = field(default_factory=dict)
    introduced: dict[str, int] = field(default_factory=dict)
    named: Mapping[str, int] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    weights: dict[str, float] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    narrator: str | None = None
    called: set[str] = field(default_factory=set)
    here: set[str] = field(default_factory=set)

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
            score = math.log(self.strength(who, at) + 1e-9)
            if tagging:
                score = _PRESENT * score + (0.0 if known == gender else _OPEN) + self._standing(who)
            elif known != gender:
                score += _OPEN_BESIDE
            if score > top:
                top, found = score, who
        return found

    def _standing(self, who: str) -> float:
        """Return what speaks for and against somebody as a speaker, whatever the place of their last mention."""
        times = self.named.get(who, 0)
        score = _DESCRIBED if who[:1] == "~" and times < _ESTABLISHED else _OFTEN * math.log1p(times)
        return score + _HERE * (who in self.here)

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

    def turn(self, at: int) -> None:
        """Begin a paragraph: drop those last mentioned long ago, and whoever was called before.

        Args:
            at: offset in the paragraph.
        """
        for who in [who for who, place in self.places.items() if at - place >= _FORGOTTEN]:
            del self.places[who], self.weights[who]
        self.called, self.here = set(), set()
