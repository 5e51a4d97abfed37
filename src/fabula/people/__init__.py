"""Chapter 4, PEOPLE: where the text points at somebody, and who they are."""

from __future__ import annotations

from fabula.people.pointing.linking import find_mentions
from fabula.people.pointing.voices import find_voices
from fabula.people.reading import find_people

__all__ = ["find_mentions", "find_people", "find_voices"]
