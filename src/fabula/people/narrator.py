"""The first person of the narration: whether there is one, and what it is called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from fabula.people.gender import of_given_name
from fabula.people.names import NameSpot
from fabula.people.page import Page

_SHARE = 0.012
"""Least share of `I`, `me`, `my` among the words of narration that makes it a first-person narration."""
_STATED = re.compile(r"\b(?:[Mm]y name is|[Mm]y name was|I am called|I was called|[Cc]all me)\s*$")
_I_SAY = re.compile(
    r"[\"”]\s*(?:said|asked|replied|cried|answered) I\b|\bI (?:\w+ly )?(?:said|asked|replied|cried|answered)\b"
)


def first_person(page: Page) -> bool:
    """Whether the narration is told by an `I`."""
    narration = [word.form for word in page.words if not word.quoted]
    count = sum(form in ("I", "me", "my", "My", "myself") for form in narration)
    return count > max(3, _SHARE * len(narration))


def narrator_key(page: Page, spots: Sequence[NameSpot]) -> str | None:
    """Return the name by which others call the narrator; None where the text gives none.

    A narrator says `I` where others would be named: their name is spoken often, by others, and hardly ever narrated.

    Args:
        page: a first-person narration.
        spots: names of people.
    """
    spoken: Counter[str] = Counter()
    narrated: Counter[str] = Counter()
    starts = [span.start for span in page.paragraphs]
    for spot in spots:
        if _STATED.search(page.text, max(0, spot.start - 24), spot.start) and not spot.quoted:
            return spot.key
        if not spot.quoted or not _addressed(page.text, spot):
            narrated[spot.key] += not spot.quoted
            continue
        paragraph = page.paragraphs[bisect_right(starts, spot.start) - 1]
        spoken[spot.key] += -2 if _I_SAY.search(page.text, paragraph.start, paragraph.end) else 1
    fitting = [key for key, count in spoken.items() if count >= 3 and narrated[key] <= 0.25 * count and _full(key)]
    return max(fitting, key=lambda key: (spoken[key], key)) if fitting else None


def _full(key: str) -> bool:
    """Whether a name could be all that somebody is called: a given name, or a name of several words."""
    return " " in key or of_given_name(key) != "unknown"


def _addressed(text: str, spot: NameSpot) -> bool:
    before, after = text[max(0, spot.start - 2) : spot.start].strip(), text[spot.end : spot.end + 1]
    return before[-1:] in ("", ",", '"', "“", "!", "?") and after in (",", ".", "!", "?", '"', "”", ";", "-", "—")
