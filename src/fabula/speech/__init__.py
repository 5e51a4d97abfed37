"""Chapter 5, SPEECH: who says what to whom."""

from __future__ import annotations

from fabula.speech.reading import find_utterances
from fabula.speech.unnamed import with_unnamed

__all__ = ["find_utterances", "with_unnamed"]
