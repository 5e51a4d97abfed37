"""To whom: those called by name, those a tag names, the other party of the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.speech.decode import Choice
from fabula.speech.settings import Setting
from fabula.speech.view import View

_REACH = 3


def addressees(view: View, known: Sequence[Setting], choices: Sequence[Choice]) -> list[tuple[str, ...]]:
    """Return the hearers of every turn.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        choices: their speakers.

    Returns:
        Ids for every turn, the speaker's own where they talk to themselves; empty where unknown.
    """
    return [_hearers(view, known, choices, index) for index in range(len(known))]


def _hearers(view: View, known: Sequence[Setting], choices: Sequence[Choice], index: int) -> tuple[str, ...]:
    setting, speaker = known[index], choices[index].speaker
    if speaker is not None and setting.alone:
        return (speaker,)
    called = tuple(who for who in setting.called if who != speaker)
    if called:
        return called[:1]
    tag = setting.turn.tag
    if tag and tag.hearer in view.characters and tag.hearer != speaker and tag.hearer is not None:
        return (tag.hearer,)
    other = _other_party(known, choices, index)
    if other is not None:
        return (other,)
    near = [who for who in setting.recent[:4] if who != speaker and view.characters[who].named]
    return tuple(near[:1])


def _other_party(known: Sequence[Setting], choices: Sequence[Choice], index: int) -> str | None:
    """Return who spoke last before, or first after, in the same conversation."""
    speaker = choices[index].speaker
    for step in range(1, _REACH + 1):
        at = index - step
        if at < 0 or known[at + 1].gap == "far":
            break
        if choices[at].speaker not in (None, speaker):
            return choices[at].speaker
    for step in range(1, _REACH + 1):
        at = index + step
        if at >= len(known) or known[at].gap == "far":
            break
        if choices[at].speaker not in (None, speaker):
            return choices[at].speaker
    return None
