"""Chapter 5, SPEECH: who says what to whom."""

from __future__ import annotations

from fabula.story import Telling, Utterance


def find_utterances(telling: Telling) -> tuple[Utterance, ...]:
    """Find utterances and their speakers."""
    return tuple(Utterance((quote.span,)) for quote in telling.layer("quotes") if quote.kind == "speech")
