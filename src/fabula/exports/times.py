"""When the lines of a song are sung, and the lines of prose that quote or retell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.spans import Span, gaps, index_at
from fabula.story import Link, Story, Telling

_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,9})?")
_WORD = re.compile(r"\w")


class Times(NamedTuple):
    """Times of one telling.

    Attributes:
        starts: code points at which something with a time begins, rising.
        seconds: from the start of the song, for each of them.
    """

    starts: tuple[int, ...] = ()
    seconds: tuple[float, ...] = ()

    def of(self, span: Span) -> float | None:
        """Return the first time that begins in a stretch of the text; None where none does."""
        at = index_at(self.starts, span.start - 1) + 1
        return self.seconds[at] if at < len(self.starts) and self.starts[at] < span.end else None


def own_times(telling: Telling) -> Times:
    """Return when each line of a timed song is sung; for one that returns, the first time.

    Args:
        telling: only its marks are read.
    """
    lines = {mark.start for mark in telling.marked("line")}
    found: dict[int, float] = {}
    for mark in telling.marked("time"):
        if mark.start in lines and _SECONDS.fullmatch(mark.value):
            found[mark.start] = min(float(mark.value), found.get(mark.start, float("inf")))
    return _sorted(found)


def times(story: Story) -> tuple[Times, ...]:
    """Return the times of every telling: a song's own, and those that it lends to what is linked with it.

    Args:
        story: with alignments, where there are any.
    """
    own = [own_times(telling) for telling in story.tellings]
    lent: list[dict[int, float]] = [{} for _ in own]
    for alignment in story.alignments:
        for song, other, is_first in ((alignment.a, alignment.b, True), (alignment.b, alignment.a, False)):
            if own[song.telling].starts and not own[other.telling].starts:
                for link in alignment.links:
                    seconds = own[song.telling].of((link.a if is_first else link.b)[0])
                    begin = _begin(story.tellings[other.telling].text, link, second=is_first)
                    if seconds is not None:
                        lent[other.telling].setdefault(begin, seconds)
    return tuple(times if times.starts else _sorted(found) for times, found in zip(own, lent, strict=True))


def _begin(text: str, link: Link, *, second: bool) -> int:
    """Return where one side of a link begins to tell what the other does: past the words that it alone has."""
    spans = link.b if second else link.a
    changed = sorted(words for change in link.changes if (words := change.b if second else change.a))
    for span in spans:
        for same in gaps((words for words in changed if span.holds(words)), span):
            word = _WORD.search(text, *same)
            if word:
                return word.start()
    return spans[0].start


def _sorted(found: dict[int, float]) -> Times:
    starts: Sequence[int] = sorted(found)
    return Times(tuple(starts), tuple(found[start] for start in starts))
