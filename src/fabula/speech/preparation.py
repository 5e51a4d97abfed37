"""All that is known of the turns of a text before their speakers are decided."""

from __future__ import annotations

from typing import NamedTuple

from fabula.speech.channels import Manner, is_aside, manners
from fabula.speech.conversations import linked
from fabula.speech.lines import find_lines
from fabula.speech.settings import Setting, settings
from fabula.speech.turns import find_turns
from fabula.speech.view import View


class Prepared(NamedTuple):
    """Turns in order.

    Attributes:
        known: their settings.
        how: sort of words and channel of each.
    """

    known: list[Setting]
    how: list[Manner]


def prepare(view: View) -> Prepared:
    """Find turns and describe them."""
    known = settings(view, find_turns(view))
    lines = find_lines(view, known)
    how = manners(view, known, lines)
    known = linked(view, known, lines, [is_aside(manner) for manner in how])
    return Prepared(
        [
            setting._replace(recorded=manner.channel == "voicemail")
            for setting, manner in zip(known, how, strict=True)
        ],
        how,
    )
