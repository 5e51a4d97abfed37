"""The ordered bulk: lines of two tellings that follow each other in both, and whether there is such an order at all.

In long tellings, pairs that are surely alike become anchors, and only the stretches between them are looked at
further, which keeps time and memory near the length of the tellings. Of all pairs then looked at, the best chain is
taken. How alike two lines must be is learnt from the tellings themselves: the same is done with the lines of the
second telling shuffled, and what such chance finds as often is no evidence. What lines mean is read between the
anchors only, so that texts that are nearly the same cost nothing, and of a telling that is far longer than the other
only where they share words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from fabula.tellings.collation.anchors import Stretch, find_anchors, stretches_between, sure_anchors
from fabula.tellings.collation.candidates import EVERY_WORD, NO_PAIRS, Pairs, find_pairs, joined, supported
from fabula.tellings.collation.chains import best_chain
from fabula.tellings.collation.nameless import shared_names, without_names
from fabula.tellings.collation.nearby import worth_reading
from fabula.tellings.collation.reading_order import Reading, find_reading
from fabula.tellings.collation.similarity import Floats, Ints, Similarity

LEAST = 0.05
"""How alike lines must be at the least, with the help of their neighbours."""
_OWN = 0.1
_NEIGHBOURS = 0.4
_ANCHORED = 0.8
"""Share of the lines that must be anchors for the order not to be in doubt."""
_MOST = 400
_STRONG = 0.5
_MANY, _SHUFFLES, _FEW_SHUFFLES = 20_000, 16, 3
_STEP, _WINDOW, _MOST_LEAST = 0.02, 0.1, 0.6
_RELATED, _WORDS_RELATED = 0.22, 0.055
_NAMELESS, _BEYOND_DOUBT = 0.17, 0.66
"""How much is enough where both tellings are read without their common names, and with how much they need not be."""
_REREAD = 2 / 3
"""How much of that is enough where passages were found that are told in another order: chance gives none."""
_APART = 0.15
_SAME = 0.4
"""Share of the lines, and of what they tell, that is word for word the same in tellings of one story."""
_LENIENT = 0.5
_BEYOND, _LEAST_SPREAD, _ALIKE = 0.1, 0.05, 0.15
_SEVERAL, _ALONE = 3, 3.0
"""From how many lines on one line alone is no evidence, and how many times as much as the next it may count."""


class Ordered(NamedTuple):
    """What was found of the ordered bulk.

    Attributes:
        pairs: linked lines, in order.
        least: how alike lines had to be.
        related: whether the tellings have an order in common that chance does not give.
        similarity: of the two tellings, with the meaning of the lines for which it was asked.
        reading: how the second telling was read, if not as it stands; pairs and similarity are in that order.
    """

    pairs: Pairs
    least: float
    related: bool
    similarity: Similarity
    reading: Reading | None


class _Ground(NamedTuple):
    """The pairs that are looked at, and what they may count.

    Attributes:
        pairs: in all stretches.
        room: how much each may count; (pairs,).
        at_a, at_b: where each line stands in its stretch, 0 to 1; (lines,).
        stretches: between the anchors.
    """

    pairs: Pairs
    room: Floats
    at_a: Floats
    at_b: Floats
    stretches: tuple[Stretch, ...]

    def gain(self, least: float) -> Floats:
        """Return what each pair counts; pairs far apart in their stretch must be more alike.

        Shapes:
            returns: (pairs,)
        """
        apart = np.abs(self.at_a[self.pairs.i] - self.at_b[self.pairs.j])
        return np.maximum(self.pairs.like - _APART * apart - least, 0) * self.room

    def moved(self, place: Ints) -> _Ground:
        """Return the same with the lines of the second telling at other places.

        Shapes:
            place: (lines,)
        """
        order = np.lexsort((place[self.pairs.j], self.pairs.i))
        pairs = self.pairs._replace(j=place[self.pairs.j]).chosen(order)
        return self._replace(pairs=pairs, room=self.room[order])


def find_ordered(
    similarity: Similarity, *, by_words: bool = False, tick: Callable[[float], None] = lambda _: None
) -> Ordered:
    """Link the lines that keep their order, each with one line at most.

    Args:
        similarity: of the two tellings.
        by_words: whether their meaning is left aside, which takes longest.
        tick: told the share of the lines that is understood, 0 to 1.

    Raises:
        WeightsError: when the network's files are missing or damaged.
    """
    count_a, count_b = len(similarity.a.info), len(similarity.b.info)
    is_long = count_a * count_b > EVERY_WORD
    anchors = find_anchors(similarity) if is_long else NO_PAIRS
    reading = None
    if is_long and not by_words and len(anchors.i) < _ANCHORED * min(count_a, count_b):
        reading = find_reading(similarity)
        similarity = similarity.reordered(reading.lines) if reading else similarity
        # Where passages were put together, what stands between two anchors need not belong between them.
        anchors = sure_anchors(similarity) if reading else anchors
    stretches = stretches_between(anchors, count_a, count_b)
    # Long texts without anchors must have words in common before anything is asked of their meaning.
    related = bool(len(anchors.i))
    if by_words or (is_long and not related):
        ground = _ground(similarity, anchors, stretches)
        related = related or _are_related(ground, _WORDS_RELATED, reading) or _are_same(similarity, ground)
    if not by_words and (related or not is_long):
        similarity = similarity.with_meaning(*worth_reading(similarity, stretches), tick=tick)
        if not is_long:
            reading = find_reading(similarity)
            similarity = similarity.reordered(reading.lines) if reading else similarity
        ground = _ground(similarity, anchors, stretches)
        related = related or _share_a_story(similarity, ground, reading)
    return Ordered(*_linked(ground), related, similarity, reading)


def _share_a_story(similarity: Similarity, ground: _Ground, reading: Reading | None) -> bool:
    """Whether two tellings have more in common than chance gives, and than the people who are in them."""
    if _are_same(similarity, ground):
        return True
    if not _are_related(ground, _RELATED, reading):
        return False
    names = shared_names(*similarity.lines)
    if not names or _are_related(ground, _BEYOND_DOUBT, reading):
        return True
    a, b = (without_names(lines, names) for lines in similarity.lines)
    nameless = Similarity(a, b).with_meaning(*worth_reading(Similarity(a, b), ground.stretches))
    return _are_related(_ground(nameless, NO_PAIRS, ground.stretches), _NAMELESS, reading)


def _linked(ground: _Ground) -> tuple[Pairs, float]:
    """Return the linked lines, and how alike lines have to be."""
    pairs = ground.pairs
    helped = pairs._replace(like=supported(pairs, _NEIGHBOURS))
    found = _chain(ground._replace(pairs=helped), LEAST)
    masked = pairs.like.copy()
    masked[[pair for pair in found if pairs.like[pair] >= _STRONG]] = 0
    places = _shuffles(ground)
    by_chance = _by_chance(ground._replace(pairs=pairs._replace(like=masked)), places)
    least = _least(helped.like[found], by_chance, len(places))
    room = np.where(pairs.like >= _OWN, ground.room, 0.0)
    found = _chain(ground._replace(pairs=helped, room=room), least)
    return pairs.chosen(found), least


def _ground(similarity: Similarity, anchors: Pairs, stretches: Sequence[Stretch]) -> _Ground:
    between = (find_pairs(similarity, np.arange(*at.a), np.arange(*at.b), most=_MOST) for at in stretches)
    pairs = joined([anchors, *between])
    a, b = (_place(stretches, side, len(bag.info)) for side, bag in enumerate((similarity.a, similarity.b)))
    return _Ground(pairs, similarity.room(pairs.i, pairs.j), a, b, tuple(stretches))


def _place(stretches: Sequence[Stretch], side: int, count: int) -> Floats:
    """Return where each line stands in its stretch, 0 to 1; 0 in long ones, where a part may have no like."""
    place = np.zeros(count)
    for stretch in stretches:
        first, end = stretch[side]
        if (stretch.a[1] - stretch.a[0]) * (stretch.b[1] - stretch.b[0]) <= EVERY_WORD:
            place[first:end] = (np.arange(end - first) + 0.5) / (end - first)
    return place


def _chain(ground: _Ground, least: float) -> list[int]:
    return best_chain(ground.pairs.i, ground.pairs.j, ground.gain(least))


def _by_line(i: Ints, j: Ints, gain: Floats) -> tuple[Ints, Ints, Floats]:
    order = np.lexsort((j, i))
    return i[order], j[order], gain[order]


def _shuffles(ground: _Ground) -> list[Ints]:
    """Return new places for the lines of the second telling, each within its stretch; the first time turned round."""
    random = np.random.default_rng(0)
    places = []
    for turn in range(_SHUFFLES if len(ground.pairs.i) <= _MANY else _FEW_SHUFFLES):
        place = np.arange(len(ground.at_b))
        for stretch in ground.stretches:
            lines = np.arange(*stretch.b)
            place[lines] = lines[::-1] if turn == 0 else random.permutation(lines)
        places.append(place)
    return places


def _are_related(ground: _Ground, wanted: float, reading: Reading | None) -> bool:
    """Whether the true order gains more than chance: the more lines, the more alike some of them are by chance.

    Where the order of the passages was chosen, only that within passages is evidence.
    """
    if reading:
        ground = ground._replace(stretches=tuple(Stretch((0, 0), passage) for passage in reading.passages))
        wanted *= _REREAD
    counts = len(ground.at_a), len(ground.at_b)
    return _evidence(ground, min(counts)) >= wanted * float(np.log2(max(1, counts[0] * counts[1])))


def _are_same(similarity: Similarity, ground: _Ground) -> bool:
    """Whether much of both is word for word the same, in order; where lines repeat, shuffling them proves nothing."""
    i, j, _ = ground.pairs
    same = np.flatnonzero(similarity.a.wording[i] == similarity.b.wording[j])
    found = same[best_chain(i[same], j[same], ground.room[same])]
    lines = len(ground.at_a) + len(ground.at_b)
    told = float(similarity.a.info.sum() + similarity.b.info.sum())
    return 2 * len(found) >= _SAME * lines and 2 * float(similarity.a.info[i[found]].sum()) >= _SAME * told


def _evidence(ground: _Ground, lines: int) -> float:
    """Return how much speaks for a common story: what each line gains, and how far beyond chance the whole is.

    Args:
        ground: all pairs looked at.
        lines: of the shorter telling.
    """
    totals = []
    for at in (ground, *map(ground.moved, _shuffles(ground))):
        gain = at.gain(_ALIKE)
        totals.append(_total(gain[best_chain(at.pairs.i, at.pairs.j, gain)], lines))
    mean = float(np.mean(totals[1:]))
    spread = max(float(np.std(totals[1:])), _LEAST_SPREAD * mean)
    beyond = (totals[0] - mean) / spread if spread else 0.0
    return totals[0] / max(1, lines) + _BEYOND * beyond


def _total(gain: Floats, lines: int) -> float:
    """Return what a chain gains; one line alone, however alike, does not speak for tellings of several."""
    if lines < _SEVERAL or not len(gain):
        return float(gain.sum())
    first, second = np.sort(np.append(gain, 0.0))[[-1, -2]]
    return float(gain.sum() - first + min(first, _ALONE * second))


def _by_chance(ground: _Ground, places: Sequence[Ints]) -> Floats:
    """Return how alike the lines are that are linked in shuffled tellings, of all shuffles together."""
    like = []
    for place in places:
        shuffled = ground.moved(place)
        helped = supported(shuffled.pairs, _NEIGHBOURS)
        like.append(helped[_chain(shuffled._replace(pairs=shuffled.pairs._replace(like=helped)), LEAST)])
    return np.concatenate(like)


def _least(like: Floats, by_chance: Floats, shuffles: int) -> float:
    """Return how alike lines must be so that at least half of those that are no more alike are not chance."""
    least = LEAST
    while least < _MOST_LEAST:
        mine = ((like >= least) & (like < least + _WINDOW)).sum() + _LENIENT
        theirs = ((by_chance >= least) & (by_chance < least + _WINDOW)).sum() / shuffles
        if mine >= theirs:
            break
        least += _STEP
    return least
