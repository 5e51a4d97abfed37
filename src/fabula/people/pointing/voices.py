"""Whose voice each quotation is, as the network has it: from mentions near it to the people they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.nets.linker import Ranking, ranking
from fabula.nets.pairs import FIRST_PERSON, SOURCES, Facts
from fabula.nets.voices import Candidates, Likely, Quotations, likely, may_speak
from fabula.people.pointing.markables import facts_of
from fabula.story import ENTITY_TYPES, Markables, Spoken, Telling, Tokens, Voice

Ints = npt.NDArray[np.int64]

_NAME = SOURCES.index("name")
_PERSON = ENTITY_TYPES.index("PER")
_LEAST = 0.02
"""Least chance for somebody to be told as a speaker."""
_MOST = 4
"""Most people that a mention may stand for."""


class Stand(NamedTuple):
    """For whom a mention may stand.

    Attributes:
        name: number of the latest mention that names them.
        chance: 0 to 1.
    """

    name: int
    chance: float


_NOBODY = Stand(-1, 0.0)


def find_voices(telling: Telling) -> tuple[Voice, ...]:
    """Find who may speak each quotation.

    Args:
        telling: with the layers `paragraphs`, `tokens`, `sentences`, `markables`, `spoken`, `references` and
            `characters`.

    Returns:
        For each quotation, in order, the likeliest people, each by a mention that names or describes them.

    Raises:
        LayerMissingError: when a layer is missing.
        WeightsError: when the network's files are missing or damaged.
    """
    (tokens,) = telling.layer("tokens", wanted_by="voices")
    markables: Markables = telling.layer("markables", wanted_by="voices")[0]
    spoken: Spoken = telling.layer("spoken", wanted_by="voices")[0]
    facts = facts_of(telling, markables)
    teller = (facts.named == FIRST_PERSON) & (_quoted(tokens, spoken)[facts.first] == 0)
    stands = standing(ranking(markables.vectors, facts), np.where((facts.source == _NAME) | teller, facts.meant, -1))
    rows, found = _heard(telling, tokens, markables, spoken, facts)
    if not len(rows):
        return ()
    return tuple(_told(tokens, spoken, facts, found._replace(mentions=rows[found.mentions]), stands))


def standing(ranked: Ranking, named: Ints) -> list[dict[int, Stand]]:
    """Return for whom each mention may stand: what names somebody, and the chance that it is taken up from there.

    Args:
        ranked: antecedents of each mention, with scores.
        named: number of the character that each mention names, -1 where it names none, (mentions,).

    Returns:
        For each mention, number of the character to how likely it stands for them; what is missing from 1 is for
        those who have no name.
    """
    top = np.maximum(ranked.scores.max(axis=1, initial=-np.inf), ranked.alone)
    chances = np.exp(ranked.scores - top[:, None])
    chances /= (chances.sum(axis=1) + np.exp(ranked.alone - top))[:, None]
    rows, places = np.nonzero((chances > _LEAST) & (named < 0)[:, None])
    antecedents, shares = ranked.candidates[rows, places].tolist(), chances[rows, places].tolist()
    limits = np.searchsorted(rows, np.arange(len(named) + 1)).tolist()
    found: list[dict[int, Stand]] = []
    for row, who in enumerate(named.tolist()):
        if who >= 0:
            found.append({who: Stand(row, 1.0)})
            continue
        sums: dict[int, Stand] = {}
        for at in range(limits[row], limits[row + 1]):
            _add(sums, found[antecedents[at]], shares[at])
        found.append(dict(sorted(sums.items(), key=lambda item: -item[1].chance)[:_MOST]))
    return found


def _add(sums: dict[int, Stand], stands: dict[int, Stand], share: float) -> None:
    """Add to what is known of some people a share of what is known of them from elsewhere."""
    for who, stand in stands.items():
        before = sums.get(who, _NOBODY)
        sums[who] = Stand(max(before.name, stand.name), before.chance + share * stand.chance)


def _heard(
    telling: Telling, tokens: Tokens, markables: Markables, spoken: Spoken, facts: Facts
) -> tuple[Ints, Likely]:
    """Return the numbers of the mentions of people, and which of these may be the speakers."""
    starts = [each.span.start for each in telling.layer("paragraphs", wanted_by="voices")]
    paragraph = np.searchsorted(np.array(starts, np.int64), tokens.starts, side="right")
    within = _quoted(tokens, spoken)[facts.first]
    rows = np.flatnonzero((facts.kind == _PERSON) & may_speak(facts.named, within))
    first = facts.first[rows]
    people = Candidates(first, facts.last[rows], paragraph[first], facts.named[rows], within[rows])
    quotations = Quotations(spoken.first, spoken.last, paragraph[spoken.first])
    return rows, likely(quotations, people, spoken.vectors, markables.sayers[rows])


def _quoted(tokens: Tokens, spoken: Spoken) -> Ints:
    """Return 1 for each token in a quotation, else 0."""
    quoted = np.zeros(len(tokens), np.int64)
    for first, last in zip(spoken.first.tolist(), spoken.last.tolist(), strict=True):
        quoted[first : last + 1] = 1
    return quoted


def _told(
    tokens: Tokens, spoken: Spoken, facts: Facts, found: Likely, stands: Sequence[dict[int, Stand]]
) -> Iterator[Voice]:
    quotes = zip(spoken.first.tolist(), spoken.last.tolist(), strict=True)
    for (first, last), *heard in zip(quotes, found.mentions.tolist(), found.chances.tolist(), strict=True):
        sums: dict[int, Stand] = {}
        for mention, chance in zip(*heard, strict=True):
            if chance > 0:
                _add(sums, stands[mention], chance)
        for stand in sorted(sums.values(), key=lambda each: (-each.chance, each.name)):
            if stand.chance >= _LEAST:
                named = tokens.extent(int(facts.first[stand.name]), int(facts.last[stand.name]))
                yield Voice(tokens.extent(first, last), named, round(stand.chance, 3))
