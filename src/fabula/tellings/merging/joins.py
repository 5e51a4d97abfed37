"""What alignments say, word by word: who tells what, which words are the same, which lines moved together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fabula.spans import Span, gaps
from fabula.story import Link, Side, Story
from fabula.tellings.collation.lines import WORD, folded

WordPair = tuple[Span, Span]


class Join(NamedTuple):
    """A link between two sides of a plot.

    Attributes:
        a: index of the first side.
        b: index of the second side.
        link: the linked lines.
        words: words that are the same on both sides, capitals aside, in order; none where an event is told otherwise.
        changed: where other words stand on both sides.
        passage: number of the moved passage that it is part of; None where it stands in order.
    """

    a: int
    b: int
    link: Link
    words: tuple[WordPair, ...]
    changed: tuple[WordPair, ...]
    passage: int | None


def told_sides(story: Story) -> tuple[Side, ...]:
    """Return what tells a story: the sides of its alignments, and what none of them holds.

    Args:
        story: with its alignments, if any.
    """
    found = list(dict.fromkeys(side for each in story.alignments for side in (each.a, each.b)))
    for number, telling in enumerate(story.tellings):
        parts = sorted(part for side in found if side.telling == number for part in side.parts)
        rest = tuple(gap for gap in gaps(parts, telling.whole) if gap.of(telling.text).strip())
        if rest:
            found.append(Side(number, telling.name, rest))
    return tuple(sorted(found, key=lambda side: (side.telling, side.parts)))


def find_joins(story: Story, sides: Sequence[Side]) -> tuple[Join, ...]:
    """Return every link of a story with the words that it joins.

    Args:
        story: with its alignments.
        sides: as `told_sides` returns them.
    """
    numbers = {side: number for number, side in enumerate(sides)}
    found = []
    passage = 0
    for alignment in story.alignments:
        texts = [story.tellings[side.telling].text for side in (alignment.a, alignment.b)]
        before: Link | None = None
        for link in alignment.links:
            passage += link.moved and not _follows(before, link)
            before = link
            changed = tuple((each.a, each.b) for each in link.changes if each.kind == "wording" and each.a and each.b)
            found.append(
                Join(
                    numbers[alignment.a],
                    numbers[alignment.b],
                    link,
                    _same_words(link, *texts),
                    changed,
                    passage if link.moved else None,
                )
            )
    return tuple(found)


def _follows(before: Link | None, link: Link) -> bool:
    """Whether a moved link goes on with the passage of the one before it."""
    return before is not None and before.moved and before.b[0].start <= link.b[0].start


def _same_words(link: Link, a: str, b: str) -> tuple[WordPair, ...]:
    """Return the words that both sides of a link have: those which no change touches."""
    if link.relation == "event":
        return ()
    kept = [
        _words_outside(text, spans, changed)
        for text, spans, changed in (
            (a, link.a, [each.a for each in link.changes if each.a and each.kind != "case"]),
            (b, link.b, [each.b for each in link.changes if each.b and each.kind != "case"]),
        )
    ]
    if [folded(span.of(a)) for span in kept[0]] != [folded(span.of(b)) for span in kept[1]]:
        return ()
    return tuple(zip(*kept, strict=True))


def _words_outside(text: str, spans: Sequence[Span], changed: Sequence[Span]) -> list[Span]:
    """Return the words of some lines that lie in none of some stretches, which are in order."""
    found, at = [], 0
    for span in spans:
        for match in WORD.finditer(text, *span):
            word = Span(*match.span())
            while at < len(changed) and changed[at].end <= word.start:
                at += 1
            if at == len(changed) or not changed[at].overlap(word):
                found.append(word)
    return found
