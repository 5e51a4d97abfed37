"""Scenes: what breaks, viewpoint headings and rare blank lines cut a chapter into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fabula.lexicon.tellers import spoken_name, told_by
from fabula.spans import Span, check_tiles
from fabula.story import Chapter, Scene
from fabula.story.text import ParagraphKind
from fabula.structure.breaks import Viewpoint, parse_viewpoint
from fabula.structure.paragraphs import Block, Layout

_NAME = re.compile(r"[^\W\d_a-z][\w.'’\-]*(?:\s[^\W\d_a-z][\w.'’\-]*){0,2}")
_NUMBERING = re.compile(
    r"\W*(?:(?:chapter|part|ch\.?)\s+)?(?:\d+|[IVXLC]+|[A-Za-z]+(?:-[a-z]+)?)?\s*[.:—–\-]*\s*", re.I
)
_NO_NAME = frozenset(("the", "a", "an", "prologue", "epilogue", "interlude", "part", "chapter", "end"))


class _Opening(NamedTuple):
    start: int
    span: Span
    viewpoint: Viewpoint | None
    leads: bool


def find_scenes(
    text: str,
    blocks: Sequence[Block],
    kinds: Sequence[ParagraphKind],
    chapters: Sequence[Chapter],
    layout: Layout,
    *,
    breaks: Iterable[int] = (),
    letters: Iterable[int] = (),
) -> list[Scene]:
    """Cut chapters into scenes.

    Args:
        text: that the blocks point into.
        blocks: in order.
        kinds: of each block.
        chapters: those of level `chapter`, in order.
        layout: how the plain text is set.
        breaks: offsets of breaks that the format states without any text of their own.
        letters: indices of the blocks that open a letter, in a novel of letters.

    Returns:
        Scenes in order; they tile the chapters. A viewpoint holds until the chapter states another.
    """
    silent = _blank_breaks(text, blocks, kinds, layout) | _stated_breaks(blocks, breaks) | set(letters)
    views = _titled_viewpoints(chapters)
    scenes: list[Scene] = []
    at = 0
    for number, chapter in enumerate(chapters):
        first = at
        while at < len(blocks) and blocks[at].span.start < chapter.span.end:
            at += 1
        while first < at and blocks[first].span.start < chapter.span.start:
            first += 1
        openings = _openings(text, blocks, kinds, range(first, at), silent)
        scenes.extend(_cut(chapter, number, openings, views.get(number)))
    return scenes


def _openings(
    text: str,
    blocks: Sequence[Block],
    kinds: Sequence[ParagraphKind],
    inside: range,
    silent: set[int],
) -> list[_Opening]:
    """Return what opens scenes: adjacent rules and headings make one opening; those with no prose after them none."""
    found: list[_Opening] = []
    run: list[int] = []
    begun = False
    for at in inside:
        kind = kinds[at]
        if kind == "break" or (kind == "heading" and (begun or parse_viewpoint(blocks[at].span.of(text)))):
            run.append(at)
            continue
        if kind in ("heading", "matter"):
            continue
        if run or (at in silent and begun):
            opening = _opening(text, blocks, run, at, leads=not begun)
            if begun or opening.viewpoint:
                found.append(opening)
            run = []
        begun = True
    return found


def _opening(text: str, blocks: Sequence[Block], run: Sequence[int], at: int, *, leads: bool) -> _Opening:
    if not run:
        start = blocks[at].span.start
        return _Opening(start, Span(start, start), None, leads)
    views = [view for index in run if (view := _viewpoint(blocks[index].span.of(text)))]
    span = Span(blocks[run[0]].span.start, blocks[run[-1]].span.end)
    return _Opening(span.start, span, views[-1] if views else None, leads)


def _viewpoint(words: str) -> Viewpoint | None:
    """Return whose viewpoint a heading within a chapter announces, or whose journal or story it says follows."""
    teller = told_by(words)
    return parse_viewpoint(words) or (Viewpoint(teller) if teller else None)


def _cut(chapter: Chapter, number: int, openings: Sequence[_Opening], viewpoint: str | None) -> list[Scene]:
    scenes: list[Scene] = []
    start, opening = chapter.span.start, None
    for found in openings:
        if not found.leads:
            scenes.append(Scene(Span(start, found.start), number, viewpoint, opening))
            start = found.start
        opening = found.span if found.span.length else None
        viewpoint = found.viewpoint.name if found.viewpoint else viewpoint
    scenes.append(Scene(Span(start, chapter.span.end), number, viewpoint, opening))
    check_tiles([scene.span for scene in scenes], chapter.span, what=f"scenes of chapter {number + 1}")
    return scenes


def _stated_breaks(blocks: Sequence[Block], breaks: Iterable[int]) -> set[int]:
    """Return the indices of blocks that follow a break without text."""
    found: set[int] = set()
    at = 0
    for offset in sorted(breaks):
        while at < len(blocks) and blocks[at].span.start < offset:
            at += 1
        if at < len(blocks):
            found.add(at)
    return found


def _blank_breaks(text: str, blocks: Sequence[Block], kinds: Sequence[ParagraphKind], layout: Layout) -> set[int]:
    """Return the indices of blocks with more blank lines before them than usual, where that is rare."""
    between = [
        at
        for at in range(1, len(blocks))
        if kinds[at - 1] == kinds[at] == "prose" and not blocks[at].marked and not blocks[at - 1].marked
    ]
    if len(between) < (50 if layout.style in ("indented", "ragged") else 20):
        return set()
    usual = Counter(blocks[at].gap for at in between).most_common(1)[0][0]
    wide = [at for at in between if blocks[at].gap > usual and _is_paragraph(text, blocks, at)]
    # Two gaps close together set off a telegram or note, not a scene.
    alone = [
        at
        for at, before, after in zip(wide, [-9, *wide], [*wide[1:], len(blocks) + 9], strict=False)
        if at - before > 3 and after - at > 3
    ]
    return set(alone) if len(wide) <= max(1, 0.04 * len(between)) else set()


def _is_paragraph(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether whole sentences stand on both sides of a gap, so that it sets off no caption or inserted text."""
    before, after = blocks[at - 1].span.of(text), blocks[at].span.of(text)
    return (
        before[-1] in ".!?…\"”’'*_)"
        and len(after) > 30
        and after[0] not in "*[("
        and not after[0].islower()
        and blocks[at].indent < 4
    )


def _titled_viewpoints(chapters: Sequence[Chapter]) -> dict[int, str]:
    """Return the viewpoint of chapters that are titled with a name, in books whose chapters take turns."""
    names: dict[int, str] = {}
    narratives: dict[int, str] = {}
    for number, chapter in enumerate(chapters):
        title = _NUMBERING.sub("", chapter.title, count=1) if chapter.number is not None else chapter.title
        if told := told_by(title):
            narratives[number] = told
        elif _NAME.fullmatch(title) and title.split()[0].lower() not in _NO_NAME:
            names[number] = spoken_name(title)
    count = Counter(names.values())
    again = {number: name for number, name in names.items() if count[name] > 1}
    titled = sum(bool(chapter.title) for chapter in chapters)
    turns = len(set(again.values())) > 1 and len(again) >= 0.5 * titled
    return (again if turns else {}) | (narratives if len(narratives) > 1 else {})
