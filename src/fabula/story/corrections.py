"""The author's word, matched against one text: what always wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fabula.spans import Span

CorrectionKind = Literal["speaker", "same", "not_a_person", "split", "rename", "not_speech"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of a corrections.toml, and where it applies in this text.

    Attributes:
        kind: `speaker` (these words are said by `name`), `same` (`names` are one person), `not_a_person`
            (`names[0]` is no person), `split` (`names` are different people, never merged), `rename`
            (`names[0]` is to be called `name`), `not_speech` (these words are no utterance).
        span: the quoted words in this text, for `speaker` and `not_speech`; None where they were not found.
        name: the speaker, or the new name; empty for other kinds.
        names: the names concerned, for the kinds about people.
        quoted: the words as the author quoted them; empty for the kinds about people.
        where: file and place of the entry, for messages.
        matched: False where the words (or all of the names) stand nowhere here, or the words in several places.
        problem: why it does not apply, or which of its names stand nowhere, as a phrase; empty where all is well.
    """

    kind: CorrectionKind
    span: Span | None = None
    name: str = ""
    names: tuple[str, ...] = ()
    quoted: str = ""
    where: str = ""
    matched: bool = True
    problem: str = ""
