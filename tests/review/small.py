"""Stories read by the rules alone: the network is not needed to doubt."""

from __future__ import annotations

from fabula import pipeline
from fabula.formats import read
from fabula.formats.source import Source
from fabula.store import Entry, match_corrections
from fabula.story import Story, Telling

START = (
    "That day Ada Hale met Tom Reed at the mill. Ada Hale sat down, and Tom Reed stood by the door. "
    "Neither of them had slept.\n\n"
)
SIX = ("Where were you?", "At home.", "All day?", "All day.", "And the key?", "Under the stone.")
TALK = START + "\n\n".join(f'"{line}"' for line in SIX) + "\n\nThe rain went on, and the wheel with it.\n"
"""Six lines of two people, and nothing that says who begins."""


def told(text: str, *entries: Entry) -> Telling:
    """A telling with all layers of the rules."""
    telling = read(Source("small.txt", text.encode()))
    matched = match_corrections(entries, telling)
    return pipeline.run(telling, corrections=matched, stages=pipeline.RULE_STAGES).without("references")


def story(*texts: str) -> Story:
    """A story of tellings that are all called `small`."""
    return Story(tuple(map(told, texts)))
