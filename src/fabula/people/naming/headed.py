"""Chapters and parts told by one person after another, each under a heading with the teller's name.

A heading may as well name the place, or somebody of whom one narrator tells. Who says `I` is not told of by name: so
a name heads its own telling where `I` narrates there and the narration leaves the name out, and where this holds of
at least two people and of nearly all who head anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from fabula.lexicon import words
from fabula.lexicon.tellers import headed_by
from fabula.people.naming.gender import of_given_name
from fabula.people.naming.names import name_spots
from fabula.people.naming.persons import person_keys
from fabula.people.page import Page, Word
from fabula.spans import Span
from fabula.story import Chapter, Scene, Telling

_TOLD_OF = 0.1
"""Times that the narration may name its teller, for each `I`."""
_FITTING = 0.75
"""Least share of the names over first-person narration that must be their tellers'."""


def headings(telling: Telling) -> list[str | None]:
    """Return the name in the heading that each scene stands under; None where there is none.

    The nearest heading counts: one in the chapter, the chapter's own, that of its part.

    Args:
        telling: with the layer `scenes`; `chapters` is used where present.
    """
    chapters: Sequence[Chapter] = telling.layer("chapters") if "chapters" in telling.layers else ()
    scenes: Sequence[Scene] = telling.layer("scenes")
    parts = [(one.span, headed_by(one.title)) for one in chapters if one.level == "part"]
    leaves = [headed_by(one.title) for one in chapters if one.level == "chapter"]
    found: list[str | None] = []
    chapter, name = -1, None
    for scene in scenes:
        if scene.chapter != chapter:
            chapter = scene.chapter
            within = next((title for span, title in reversed(parts) if span.holds(scene.span)), None)
            name = (leaves[chapter] if chapter < len(leaves) else None) or within
        name = (headed_by(_last_line(scene.opening.of(telling.text))) if scene.opening else None) or name
        found.append(name)
    return found


def _last_line(opening: str) -> str:
    return next((line.strip() for line in reversed(opening.splitlines()) if any(map(str.isalpha, line))), "")


def tellers(page: Page, spans: Sequence[Span], heads: Sequence[str | None], told: Sequence[bool]) -> frozenset[str]:
    """Return the names that head their own tellings.

    Args:
        page: the text.
        spans: of the scenes.
        heads: the name in the heading that each scene stands under.
        told: whether `I` narrates the scenes under that name.
    """
    names = {name for name, first in zip(heads, told, strict=True) if name and first}
    if len(names) < 2:
        return frozenset()
    starts = [word.start for word in page.words]
    inside = [page.words[bisect_left(starts, span.start) : bisect_left(starts, span.end)] for span in spans]
    by_name: dict[str, list[Word]] = {name: [] for name in names}
    for found, head in zip(inside, heads, strict=True):
        if head in by_name:
            by_name[head] += found
    fitting = {name for name in _people(page, names) if not _is_told_of(by_name[name], name)}
    return frozenset(fitting) if len(fitting) > 1 and len(fitting) >= _FITTING * len(names) else frozenset()


def _people(page: Page, names: set[str]) -> set[str]:
    """Return names that are people's: with a title, a given name, or a name that the text has for somebody."""
    titles = words("titles", "male", "female", "unknown", "kin")
    sure = {
        name
        for name in names
        if name.split()[0].lower().strip(".") in titles or of_given_name(name.split()[0]) != "unknown"
    }
    if sure == names:
        return sure
    known = {part for key in person_keys(page, name_spots(page)) for part in key.split()}
    return sure | {name for name in names if _called(name) in known}


def _called(name: str) -> str:
    """Return the word of a name by which others tell of its bearer."""
    titles = words("titles", "male", "female", "unknown", "kin")
    parts = [part for part in name.split() if part.lower().strip(".") not in titles]
    return parts[0] if parts else name.rsplit(maxsplit=1)[-1]


def _is_told_of(inside: Sequence[Word], name: str) -> bool:
    """Whether the words under a heading name its bearer too often for one who says `I`."""
    called = _called(name)
    named = sum(_names(word, called) for word in inside)
    first = sum(not word.quoted and word.form in ("I", "me", "my", "My") for word in inside)
    return named > _TOLD_OF * first


def _names(word: Word, called: str) -> bool:
    return not word.quoted and word.capital and word.form == called
