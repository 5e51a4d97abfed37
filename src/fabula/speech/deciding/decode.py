"""Who speaks, decided jointly over a whole conversation: a beam search over sequences of speakers.

Each turn is a choice among its candidates with the weights of a conditional log-linear model; what was chosen for
the turns before is evidence too, so that alternation is decided together and not line by line.

Source: He, Barbosa and Kondrak (2013), for candidates with scored features; McCallum, Freitag and Pereira (2000), for
the chain of local conditional models.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.speech.deciding.candidates import candidates, features
from fabula.speech.settings import Setting
from fabula.speech.view import View

WIDTH = 6
"""Hypotheses kept."""
_MEMORY = 10
_LATE = 4
"""Turns of which the last speakers make a hypothesis its own."""
_SOMEBODY = ""
"""Stands among the speakers of the turns before for one whom the text does not tell."""
Weights = Mapping[str, float]


class Choice(NamedTuple):
    """A speaker chosen for a turn.

    Attributes:
        speaker: id; None where there is no candidate.
        chance: probability among the candidates, given the turns before.
        lone: whether there is only one candidate, and nothing says that they speak.
    """

    speaker: str | None
    chance: float
    lone: bool = False


class _State(NamedTuple):
    score: float
    past: tuple[str, ...]  # the latest first
    made: Choice | None
    before: _State | None


def decide(view: View, known: Sequence[Setting], weights: Weights, fixed: Mapping[int, str]) -> list[Choice]:
    """Choose the best sequence of speakers.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        weights: of the features.
        fixed: speakers that the text itself settles, by index of the turn; the author's word goes before.

    Returns:
        One choice a turn.
    """
    states = [_State(0.0, (), None, None)]
    spoke: list[str] = []
    for index, setting in enumerate(known):
        if setting.stated is not None:
            people = _rivals(setting.stated, states)
        else:
            people = [fixed[index]] if index in fixed else candidates(view, known, index, spoke)
        lone = len(people) == 1 and setting.untold and index not in fixed and setting.stated is None
        static = [_sum(weights, features(view, known, index, who)) for who in people] if len(people) > 1 else [0.0]
        if lone:
            states = [_alone(state, setting, people[0]) for state in states]
        else:
            states = _step(states, setting, people, static, weights)
        _remember(spoke, [] if setting.aside else [who for who in states[0].past[:1] if who])
        tag = setting.turn.tag
        if tag and tag.character and tag.form == "name":
            _remember(spoke, (tag.character,))
    return _trace(states[0])


def _rivals(stated: str, states: Sequence[_State]) -> list[str]:
    """Return whom the author states, and those known who spoke of late.

    A hypothesis by which it would have been another's turn loses: so the author's word also decides the turns before.
    """
    return list(dict.fromkeys((stated, *(who for state in states for who in state.past[:_LATE] if who))))


def _remember(spoke: list[str], people: Sequence[str]) -> None:
    for who in people:
        if who in spoke:
            spoke.remove(who)
        spoke.insert(0, who)
    del spoke[_MEMORY:]


def _sum(weights: Weights, found: Sequence[tuple[str, float]]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in found)


def _step(
    states: Sequence[_State], setting: Setting, people: Sequence[str], static: Sequence[float], weights: Weights
) -> list[_State]:
    if not people:
        somebody = (_SOMEBODY,) if _is_turn_of_somebody(setting) else ()
        return [_State(state.score, (*somebody, *state.past)[:_MEMORY], Choice(None, 0.0), state) for state in states]
    grown: list[_State] = []
    for state in states:
        scores = list(static)
        if len(people) > 1:
            scores = [
                score + _sum(weights, history(setting, who, state.past))
                for who, score in zip(people, static, strict=True)
            ]
        top = max(scores)
        whole = math.log(sum(math.exp(score - top) for score in scores)) + top
        for who, score in zip(people, scores, strict=True):
            if setting.stated not in (None, who):
                continue
            chance = score - whole
            past = state.past if setting.aside else (who, *state.past[: _MEMORY - 1])
            grown.append(_State(state.score + chance, past, Choice(who, math.exp(chance)), state))
    grown.sort(key=lambda state: -state.score)
    return _distinct(grown)


def _is_turn_of_somebody(setting: Setting) -> bool:
    """Whether the turn is taken by somebody of whom nothing is known: it is an answer all the same."""
    tag = setting.turn.tag
    return not setting.aside and (setting.nobodys or tag is not None)


def _alone(state: _State, setting: Setting, who: str) -> _State:
    """Choose the only candidate, unless they spoke just before, or a stranger acts: then it is another's turn."""
    if setting.stranger or (state.past[:1] == (who,) and setting.gap in ("next", "step")):
        return _State(state.score, (_SOMEBODY, *state.past[: _MEMORY - 1]), Choice(None, 0.0, lone=True), state)
    past = state.past if setting.aside else (who, *state.past[: _MEMORY - 1])
    return _State(state.score, past, Choice(who, 1.0, lone=True), state)


def _distinct(grown: Sequence[_State]) -> list[_State]:
    """Keep the best hypotheses; those that agree on the last speakers are one."""
    kept: dict[tuple[str, ...], _State] = {}
    for state in grown:
        kept.setdefault(state.past[:_LATE], state)
        if len(kept) == WIDTH:
            break
    return list(kept.values())


def _trace(state: _State | None) -> list[Choice]:
    found: list[Choice] = []
    while state is not None and state.made is not None:
        found.append(state.made)
        state = state.before
    return found[::-1]


def _is_sole(about: frozenset[str], who: str, last: str) -> bool:
    """Whether somebody is the only one of those the narration is about who did not speak last."""
    return who in about and who != last and len(about) == 1 + (last in about)


def history(setting: Setting, who: str, past: Sequence[str]) -> list[tuple[str, float]]:
    """Return what the turns before say of a candidate.

    Args:
        setting: of the turn.
        who: the candidate.
        past: speakers before it, the latest first.
    """
    group, gaps = setting.group, setting.gaps
    found: list[tuple[str, float]] = []
    here = 0
    for back, said in enumerate(past[:_LATE]):
        if said == who:
            found.append((f"{group}:said{back + 1}-{gaps[back]}", 1.0))
            here += gaps[back] != "far"
    if len(past) > 1 and past[1] == who:
        found.append((f"{group}:{'goes-on' if past[0] == who else 'answers'}-{gaps[1]}", 1.0))
        if len(past) > 3 and past[3] == who and past[0] == past[2] != who:
            found.append((f"{group}:alternates-{gaps[3]}", 1.0))
    if past and gaps[0] != "far" and _is_sole(setting.about, who, past[0]):
        found.append((f"{group}:sole-{gaps[0]}", 1.0))
    if 0 < setting.echo <= len(past):
        found.append((f"{group}:echo-{past[setting.echo - 1] == who}", 1.0))
    if 0 <= setting.over < len(past) and who in past[setting.over :] and who not in past[: setting.over]:
        found += [(f"{group}:hung-up", 1.0)] if setting.age.get(who, 99) > setting.over_age else []
    found.append((f"{group}:spoke{min(past.count(who), 3)}-{min(here, 2)}", 1.0))
    return found
