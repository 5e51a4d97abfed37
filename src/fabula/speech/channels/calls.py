"""One end of a telephone call: the other's answers are silence, so that no turn of the talk is theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fabula.speech.channels.devices import spoken_words
from fabula.speech.channels.lines import Line
from fabula.speech.settings import Setting
from fabula.speech.tagging.clauses import first_sentence
from fabula.speech.tagging.tags import beat
from fabula.speech.view import View

_PAUSE = re.compile(
    r"\b(?:paus\w*|silen\w+|listen\w*|wait\w*|said nothing|nodd?ed at (?:nothing|the wall)|the (?:other"
    r"|voice) (?:end|voice)"
    r"|voice (?:buzzed|quacked|squawked|went on)|another (?:pause|silence))\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"[.!?,]?\s?(?:\. ?\. ?\.|…)[ .]*(?=\s[A-Z])")
"""An answer left out within a speech."""
_ANSWERS = re.compile(
    r"(?:^|[\"“‘']|[.!?…]\s+)(?:Yes|No|Yeah|Yep|Nope|Right|Quite|Okay|OK|Mm+|Uh-huh|I see|Of course|Sure"
    r"|Good|Fine|Thank you"
    r"|Goodbye|Bye)\b(?=[,.!?])"
)
_VERY = 2
"""Answers in one speech that show that there is nobody to be heard between them."""


def one_ended(view: View, known: Sequence[Setting], lines: Sequence[Line]) -> dict[int, str]:
    """Return who speaks the turns of calls of which only one end is heard, by index of the turn.

    Somebody on the line must be named, nobody else may be tagged, and the narration or the words must show that
    answers are left out: pauses told, dots within a speech, several answers in one.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        lines: how they stand to telephones.
    """
    calls: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.call:
            calls.setdefault(line.call, []).append(index)
    found: dict[int, str] = {}
    for turns in calls.values():
        holder = _holder(view, known, turns)
        if holder is not None and _answers_are_missing(view, known, turns):
            found |= dict.fromkeys(turns, holder)
    return found


def _holder(view: View, known: Sequence[Setting], turns: Sequence[int]) -> str | None:
    """Return the only one who is said to speak in a call, or who took it; None where there are two, or a voice."""
    tags = [known[index].turn.tag for index in turns]
    if any(tag is not None and (tag.form == "somebody" or tag.character is None) for tag in tags):
        return None
    named = {tag.character for tag in tags if tag is not None}
    named |= {who for index in turns if (who := known[index].introduced) is not None}
    if len(named) > 1:
        return None
    if named:
        return next(iter(named))
    first = known[turns[0]]
    if first.beat_before is not None:
        return first.beat_before.character
    lead = view.paragraphs[max(0, first.turn.paragraph - 1)]
    if first.turn.paragraph == 0:
        return None
    took = beat(view, first_sentence(view.text, lead), last=False) or first.previous
    return took.character if took is not None else None


def _answers_are_missing(view: View, known: Sequence[Setting], turns: Sequence[int]) -> bool:
    """Whether pauses are told between the turns of a call, or one of them answers what nobody is heard to say."""
    said = [spoken_words(view, known[index]) for index in turns]
    several = sum(max(0, len(_ANSWERS.findall(words)) - 1) for words in said)
    if several >= _VERY or any(_is_broken(words) for words in said):
        return True
    gaps = [view.text[known[one].turn.span.end : known[other].turn.span.start] for one, other in pairwise(turns)]
    paused = sum(_PAUSE.search(gap) is not None for gap in gaps)
    return paused > 0 and 2 * paused >= len(gaps)


def _is_broken(words: str) -> bool:
    """Whether answers are left out within a speech."""
    dots = len(_BROKEN.findall(words))
    return dots > 0 and dots + len(_ANSWERS.findall(words)) >= _VERY
