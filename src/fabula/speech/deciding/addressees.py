"""To whom: a chance for everybody about, from who is called, who spoke before, who answers, who is in the room."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from fabula.speech.deciding.decode import Choice, Weights
from fabula.speech.settings import Setting
from fabula.speech.view import View

_REACH = 8
"""Turns on either side that tell who takes part."""
_MOST = 12
_SURE = 0.5
"""From this chance on somebody is a hearer; the likeliest is one from `_LEAST` on."""
_LEAST = 0.2
_SPREAD = 0.45
_ALL = re.compile(
    r"\b(?:every(?:one|body)|you (?:all|both|two|three|lot|guys|people|folks)|all of you|both of you|ladies|gentlemen"
    r"|friends|boys|girls|children|kids|folks|guys|people|fellows|comrades|lads|gang|team)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou(?:r|rs|rself|['’]\w+)?\b", re.IGNORECASE)


def addressees(
    view: View, known: Sequence[Setting], choices: Sequence[Choice], weights: Weights
) -> list[tuple[str, ...]]:
    """Return the hearers of every turn.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        choices: their speakers.
        weights: of the features of hearers.

    Returns:
        Ids for every turn, the likeliest first, the speaker's own where they talk to themselves; empty where unknown.
    """
    return [_hearers(view, known, choices, weights, index) for index in range(len(known))]


def _hearers(
    view: View, known: Sequence[Setting], choices: Sequence[Choice], weights: Weights, index: int
) -> tuple[str, ...]:
    setting, speaker = known[index], choices[index].speaker
    if speaker is not None and setting.alone:
        return (speaker,)
    chances = {who: _chance(weights, found) for who, found in hearer_features(view, known, choices, index).items()}
    ranked = sorted(chances, key=lambda who: (-chances[who], who))
    if not ranked or chances[ranked[0]] < _LEAST:
        return ()
    called = [who for who in setting.called if who in chances]
    first = called[:1] if called and chances[ranked[0]] < _SURE else ranked[:1]
    return tuple(dict.fromkeys((*first, *(who for who in ranked[1:] if chances[who] >= _SPREAD))))


def _reader(view: View, setting: Setting) -> tuple[str, ...]:
    """Return who is there to hear a machine: the narrator, whose viewpoint it is, who was narrated last."""
    scene = setting.turn.scene
    here = (view.narrators[scene], view.viewpoints[scene], *setting.recent)
    return tuple(who for who in here if who is not None)


def _chance(weights: Weights, found: Sequence[tuple[str, float]]) -> float:
    return 1.0 / (1.0 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in found)))


def hearer_features(
    view: View, known: Sequence[Setting], choices: Sequence[Choice], index: int
) -> dict[str, list[tuple[str, float]]]:
    """Return what speaks for and against everybody who may hear a turn.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        choices: their speakers.
        index: of the turn.

    Returns:
        Id of each who may hear it to names of features with their values.
    """
    setting, speaker = known[index], choices[index].speaker
    spoke = _spoke(known, choices, index)
    tag = setting.turn.tag
    hearer = tag.hearer if tag else None
    people = _people(view, setting, spoke, hearer)
    words = " ".join(piece.of(view.text) for piece in setting.turn.pieces)
    count = len({who for who in spoke if who != speaker})
    crowd = "all" if _ALL.search(words) else "you" if _YOU.search(words) else "none"
    before, after = ([(choices[at].speaker, gap) for at, gap in turns] for turns in setting.neighbours)
    return {
        who: [
            ("bias", 1.0),
            *_of_call(setting, who, hearer),
            *_of_turns(who, spoke, before, after, count),
            *_of_presence(view, setting, who, count, crowd),
        ]
        for who in people
        if who != speaker
    }


def _spoke(known: Sequence[Setting], choices: Sequence[Choice], index: int) -> Counter[str]:
    """Count the turns of everybody who speaks near by in the same scene, the turn itself left out."""
    scene = known[index].turn.scene
    near = range(max(0, index - _REACH), min(len(known), index + _REACH + 1))
    return Counter(
        who
        for at in near
        if at != index and known[at].turn.scene == scene and (who := choices[at].speaker) is not None
    )


def _people(view: View, setting: Setting, spoke: Counter[str], hearer: str | None) -> list[str]:
    talk = setting.conversation
    narrator = view.narrators[setting.turn.scene]
    every = chain((hearer,), setting.called, spoke, talk.called, talk.acting, setting.recent[:6], (narrator,))
    found: dict[str, None] = {}
    for who in every:
        if who is not None and who in view.characters:
            found[who] = None
            if len(found) == _MOST:
                break
    return list(found)


def _of_call(setting: Setting, who: str, hearer: str | None) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    if who in setting.called:
        found.append(("called", 1.0))
    elif setting.called:
        found.append(("another-called", 1.0))
    if hearer is not None:
        found.append(("told" if who == hearer else "another-told", 1.0))
    if who in setting.named:
        found.append(("spoken-of", 1.0))
    return found


def _of_turns(
    who: str,
    spoke: Mapping[str, int],
    before: Sequence[tuple[str | None, str]],
    after: Sequence[tuple[str | None, str]],
    count: int,
) -> list[tuple[str, float]]:
    size = min(count, 4)
    found = [(f"turns{min(spoke.get(who, 0), 4)}-{size}", 1.0)]
    for name, neighbours in (("before", before), ("after", after)):
        for far, (speaker, gap) in enumerate(neighbours):
            if speaker == who:
                found.append(
                    (f"{name}{far + 1}-{'far' if gap == 'far' else 'close'}-{'two' if size < 2 else 'more'}", 1.0)
                )
                break
    return found


def _of_presence(view: View, setting: Setting, who: str, count: int, crowd: str) -> list[tuple[str, float]]:
    talk = setting.conversation
    person = view.characters[who]
    size = "two" if count < 2 else "more"
    narrator = who == view.narrators[setting.turn.scene]
    found = [(f"acts{min(talk.acting[who], 2)}-{size}", 1.0), (f"{crowd}-{size}", 1.0)]
    found += [("unnamed", 1.0)] if not person.named and not narrator else []
    found += [("absent", 1.0)] if who not in setting.present and not narrator else []
    found += [("narrator", 1.0)] if narrator else []
    age = setting.age.get(who, 99)
    found.append((f"age{0 if age <= 1 else 3 if age <= 3 else 8 if age <= 8 else 99}-{size}", 1.0))
    if who in setting.around:
        found.append(("around", 1.0))
    return found
