"""Chapter 5, SPEECH: who says what to whom."""

from __future__ import annotations

from fabula.speech.handles import with_handles
from fabula.speech.reading import find_utterances

__all__ = ["find_utterances", "with_handles"]
