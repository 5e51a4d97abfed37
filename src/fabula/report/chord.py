"""Who talks to whom, as a chord diagram: an arc for each person, a ribbon for each two who talk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import NamedTuple

from fabula.report.markup import cut, plural, safe
from fabula.report.voices import LABEL, Voice, css_colour

_MOST = 12
_RADIUS, _RING, _PAD = 132.0, 9.0, 0.05
_WIDTH, _HEIGHT = 620, 330
_LINE = 19.0

Flows = Mapping[tuple[str, str], int]


class _Arc(NamedTuple):
    """A stretch of the circle, in radians clockwise from the top."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def chord(pairs: Sequence[tuple[str, str, int]], voices: Mapping[str, Voice]) -> str:
    """Draw who talks to whom.

    Args:
        pairs: speaker, hearer, number of utterances; most first.
        voices: by character id.

    Returns:
        An SVG element; empty where nobody is known to speak to anybody. A ribbon is as wide at each end as that
        person says lines to the other. Only the busiest people are drawn.
    """
    flows = _busiest([pair for pair in pairs if pair[0] in voices and pair[1] in voices])
    if not flows:
        return ""
    people = _ring_order(flows)
    arcs = _arcs(people, flows)
    ends = _ends(people, flows, arcs)
    couples = sorted({(min(a, b), max(a, b)) for a, b in flows}, key=lambda two: (-_between(flows, *two), two))
    ribbons = "".join(_ribbon(a, b, flows, ends, voices) for a, b in couples)
    rings = "".join(
        f'<path class="ring {css_colour(voices[id])}" d="{_ring(arc)}"><title>{safe(voices[id].name)}</title></path>'
        for id, arc in arcs.items()
    )
    box = f"{-_WIDTH / 2:g} {-_HEIGHT / 2:g} {_WIDTH} {_HEIGHT}"
    return (
        f'<svg class="chord" viewBox="{box}" role="img" aria-label="Who talks to whom: the list gives the numbers">'
        f"{ribbons}{rings}{_labels(arcs, voices)}</svg>"
    )


def _between(flows: Flows, a: str, b: str) -> int:
    return flows.get((a, b), 0) + flows.get((b, a), 0)


def _busiest(pairs: Sequence[tuple[str, str, int]]) -> Flows:
    """Return the flows among the people with most lines said and heard."""
    total: Counter[str] = Counter()
    for speaker, hearer, lines in pairs:
        total[speaker] += lines
        total[hearer] += lines
    kept = {id for id, _ in total.most_common(_MOST)}
    return {(speaker, hearer): lines for speaker, hearer, lines in pairs if {speaker, hearer} <= kept}


def _ring_order(flows: Flows) -> list[str]:
    """Put beside each person the one left with whom they talk most."""
    total: Counter[str] = Counter()
    for (speaker, hearer), lines in flows.items():
        total[speaker] += lines
        total[hearer] += lines
    left = [id for id, _ in total.most_common()]
    order = [left.pop(0)]
    while left:
        last = order[-1]
        order.append(left.pop(max(range(len(left)), key=lambda at: (_between(flows, last, left[at]), -at))))
    return order


def _arcs(people: Sequence[str], flows: Flows) -> dict[str, _Arc]:
    said = {id: sum(lines for (speaker, _), lines in flows.items() if speaker == id) for id in people}
    least = 0.015 * sum(said.values())
    weights = [max(said[id], least) for id in people]
    scale = (2 * pi - _PAD * len(people)) / sum(weights)
    arcs, at = {}, -scale * weights[0] / 2
    for id, weight in zip(people, weights, strict=True):
        arcs[id] = _Arc(at, at + weight * scale)
        at = arcs[id].end + _PAD
    return arcs


def _ends(people: Sequence[str], flows: Flows, arcs: Mapping[str, _Arc]) -> dict[tuple[str, str], _Arc]:
    """Share out each person's arc among those they talk to, so that ribbons cross little."""
    ends = {}
    for at, id in enumerate(people):
        others = [people[(at - step) % len(people)] for step in range(1, len(people))]
        met = [other for other in others if _between(flows, id, other)]
        said = sum(flows.get((id, other), 0) for other in met)
        start, length = arcs[id].start, arcs[id].end - arcs[id].start
        for other in met:
            end = start + (length * flows.get((id, other), 0) / said if said else length / len(met))
            ends[id, other] = _Arc(start, end)
            start = end
    return ends


def _point(angle: float, radius: float) -> str:
    return f"{radius * sin(angle):.1f} {-radius * cos(angle):.1f}"


def _along(arc: _Arc, radius: float, *, back: bool = False) -> str:
    """Return the arc command to the arc's end (to its start where `back`)."""
    wide = int(arc.end - arc.start > pi)
    return f"A{radius:g} {radius:g} 0 {wide} {int(not back)} {_point(arc.start if back else arc.end, radius)}"


def _ring(arc: _Arc) -> str:
    outer = _RADIUS + _RING
    return (
        f"M{_point(arc.start, outer)}{_along(arc, outer)}"
        f"L{_point(arc.end, _RADIUS)}{_along(arc, _RADIUS, back=True)}Z"
    )


def _ribbon(a: str, b: str, flows: Flows, ends: Mapping[tuple[str, str], _Arc], voices: Mapping[str, Voice]) -> str:
    here, there = ends[a, b], ends[b, a]
    inner = _RADIUS - 2
    ahead, back = flows.get((a, b), 0), flows.get((b, a), 0)
    shape = (
        f"M{_point(here.start, inner)}{_along(here, inner)}Q0 0 {_point(there.start, inner)}"
        f"{_along(there, inner)}Q0 0 {_point(here.start, inner)}Z"
    )
    told = [
        f"{voices[x].name} to {voices[y].name}: {plural(lines, 'line')}"
        for x, y, lines in ((a, b, ahead), (b, a, back))
        if lines
    ]
    colour = css_colour(voices[a if ahead >= back else b])
    return f'<path class="ribbon {colour}" d="{shape}"><title>{safe("; ".join(told))}</title></path>'


def _labels(arcs: Mapping[str, _Arc], voices: Mapping[str, Voice]) -> str:
    """Write names left and right of the circle, apart from each other, with a line to each arc."""
    sides: tuple[list[tuple[float, str]], list[tuple[float, str]]] = ([], [])
    for id, arc in arcs.items():
        sides[sin(arc.middle) < -1e-9].append((-(_RADIUS + _RING + 10) * cos(arc.middle), id))
    return "".join(
        _label(y, side, arcs[id], voices[id])
        for side, found in zip((1, -1), sides, strict=True)
        for y, id in _apart(found)
    )


def _apart(found: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Move labels of one side so that none covers another and all stay in the picture."""
    found = sorted(found)
    low, high = -_HEIGHT / 2 + 10, _HEIGHT / 2 - 10
    ys = [max(low, min(high, y)) for y, _ in found]
    for at in range(1, len(ys)):
        ys[at] = max(ys[at], ys[at - 1] + _LINE)
    if ys and ys[-1] > high:
        ys[-1] = high
        for at in range(len(ys) - 2, -1, -1):
            ys[at] = min(ys[at], ys[at + 1] - _LINE)
    return [(y, id) for y, (_, id) in zip(ys, found, strict=True)]


def _label(y: float, side: int, arc: _Arc, voice: Voice) -> str:
    outer = _RADIUS + _RING
    x = side * (outer + 22)
    anchor = "start" if side > 0 else "end"
    return (
        f'<path class="lead" d="M{_point(arc.middle, outer + 1)}L{_point(arc.middle, outer + 7)}'
        f'L{x - side * 5:.1f} {y:.1f}"/>'
        f'<text class="name {css_colour(voice)}" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">'
        f"{safe(cut(voice.label, LABEL))}</text>"
    )
