"""Records of speech: who says what to whom, and how it reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fabula.spans import Span

UtteranceKind = Literal["speech", "thought", "letter", "text_message", "song", "announcement"]
Channel = Literal["face", "phone", "voicemail", "radio", "text", "letter", "loudspeaker", "song", "thought"]
Evidence = Literal["tag", "beat", "vocative", "turn", "continuation", "cue", "viewpoint", "correction", "none"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one character says (thinks, sings, writes) without another's turn between.

    Attributes:
        pieces: spans with their marks, in order; narration may stand between them.
        speaker: character id; None where unknown.
        addressees: character ids; empty where unknown.
        kind: what sort of words.
        channel: how they reach the hearer.
        evidence: what decided the speaker.
        cue: span of the words that name the speaker (the tag's name or pronoun); None where there are none.
        confidence: 0 to 1 that the speaker is right; 0 where unknown.
        reason: why the speaker is unknown or doubtful, as a phrase; empty where neither.
    """

    pieces: tuple[Span, ...]
    speaker: str | None = None
    addressees: tuple[str, ...] = ()
    kind: UtteranceKind = "speech"
    channel: Channel = "face"
    evidence: Evidence = "none"
    cue: Span | None = None
    confidence: float = 0.0
    reason: str = ""

    @property
    def start(self) -> int:
        """Where its first piece starts."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class Voice:
    """What the network says of who speaks a quotation: one mention near it that may mean the speaker.

    Attributes:
        span: the quotation, marks included.
        mention: the mention.
        chance: 0 to 1 among all mentions near; unlikely ones have no record.
    """

    span: Span
    mention: Span
    chance: float
