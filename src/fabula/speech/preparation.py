"""All that is known of the turns of a text before their speakers are decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fabula.speech.channels.calls import one_ended
from fabula.speech.channels.devices import is_nobodys
from fabula.speech.channels.lines import find_lines
from fabula.speech.channels.manners import Manner, is_aside, manners, since, writer
from fabula.speech.deciding.conversations import linked
from fabula.speech.settings import Setting, settings
from fabula.speech.turns import find_turns
from fabula.speech.view import View


class Prepared(NamedTuple):
    """Turns in order.

    Attributes:
        known: their settings.
        how: sort of words and channel of each.
        fixed: speakers that the text itself settles, by index of the turn: who signs a letter, speaks into a phone
            whose other end is not heard, whose voice a machine has.
    """

    known: list[Setting]
    how: list[Manner]
    fixed: dict[int, str]


def prepare(view: View) -> Prepared:
    """Find turns and describe them."""
    known = settings(view, find_turns(view))
    lines = find_lines(view, known)
    how = manners(view, known, lines)
    known = linked(view, known, lines, [is_aside(manner) for manner in how])
    known = [
        setting._replace(recorded=manner.channel == "voicemail", nobodys=_nobodys(view, known, index, manner))
        for index, (setting, manner) in enumerate(zip(known, how, strict=True))
    ]
    return Prepared(
        known, how, {**one_ended(view, known, lines), **_machines(view, known, how), **_written(view, known, how)}
    )


def _nobodys(view: View, known: Sequence[Setting], index: int, manner: Manner) -> bool:
    setting, before = known[index], since(view, known, index)
    if manner.kind == "letter" and setting.turn.tag is None:
        return True
    return is_nobodys(view, setting, before, *manner)


def _written(view: View, known: Sequence[Setting], how: Sequence[Manner]) -> dict[int, str]:
    """Return the writers of letters that are signed, by index of the turn."""
    found: dict[int, str] = {}
    for index, (setting, manner) in enumerate(zip(known, how, strict=True)):
        if manner.kind == "letter" and setting.turn.tag is None:
            who = writer(view, setting, since(view, known, index))
            if who is not None:
                found[index] = who
    return found


def _machines(view: View, known: Sequence[Setting], how: Sequence[Manner]) -> dict[int, str]:
    """Return the machines that a tag names, and who says on a recording that it is they, by index of the turn."""
    found: dict[int, str] = {}
    for index, (setting, manner) in enumerate(zip(known, how, strict=True)):
        tag = setting.turn.tag
        if manner.channel != "voicemail":
            continue
        if tag is None and setting.introduced is not None:
            found[index] = setting.introduced
        elif manner.kind == "announcement" and tag and tag.form == "nominal" and tag.character in view.characters:
            found[index] = tag.character
    return found
