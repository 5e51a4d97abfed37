"""Records of what happens, and of who does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fabula.spans import Span

RoleKind = Literal["agent", "patient", "possessive", "modifier"]


@dataclass(frozen=True, slots=True)
class Event:
    """A word that tells that something happens, in the story's own world.

    What is hypothetical, negated, planned or general is no event (realis; Sims, Park and Bamman 2019).

    Attributes:
        span: the word, mostly a verb.
        lemma: its dictionary form.
    """

    span: Span
    lemma: str


@dataclass(frozen=True, slots=True)
class Role:
    """What a character does, undergoes, owns or is, in one word.

    Attributes:
        character: id of the character.
        kind: `agent` of a verb, `patient` of a verb, `possessive`: owner of a noun, `modifier`: an adjective or noun
            said of the character (the content of BookNLP's `.book`).
        span: the verb, noun or adjective.
        lemma: its dictionary form.
        mention: the words that point at the character there.
    """

    character: str
    kind: RoleKind
    span: Span
    lemma: str
    mention: Span
