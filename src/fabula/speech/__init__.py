"""Chapter 5, SPEECH: who says what to whom."""

from __future__ import annotations

from fabula.speech.reading import find_utterances
from fabula.speech.voices import with_voices

__all__ = ["find_utterances", "with_voices"]
