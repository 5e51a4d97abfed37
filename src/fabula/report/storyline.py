"""The storyline: scenes from left to right, a lane for each speaker, a dot where they speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import sqrt

from fabula.report.facts import SceneFacts
from fabula.report.markup import cut, plural, safe
from fabula.report.voices import LABEL, Voice, css_colour

_MOST = 14
_LANE, _HEAD = 26.0, 30.0
_WIDTH, _NARROWEST, _WIDEST = 864.0, 15.0, 144.0
_LARGEST, _SMALLEST = 9.5, 2.6


@dataclass(frozen=True, slots=True)
class Storyline:
    """The picture in two parts, so that the names stay when the scenes are scrolled.

    Attributes:
        names: an SVG element with the names of the lanes.
        plot: an SVG element with the scenes.
        left_out: number of speakers who have no lane.
    """

    names: str
    plot: str
    left_out: int


def storyline(
    scenes: Sequence[SceneFacts], voices: Mapping[str, Voice], *, key: str, linked: Collection[int]
) -> Storyline | None:
    """Draw who speaks in which scene.

    Args:
        scenes: of one telling, in order.
        voices: by character id.
        key: the telling's key in ids of the reading view.
        linked: indices of the scenes that have an id there.

    Returns:
        The picture; None where no known speaker speaks. Dots grow with the number of lines (by area).
    """
    total: Counter[str] = Counter()
    for scene in scenes:
        total.update({id: lines for id, lines in scene.voices if id is not None and id in voices})
    if not total:
        return None
    kept = {id for id, _ in total.most_common(_MOST)}
    lanes = list(dict.fromkeys(id for scene in scenes for id, _ in scene.voices if id is not None and id in kept))
    column = max(_NARROWEST, min(_WIDEST, _WIDTH / len(scenes)))
    most = max(lines for scene in scenes for id, lines in scene.voices if id in kept)
    width, height = column * len(scenes), _HEAD + _LANE * len(lanes) + 6
    parts = [
        _bands(scenes, column, height),
        *(_lane(_spoken(id, scenes), _lane_y(at), column, most, voices[id]) for at, id in enumerate(lanes)),
        *(_link(scene, column, height, voices, key) for scene in scenes if scene.number - 1 in linked),
    ]
    plot = (
        f'<svg class="plot" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' role="group" aria-label="Scenes, and who speaks in each">{"".join(parts)}</svg>'
    )
    return Storyline(_names(lanes, height, voices), plot, len(total) - len(lanes))


def _names(lanes: Sequence[str], height: float, voices: Mapping[str, Voice]) -> str:
    texts = "".join(
        f'<text class="name {css_colour(voices[id])}" x="128" y="{_lane_y(at) + 4:.1f}" text-anchor="end">'
        f"{safe(cut(voices[id].label, LABEL))}</text>"
        for at, id in enumerate(lanes)
    )
    return f'<svg class="lanes" width="136" height="{height:.0f}" aria-hidden="true">{texts}</svg>'


def _lane_y(lane: int) -> float:
    return _HEAD + _LANE * (lane + 0.5)


def _bands(scenes: Sequence[SceneFacts], column: float, height: float) -> str:
    """Shade every other chapter and write its number above it where there is room."""
    parts = []
    free = 0.0
    for number, group in groupby(scenes, key=lambda scene: scene.chapter_number):
        held = list(group)
        x, width = (held[0].number - 1) * column, len(held) * column
        shade = " odd" if number % 2 else ""
        parts.append(f'<rect class="band{shade}" x="{x:.1f}" y="20" width="{width:.1f}" height="{height - 20:.1f}"/>')
        title = _fitting(held[0].chapter, number, width)
        if x >= free:
            parts.append(f'<text class="chapter" x="{x + 3:.1f}" y="13">{safe(title)}</text>')
            free = x + 7 * len(title)
    return "".join(parts)


def _fitting(title: str, number: int, width: float) -> str:
    return title if title and 6.6 * len(title) <= width else str(number)


def _spoken(id: str, scenes: Sequence[SceneFacts]) -> list[tuple[int, int]]:
    """Return the numbers of the scenes in which somebody speaks, with their lines."""
    return [(scene.number, lines) for scene in scenes for speaker, lines in scene.voices if speaker == id]


def _lane(spoken: Sequence[tuple[int, int]], y: float, column: float, most: int, voice: Voice) -> str:
    """Draw a lane: a thin line while its person is in the story, a thick one through scenes in a row, dots."""
    x = {number: (number - 0.5) * column for number, _ in spoken}
    first, last = spoken[0][0], spoken[-1][0]
    parts = [f'<path class="thin" d="M{x[first]:.1f} {y:.1f}H{x[last]:.1f}"/>']
    runs = [f"M{x[a]:.1f} {y:.1f}H{x[b]:.1f}" for (a, _), (b, _) in pairwise(spoken) if b == a + 1]
    if runs:
        parts.append(f'<path class="thick" d="{"".join(runs)}"/>')
    largest = min(_LARGEST, column * 0.62)
    for number, lines in spoken:
        radius = max(_SMALLEST, largest * sqrt(lines / most))
        parts.append(f'<circle cx="{x[number]:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
    return f'<g class="lane {css_colour(voice)}">{"".join(parts)}</g>'


def _link(scene: SceneFacts, column: float, height: float, voices: Mapping[str, Voice], key: str) -> str:
    """Make a whole column lead to its scene."""
    said = ", ".join(f"{voices[id].name if id and id in voices else 'unknown'} {lines}" for id, lines in scene.voices)
    where = f"Scene {scene.number}" + (f", {scene.chapter}" if scene.chapter else "")
    seen = f" (seen by {scene.viewpoint})" if scene.viewpoint else ""
    told = safe(f"{where}{seen}: {said or 'nobody speaks'}; {plural(scene.words, 'word')}")
    x = (scene.number - 1) * column
    return (
        f'<a class="jump" href="#s{key}-{scene.number - 1}" aria-label="{told}"><title>{told}</title>'
        f'<rect x="{x:.1f}" y="0" width="{column:.1f}" height="{height:.1f}" rx="3"/></a>'
    )
