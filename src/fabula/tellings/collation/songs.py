"""A song that one telling sings line by line and the other only hears."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from fabula.tellings.collation.attached import Pair
from fabula.tellings.collation.lines import Lines

HEARD = 0.3
"""How alike a song and the words that tell of it are taken to be: enough for an event, not for more."""

_SUNG = frozenset(
    "sing sings sang sung singing song songs singer lyric lyrics chorus refrain melody tune hum hums hummed humming "
    "chant chanted chanting ballad lullaby hymn carol anthem croon crooned crooning serenade serenaded".split()
)
_OPENING = frozenset("\"“«„'‘")
_FEWEST, _AROUND = 3, 3
_BOTH_SING, _MOSTLY, _APART = 1 / 3, 0.7, 0.5


class Song(NamedTuple):
    """Lines of one telling that are sung, and the line of the other that tells of it.

    Attributes:
        side: of the telling that sings, 0 or 1.
        sung: its lines.
        heard: line of the other telling.
    """

    side: int
    sung: range
    heard: int

    def pairs(self) -> list[Pair]:
        """Return every line that is sung with the one that tells of it."""
        return [(line, self.heard) if self.side == 0 else (self.heard, line) for line in self.sung]


def find_songs(a: Lines, b: Lines, firm: Sequence[Pair]) -> list[Song]:
    """Find songs that one telling sings and the other hears.

    Lines that are sung are verse, or whole lines in italics, some in a row, that stand in quotation marks or beside
    words of singing; where most of a telling is verse, nobody in it sings. What hears them is a line of prose that
    speaks of singing or quotes what is known to be a song; it stands between lines that are linked with what comes
    before and after the song, about as far on.

    Args:
        a: lines of the first telling.
        b: lines of the second telling.
        firm: lines that are surely linked, in order.
    """
    return [song for side in (0, 1) for song in _songs((a, b), side, firm)]


def _songs(tellings: tuple[Lines, Lines], side: int, firm: Sequence[Pair]) -> Iterator[Song]:
    """Yield the songs of one telling; of several in a row, none is heard before the one before it."""
    own, other = tellings[side], tellings[1 - side]
    both = sorted((pair[side], pair[1 - side]) for pair in firm)
    last = 0
    for sung in _runs(own):
        partners = [theirs for mine, theirs in both if mine in sung]
        if sum(other.sung[line] for line in partners) > _BOTH_SING * len(sung):
            continue
        between, place = _between(both, sung, len(own), len(other))
        heard = {line for line in between if not other.sung[line] and not _SUNG.isdisjoint(other.words[line])}
        if _speaks_of_singing(own, sung):
            quoting = (line for line in partners if len(other.words[line]) >= _FEWEST)
            heard |= {line for line in quoting if line in between and not other.sung[line]}
        near = {line: abs((line - between.start + 0.5) / len(between) - place) for line in heard if line >= last}
        if near and min(near.values()) <= _APART:
            last = min(near, key=lambda line: (near[line], line))
            yield Song(side, sung, last)


def _runs(lines: Lines) -> Iterator[range]:
    """Yield rows of lines that are sung."""
    if sum(lines.sung) > _MOSTLY * len(lines):
        return
    start = None
    for at in range(len(lines) + 1):
        inside = at < len(lines) and lines.sung[at]
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            run = range(start, at)
            quoted = lines.text[lines.spans[start].start] in _OPENING
            if len(run) >= _FEWEST and (quoted or _speaks_of_singing(lines, run)):
                yield run
            start = None


def _speaks_of_singing(lines: Lines, run: range) -> bool:
    """Whether the lines before or after some others do."""
    beside = (*range(max(0, run.start - _AROUND), run.start), *range(run.stop, min(len(lines), run.stop + _AROUND)))
    return any(not _SUNG.isdisjoint(lines.words[at]) for at in beside)


def _between(firm: Sequence[Pair], sung: Collection[int], own: int, other: int) -> tuple[range, float]:
    """Return the other telling's lines among which a song is heard, and where among its own lines it stands, 0 to 1.

    Args:
        firm: lines of this telling and of the other that are surely linked, in order.
        sung: the song.
        own: lines of this telling.
        other: lines of the other.
    """
    first, last = min(sung), max(sung)
    mine = [line for line, _ in firm]
    before, after = bisect_left(mine, first) - 1, bisect_right(mine, last)
    low, start = firm[before] if before >= 0 else (0, 0)
    high, end = firm[after] if after < len(firm) else (own - 1, other - 1)
    return range(start, max(start, end) + 1), ((first + last) / 2 - low + 0.5) / (high - low + 1)
