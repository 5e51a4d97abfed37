"""Parts of one text that tell the same again: found by viewpoint headings, or by dialogue that returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from fabula.spans import Span
from fabula.story import Scene, Side, Telling
from fabula.tellings.collation.alignment import link_lines
from fabula.tellings.collation.chains import best_chain
from fabula.tellings.collation.lines import find_lines

_MOST_VIEWPOINTS = 8
_LEAST_LINKS, _LEAST_SHARE = 3, 0.1
_LEAST_REPEATED, _LEAST_WORDS, _ACROSS, _ORDERED = 5, 4, 4, 0.7


def find_parts(tellings: Sequence[Telling], number: int) -> tuple[Side, ...]:
    """Find the parts of a text that are tellings of the same story.

    The stretches under each viewpoint's headings are parts where they have lines in common. Without such headings, a
    text is two parts where the dialogue before a scene break returns, in order, after it.

    Args:
        tellings: of the story, with the layers `paragraphs`, `sentences` and `scenes`.
        number: index of the telling.

    Returns:
        At least two parts, or one that is the whole text.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    telling = tellings[number]
    scenes: tuple[Scene, ...] = telling.layer("scenes", wanted_by="align")
    found = _by_viewpoint(telling, number) or _by_dialogue(telling, scenes, number)
    return found or (Side(number, telling.name, (telling.whole,)),)


def viewpoint_parts(telling: Telling) -> Mapping[str, Sequence[Span]]:
    """Return the stretches under each viewpoint's headings, headings left out, by the viewpoint's name.

    Args:
        telling: with the layer `scenes`.

    Raises:
        LayerMissingError: when the layer is missing.
    """
    scenes: tuple[Scene, ...] = telling.layer("scenes", wanted_by="align")
    spans: dict[str, list[Span]] = defaultdict(list)
    names: dict[str, str] = {}
    for scene in scenes:
        if scene.viewpoint:
            name = names.setdefault(scene.viewpoint.casefold(), scene.viewpoint)
            spans[name].append(Span(scene.opening.end if scene.opening else scene.span.start, scene.span.end))
    return spans


def _by_viewpoint(telling: Telling, number: int) -> tuple[Side, ...]:
    spans = viewpoint_parts(telling)
    if not 1 < len(spans) <= _MOST_VIEWPOINTS:
        return ()
    lines = {viewpoint: find_lines(telling, parts) for viewpoint, parts in spans.items()}
    same = set()
    for one, other in combinations(lines, 2):
        linking = link_lines(lines[one], lines[other], by_words=True)
        fewer = min(len(lines[one]), len(lines[other]))
        if len(linking.likes) >= max(_LEAST_LINKS, _LEAST_SHARE * fewer):
            same |= {one, other}
    return tuple(
        Side(number, f"{telling.name}: {viewpoint}", tuple(parts))
        for viewpoint, parts in spans.items()
        if viewpoint in same
    )


def _by_dialogue(telling: Telling, scenes: Sequence[Scene], number: int) -> tuple[Side, ...]:
    """Cut where most lines of dialogue stand once before and once after."""
    lines = find_lines(telling, (telling.whole,))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    quotes = {quote.span.start for quote in telling.layer("quotes", wanted_by="align")}
    for span, words in zip(lines.spans, lines.words, strict=True):
        if len(words) >= _LEAST_WORDS and span.start in quotes:
            places[words].append(span.start)
    twice = np.array(sorted((at[0], at[1]) for at in places.values() if len(at) == 2), np.int64).reshape(-1, 2)
    if len(twice) < _LEAST_REPEATED:
        return ()
    cuts = [scene.span.start for scene in scenes[1:]]
    across = [int(((twice[:, 0] < cut) & (twice[:, 1] >= cut)).sum()) for cut in cuts]
    if not across or max(across) < max(_LEAST_REPEATED, _ACROSS * (len(twice) - max(across))):
        return ()
    cut = cuts[int(np.argmax(across))]
    crossing = twice[(twice[:, 0] < cut) & (twice[:, 1] >= cut)]
    kept = best_chain(crossing[:, 0], crossing[:, 1], np.ones(len(crossing)))
    if len(kept) < _ORDERED * len(crossing):
        return ()
    halves = Span(scenes[0].span.start, cut), Span(cut, scenes[-1].span.end)
    return tuple(Side(number, f"{telling.name}: {which}", (half,)) for which, half in zip("12", halves, strict=True))
