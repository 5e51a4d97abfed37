"""The first person of the narration: where there is one, and what it is called."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.people.naming.gender import of_given_name
from fabula.people.naming.headed import headings, tellers
from fabula.people.naming.names import NameSpot
from fabula.people.page import Page, Word
from fabula.spans import Span
from fabula.story import Scene, Telling

_SHARE = 0.012
"""Least share of `I`, `me`, `my` among the words of narration that makes it a first-person narration."""
_LEAST = 0.005
"""And the share that does where a tag says `I said`."""
_FIRST = frozenset(("I", "me", "my", "My", "myself", "I'm", "I’m", "I'd", "I’d", "I've", "I’ve", "I'll", "I’ll"))
_STATED = re.compile(r"\b(?:[Mm]y name is|[Mm]y name was|I am called|I was called|[Cc]all me)\s*$")
_SAY = r"(?:say|said|ask|asked|tell|told|reply|replied|cried|answer|answered)"
_TAGGED_I = re.compile(rf"[\"”’]\s+(?:I {_SAY}|{_SAY} I)\b")
_I_SAY = re.compile(rf"[\"”]\s*{_SAY} I\b|\bI (?:\w+ly )?{_SAY}\b")
_THEY_SAY = re.compile(
    rf"[\"”]\s*{_SAY}s? (?!I\b)\w"
    rf"|[\"”]\s*(?!I\b)(?:[Hh]e|[Ss]he|[Tt]hey|[Mm]y \w+|[Tt]he \w+|[A-Z]\w+) {_SAY}"
)
_BY_LINE = re.compile(r"[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?(?=\s*[,:—–]|\s+-)")
_LONGEST_TITLE = 80
_PLACES = 2
_SHORT = 20_000
"""Code points of a text in which once is enough."""
_OFTEN = 3
"""How often a name must be spoken to be the narrator's where nothing else tells."""


class Section(NamedTuple):
    """A scene as the people chapter sees it.

    Attributes:
        span: where it stands.
        viewpoint: name that a heading states; in a first-person narration also that of a teller in the chapter's
            heading, and one that the title states; else None.
        first: whether an `I` narrates it.
    """

    span: Span
    viewpoint: str | None
    first: bool


def sections(telling: Telling, page: Page) -> list[Section]:
    """Return the scenes, or the whole text as one where there is no such layer.

    Sections of one stated viewpoint are judged together as to who narrates.
    """
    scenes: Sequence[Scene] = telling.layer("scenes") if "scenes" in telling.layers else ()
    spans = [scene.span for scene in scenes] or [telling.whole]
    stated = [scene.viewpoint for scene in scenes] or [None]
    heads = headings(telling) if scenes else [None]
    under = [view or head for view, head in zip(stated, heads, strict=True)]
    told = _told(page, spans, under)
    tell = tellers(page, spans, heads, [name in told for name in under])
    views = [
        view if view and (view != head or view not in told) else head if head in tell else None
        for view, head in zip(stated, heads, strict=True)
    ]
    if views != under:
        told = _told(page, spans, views)
    titled = _titled(telling) if None in told else None
    return [
        Section(span, view or (titled if None in told else None), view in told)
        for span, view in zip(spans, views, strict=True)
    ]


def _told(page: Page, spans: Sequence[Span], views: Sequence[str | None]) -> frozenset[str | None]:
    """Return the viewpoints (or None) of which the scenes, taken together, are narrated by an `I`."""
    starts = [word.start for word in page.words]
    total: Counter[str | None] = Counter()
    first: Counter[str | None] = Counter()
    for span, view in zip(spans, views, strict=True):
        inside = page.words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        total[view] += sum(not word.quoted for word in inside)
        first[view] += sum(_is_first(word) for word in inside)
    said = _says_i(page, list(zip(spans, views, strict=True)))
    return frozenset(
        name
        for name, count in first.items()
        if count > max(3, _SHARE * total[name]) or (name in said and count > _LEAST * total[name])
    )


def _says_i(page: Page, parts: Sequence[tuple[Span, str | None]]) -> frozenset[str | None]:
    """Return the stated viewpoints (or None) of the scenes whose narration tags words with `I said`."""
    ends = [span.end for span, _ in parts]
    tags = (match for match in _TAGGED_I.finditer(page.text) if not page.is_quoted(match.end() - 1))
    at = (bisect_right(ends, match.start()) for match in tags)
    return frozenset(parts[index][1] for index in at if index < len(parts))


def _is_first(word: Word) -> bool:
    return not word.quoted and word.form in _FIRST


def _titled(telling: Telling) -> str | None:
    """Return the name that opens the last short line before the story: `Ned, eleven years after`."""
    chapters = telling.layer("chapters") if "chapters" in telling.layers else ()
    begin = chapters[0].span.start if chapters else 0
    before = [
        paragraph.span
        for paragraph in telling.layer("paragraphs", wanted_by="people")[:60]
        if paragraph.span.end <= begin and paragraph.kind in ("matter", "heading")
    ]
    lines = [before[-1].of(telling.text)] if before else []
    lines += [chapters[0].title] if chapters else []
    for line in reversed(lines):
        match = _BY_LINE.match(line) if len(line) <= _LONGEST_TITLE else None
        if match and of_given_name(match[0].split()[0]) != "unknown":
            return match[0]
    return None


def narrator_id(page: Page, spots: Sequence[NameSpot], owners: Mapping[str, str]) -> str | None:
    """Return whom others call by name when they speak to the narrator; None where the text tells nobody clearly.

    A narrator says `I` where others would be named: their name is spoken, by others, and hardly ever narrated,
    whatever form it has. It must be spoken in two places (one, in a short text), one of which the narrator answers,
    and no other name may fit half as well.

    Args:
        page: a first-person narration.
        spots: names of people.
        owners: key of each name to the id of its bearer.
    """
    spoken: Counter[str] = Counter()
    narrated: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    full: set[str] = set()
    starts = [span.start for span in page.paragraphs]
    for spot in spots:
        who = owners[spot.key]
        if _STATED.search(page.text, max(0, spot.start - 24), spot.start) and not spot.quoted:
            return who
        if not spot.quoted or not _addressed(page.text, spot):
            narrated[who] += not spot.quoted
            continue
        said = _said_to_me(page, bisect_right(starts, spot.start) - 1)
        spoken[who] += -2 if said == "by me" else 1
        sure[who] += said == "to me"
        full.update([who] if _full(spot.key) else [])
    places = _PLACES if len(page.text) > _SHORT else 1
    fitting = {
        who: count + 2 * sure[who]
        for who, count in spoken.items()
        if count >= places and (count >= _OFTEN or sure[who]) and narrated[who] <= 0.25 * count and who in full
    }
    ranked = sorted(fitting, key=lambda who: (-fitting[who], who))
    return ranked[0] if ranked and all(2 * fitting[who] <= fitting[ranked[0]] for who in ranked[1:]) else None


def _said_to_me(page: Page, at: int) -> str:
    """Tell whether the narrator says the words of a paragraph, or they are said and the narrator answers."""
    here, after = page.paragraphs[at], page.paragraphs[at + 1 : at + 2]
    before = page.paragraphs[at - 1 : at] if at else ()
    if _I_SAY.search(page.text, here.start, here.end):
        return "by me"
    if _THEY_SAY.search(page.text, here.start, here.end):
        return "to me" if not after or _THEY_SAY.search(page.text, *after[0]) is None else ""
    return "to me" if any(_I_SAY.search(page.text, *other) for other in (*before, *after)) else ""


def _full(key: str) -> bool:
    """Whether a name could be all that somebody is called: a given name, or a name of several words."""
    return " " in key or of_given_name(key) != "unknown"


def _addressed(text: str, spot: NameSpot) -> bool:
    before, after = text[max(0, spot.start - 2) : spot.start].strip(), text[spot.end : spot.end + 1]
    return before[-1:] in ("", ",", '"', "“", "!", "?") and after in (",", ".", "!", "?", '"', "”", ";", "-", "—")
