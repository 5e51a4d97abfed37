"""All that is known of the turns of a text before their speakers are decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fabula.speech.channels import Manner, is_aside, manners
from fabula.speech.conversations import linked
from fabula.speech.lines import find_lines
from fabula.speech.settings import Setting, settings
from fabula.speech.stated import with_stated
from fabula.speech.turns import find_turns
from fabula.speech.view import View
from fabula.story import Correction


class Prepared(NamedTuple):
    """Turns in order.

    Attributes:
        known: their settings.
        how: sort of words and channel of each.
    """

    known: list[Setting]
    how: list[Manner]


def prepare(view: View, corrections: Sequence[Correction] = ()) -> Prepared:
    """Find turns and describe them.

    Args:
        view: what the speech chapter reads.
        corrections: the author's word.
    """
    known = settings(view, find_turns(view))
    lines = find_lines(view, known)
    how = manners(view, known, lines)
    known = linked(view, known, lines, [is_aside(manner) for manner in how])
    known = [
        setting._replace(recorded=manner.channel == "voicemail") for setting, manner in zip(known, how, strict=True)
    ]
    # Last, since who is corrected into a conversation has no greater part in it than the others.
    return Prepared(with_stated(view, known, corrections), how)
