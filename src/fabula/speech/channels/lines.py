"""Telephone lines and screens: where a call begins and ends, and which turns are written messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.speech.channels.ringing import is_into_phone, is_set_aside, last_end, last_ring
from fabula.speech.settings import Setting
from fabula.speech.view import View

_DISPLAY = r"(?:screen|display|phone|telephone|mobile|text|message|reply|answer)"
_APPEARS = (
    r"(?:came back|comes back|came in|popped up|pops up|appeared|appears|lit up|lights up|flash(?:ed|es)"
    r"|blinked|pinged)"
)
_SHOWN_AFTER = re.compile(
    rf"[\s,—–-]*(?:{_APPEARS}\b"
    rf"|(?:said|says|read|reads|announced|showed|told (?:me|him|her|them)) (?:the|her|his|my) {_DISPLAY}\b"
    rf"|(?:the|her|his|my) {_DISPLAY} (?:said|says|read|reads|announced|showed))"
)
_LIT = re.compile(
    r"\b(?:phone|screen|mobile|display)\b[^.!?]{0,20}\b(?:buzz\w*|lit up|lights up|pinged|chimed|vibrated|flashed)\b"
    r"|\b(?:text|message) (?:from|came|had come)\b"
)
_IT_SAYS = re.compile(r"[\s,—–-]*(?:it|this) (?:said|says|read|reads|ran)\b|[\s,—–-]*(?:said|says|read) it\b")
_SHOWN_BEFORE = re.compile(
    rf"(?:\b(?:[Tt]he|[Hh]er|[Hh]is|[Mm]y|[Aa]) (?:new |next )?{_DISPLAY}\b[^.!?]{{0,40}}?"
    rf"\b(?:said|says|read|reads|showed|{_APPEARS})|\b(?:text(?:ed|s)?|typed|types|messaged)\b[^.!?\"“”]{{0,40}})[,:]?\s*$"
)
_WROTE_BACK = re.compile(
    r"\b(?:wrote|writes|replied|replies|answered|sent|shot|pinged) back\b|\bhit send\b|\bpressed send\b"
)


class Line(NamedTuple):
    """How a turn stands to telephones and screens.

    Attributes:
        call: number of the call it belongs to, from 1; 0 outside calls.
        begins: whether it is the first of its call.
        written: whether it is a text message.
        incoming: whether the narration shows it on a screen, so that whoever is there reads it.
        over: number of turns since a call ended in this scene, from 0; -1 where none did.
    """

    call: int = 0
    begins: bool = False
    written: bool = False
    incoming: bool = False
    over: int = -1


def find_lines(view: View, known: Sequence[Setting]) -> list[Line]:
    """Follow telephone calls and text messages through all turns.

    A call lasts until somebody hangs up, a message is read, or the scene ends.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
    """
    found: list[Line] = []
    call = count = 0
    over = -1
    aside = False
    for index, setting in enumerate(known):
        before = found[-1] if found else Line()
        if index and known[index - 1].turn.scene != setting.turn.scene:
            call, over = 0, -1
        start, stop = _since(view, known, index), setting.turn.span.start
        rings, hangs = last_ring(view.text, start, stop), last_end(view.text, start, stop)
        aside = call > 0 and is_set_aside(view.text, _turn_before(known, index), stop, before=aside)
        if hangs > rings and call:
            call, over = 0, 0
        written, incoming = _written(view, known, index, before)
        aloud = any(is_into_phone(view.text, *span) for span in (setting.turn.before, setting.turn.after))
        begins = (rings > max(hangs, -1) or aloud) and not written and (call == 0 or rings > -1)
        if begins:
            count += 1
            call, over = count, -1
        if written or setting.alone or aside:
            found.append(Line(0, written=written, incoming=incoming, over=over))
            call = 0 if written else call
        else:
            found.append(Line(call, begins=begins, over=over if not call else -1))
        over += over >= 0
    return found


def _since(view: View, known: Sequence[Setting], index: int) -> int:
    """Return where the narration between the last quotation before and this turn starts, within the scene."""
    turn = known[index].turn
    last = known[index - 1].turn.span.end if index else 0
    scene = view.scene_starts[turn.scene] if turn.scene >= 0 else 0
    return max(last, scene, turn.span.start - _LONGEST)


def _turn_before(known: Sequence[Setting], index: int) -> int:
    """Return where the first words of the turn before end, that of this scene."""
    if not index or known[index - 1].turn.scene != known[index].turn.scene:
        return known[index].turn.span.start
    return known[index - 1].turn.pieces[0].end


_LONGEST = 3000
_NEAR_PHONE = 600


def _written(view: View, known: Sequence[Setting], index: int, before: Line) -> tuple[bool, bool]:
    """Tell whether a turn is a text message, and whether it is shown on a screen."""
    setting = known[index]
    tag, after = setting.turn.tag, setting.turn.after.of(view.text)
    first = setting.turn.pieces[0].end
    cue = view.cues.get(setting.turn.pieces[0].start)
    if cue is not None:
        return cue.chat, False
    if _SHOWN_AFTER.match(view.text, first, min(len(view.text), first + 80)):
        return True, True
    since = view.text[_since(view, known, index) : setting.turn.span.start]
    if _IT_SAYS.match(view.text, first) and _LIT.search(since[-_NEAR_PHONE:]):
        return True, True
    if tag and tag.verb in words("verbs", "texted"):
        return True, False
    if _SHOWN_BEFORE.search(setting.turn.before.of(view.text)[-120:] or since[-120:]):
        return True, not re.search(r"\b(?:texted|typed|messaged)\b", setting.turn.before.of(view.text)[-120:])
    near = before.written and setting.gap in ("same", "next", "step", "near")
    if near and (_WROTE_BACK.search(after[:60]) or (tag and tag.verb in words("verbs", "written"))):
        return True, False
    return (
        (True, False)
        if near and tag is None and setting.gap in ("same", "next", "step") and not _beats(setting)
        else (False, False)
    )


def _beats(setting: Setting) -> bool:
    return setting.beat_before is not None or setting.beat_after is not None
