"""Telephone lines and screens: where a call begins and ends, and which turns are written messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.speech.settings import Setting
from fabula.speech.view import View

_PHONE = r"(?:(?:tele|mobile )?phone|mobile|cell(?:phone)?|handset|receiver)"
_SOMEBODY = r"(?:him|her|them|me|us|home|back|my \w+|his \w+|her \w+|(?!The |A |An )[A-Z][\w’']+)"
_RINGS = re.compile(
    rf"\b{_PHONE}\b[^.!?]{{0,24}}?\b(?:rings?|rang|ringing|buzz\w*|trill\w*|shrill\w*)\b"
    rf"|\bring(?:ing)? of (?:the|her|his|my|a) {_PHONE}\b|\bdial(?:s|led|ed|ling|ing)?\b"
    rf"|\b(?:phone[sd]?|telephone[sd]?|r(?:ang|ings?)) {_SOMEBODY}(?! bell|bell)\b"
    r"|\br(?:ang|ings?) the (?!bell|doorbell|gong|changes|chimes)\w+"
    rf"|\bcall(?:s|ed|ing)? {_SOMEBODY} (?:back|up|again|from)\b"
    rf"|\b{_PHONE}\b[^.!?]{{0,40}}\bcall(?:s|ed|ing)? {_SOMEBODY}"
    rf"|\b(?:answer\w*|pick(?:s|ed|ing)? up|snatch\w* up|grabb?\w*) (?:the|her|his|my|a) (?:{_PHONE}|call)\b"
    rf"|\b(?:over|on|through|into|down) (?:the|her|his|my|a) (?:{_PHONE}|line|call)\b"
    r"|\b(?:took|takes|accepted|made|placed) (?:the|a|her|his|my|another) (?:phone )?call\b"
    rf"|\b{_PHONE} (?:at|to|against|pressed to) (?:her|his|my|their|your) ear\b"
    r"|\bmade a (?:phone )?call\b|\bend of the (?:line|phone)\b"
)
_IT_RINGS = re.compile(r"\b[Ii]t (?:rings|rang|began to ring|started ringing|buzzed|went)\b(?=[^,]{0,20}[.!?])")
_A_PHONE = re.compile(rf"\b{_PHONE}\b")
_INTO = re.compile(rf"\b(?:over|on|through|into|down) (?:the|her|his|my) (?:{_PHONE}|line)\b", re.IGNORECASE)
HANGS_UP = re.compile(
    r"\b(?:h[ua]ngs? up|hanging up|hung (?:it|the \w+|her|him|me) up|r(?:ang|ings?) off|disconnect\w*"
    r"|(?:end|ended|ends|cut|cuts) (?:off )?(?:the|her|his|my) call|call (?:ended|dropped|cut out|disconnected)"
    r"|(?:line|phone|it) (?:went|goes) (?:dead|silent)|(?:line|phone) hung up"
    r"|let(?:s|ting)? it ring|ignor\w+ (?:it|the call)|declin\w+"
    r"|(?:put|puts|set|sets|laid|lays|slammed) (?:it|the thing) (?:back )?down"
    r"|(?:put|puts|set|sets|laid|lays|slam\w*|dropp?\w*|toss\w*|threw|throws|shut|shuts|snapp?\w*|flipp?\w*|pocket\w*|tuck\w*"
    rf"|shove[sd]?|slid|slides?|replace[sd]?|close[sd]?|lower\w*|return\w*) [^.!?,]{{0,24}}\b{_PHONE}\b)",
    re.IGNORECASE,
)
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
    for index, setting in enumerate(known):
        before = found[-1] if found else Line()
        if index and known[index - 1].turn.scene != setting.turn.scene:
            call, over = 0, -1
        text, since = setting.turn.before.of(view.text), _since(view, known, index)
        rings, hangs = _rings(view, since, setting.turn.span.start - len(since)), _last(HANGS_UP, since)
        if hangs > rings and call:
            call, over = 0, -1
            over = 0
        written, incoming = _written(view, known, index, before)
        aloud = _INTO.search(text + " " + setting.turn.after.of(view.text)) is not None
        begins = (rings > max(hangs, -1) or aloud) and not written and (call == 0 or rings > -1)
        if begins:
            count += 1
            call, over = count, -1
        if written or setting.alone:
            found.append(Line(0, written=written, incoming=incoming, over=over))
            call = 0 if written else call
        else:
            found.append(Line(call, begins=begins, over=over if not call else -1))
        over += over >= 0
    return found


def _since(view: View, known: Sequence[Setting], index: int) -> str:
    """Return the narration between the last quotation before and this turn, within the scene."""
    turn = known[index].turn
    last = known[index - 1].turn.span.end if index else 0
    scene = view.scene_starts[turn.scene] if turn.scene >= 0 else 0
    return view.text[max(last, scene, turn.span.start - _LONGEST) : turn.span.start]


_MAY_RING = re.compile(r"phone|r[aiu]ng|dial|call|line|receiver|handset|mobile|\bcell|buzz|h[au]ng|disconnect|down\b")
"""Without one of these there is neither a call nor its end; looked for first, since it is quickly found."""
_LONGEST = 3000
_NEAR_PHONE = 600


def _rings(view: View, since: str, start: int) -> int:
    found = _last(_RINGS, since)
    it = _last(_IT_RINGS, since)
    if it > found and _A_PHONE.search(view.text, max(0, start - _NEAR_PHONE), start + it):
        return it
    return found


def _last(pattern: re.Pattern[str], text: str) -> int:
    if _MAY_RING.search(text) is None:
        return -1
    return max((match.start() for match in pattern.finditer(text)), default=-1)


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
    if _IT_SAYS.match(view.text, first) and _LIT.search(_since(view, known, index)[-_NEAR_PHONE:]):
        return True, True
    if tag and tag.verb in words("verbs", "texted"):
        return True, False
    if _SHOWN_BEFORE.search(setting.turn.before.of(view.text)[-120:] or _since(view, known, index)[-120:]):
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
