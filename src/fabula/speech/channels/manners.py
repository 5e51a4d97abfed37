"""How words reach the hearer: aloud, by phone, from a machine, sung, written, thought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.channels.devices import (
    asks_for_message,
    is_broadcast,
    is_loud,
    is_sign,
    machine_manner,
    spoken_words,
)
from fabula.speech.channels.lines import Line
from fabula.speech.channels.ringing import HANGS_UP
from fabula.speech.settings import Setting
from fabula.speech.view import View
from fabula.story import Channel, UtteranceKind

_MUSIC = re.compile(
    r"\b(?:sang|sings?|sung|singing|songs?|chorus|lyrics?|piano|guitar|melody|tune|verses?|hymn|ballad|stage|lullaby|carol|harmonium"
    r"|banjo|fiddle|violin|accordion|ukulele|concertina|harmonica|gramophone|jukebox|record player|choir|busker"
    r"|radio|wireless|karaoke)\b"
)
_WRITING = re.compile(
    r"\b(?:letter|note|card|telegram|postcard|envelope|inscription|message|wrote|written|signed|read(?:s|ing)?"
    r"|handwriting|scrawled|scribbled|e-?mail|diary)\b"
)
_OPENED = re.compile(
    r"\b(?:letter|note|card|telegram|envelope)\b[^\"“”]{0,60}?\b(?:open|unfold)\w*[^.!?]{0,30}[.!?:,]?$"
)
_READ_OUT = re.compile(
    r"\b(?:letter|note|card|telegram|postcard)\b.*?\b(?:(?:turned|turns) it over|folded it"
    r"|(?:put|laid) it (?:away|down|back|aside)|tore it (?:up|in)|crumpled it"
    r"|(?:gave|handed|passed) it (?:back|over)|blank)\b",
    re.DOTALL,
)
"""A letter that has been read by now, so that what is said next does not stand in it."""
_HAND = re.compile(r"([A-Z][\w’']*?)['’]s? (?:own )?(?:hand|handwriting|writing|scrawl|script)\b")
_SIGNED = re.compile(r"\b(?:signed|from|yours(?: \w+)?|love|sincerely|faithfully|truly),?\s*$", re.IGNORECASE)
_AFTER_STOP = re.compile(r"[.!?]\s+$")
_ALOUD = re.compile(r"\b(?:aloud|out loud|loudly)\b")
_WROTE = re.compile(r"\b(?:wrote|writes|written|writing)\b")
_NEAR_VERB = 24
_LINES = 3
_SHORT_LINE = 100
_VERSE = 70
_LETTER = 90


class Manner(NamedTuple):
    """What sort of words, and how they reach the hearer."""

    kind: UtteranceKind
    channel: Channel


FACE = Manner("speech", "face")
_ASIDE = frozenset(("song", "letter", "announcement", "thought"))


def is_aside(manner: Manner) -> bool:
    """Whether words are no part of the conversation around them."""
    return manner.kind in _ASIDE


def manners(view: View, known: Sequence[Setting], lines: Sequence[Line]) -> list[Manner]:
    """Decide kind and channel of every turn.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        lines: how they stand to telephones and screens.
    """
    found: list[Manner] = []
    recorded = 0
    for index, (setting, line) in enumerate(zip(known, lines, strict=True)):
        before = since(view, known, index)
        manner = _manner(
            view,
            setting,
            before,
            line,
            recorded=bool(line.call) and recorded == line.call,
            broadcast=bool(found) and found[-1].channel == "radio",
        )
        if manner.kind == "speech" and _is_left(view, known, index, found):
            manner = Manner("speech", "voicemail")
        if manner == FACE and _plays_on(setting, found):
            manner = Manner("speech", "voicemail")
        recorded = line.call if manner.channel == "voicemail" else recorded
        found.append(manner)
    return found


def _is_left(view: View, known: Sequence[Setting], index: int, found: Sequence[Manner]) -> bool:
    """Whether a recording has just asked for a message, and somebody speaks it."""
    if not found or found[-1] != Manner("announcement", "voicemail") or known[index].gap not in ("same", "next"):
        return False
    between = view.text[known[index - 1].turn.span.end : known[index].turn.span.start]
    return asks_for_message(spoken_words(view, known[index - 1])) and not HANGS_UP.search(between)


def _plays_on(setting: Setting, found: Sequence[Manner]) -> bool:
    """Whether a machine goes on with somebody's message, who says who they are."""
    close = setting.gap in ("same", "next") and setting.turn.tag is None
    return close and bool(found) and found[-1].channel == "voicemail" and setting.introduced is not None


def since(view: View, known: Sequence[Setting], index: int) -> str:
    """Return the narration between the turn before (or three paragraphs back) and this one."""
    turn = known[index].turn
    start = view.paragraphs[max(0, turn.paragraph - 3)].start
    scene = view.scene_starts[turn.scene] if turn.scene >= 0 else 0
    last = known[index - 1].turn.span.end if index else 0
    return view.text[max(start, scene, last) : turn.span.start]


def _manner(view: View, setting: Setting, before: str, line: Line, *, recorded: bool, broadcast: bool) -> Manner:
    tag = setting.turn.tag
    verb = tag.verb if tag else ""
    cue = view.cues.get(setting.turn.pieces[0].start)
    if cue is not None:
        return Manner("text_message", "text") if cue.chat else FACE
    machine = machine_manner(view, setting, line, before, recorded=recorded)
    if machine is not None:
        return Manner(*machine)
    loud = is_loud(view, setting, before)
    if verb in words("verbs", "sung") or _is_song(view, setting, before):
        return Manner("song", "loudspeaker" if loud else "song")
    if loud:
        return Manner("announcement", "loudspeaker")
    if line.written:
        return Manner("text_message", "text")
    if is_sign(view, setting, before):
        return Manner("announcement", "face")
    if _is_letter(view, setting, before, verb):
        return Manner("letter", "letter")
    around = view.text[setting.turn.before.start : setting.turn.after.end]
    if verb in words("verbs", "thought") and not _ALOUD.search(around):
        return Manner("thought", "thought")
    if is_broadcast(view, setting, before, going_on=broadcast and setting.gap in ("same", "next")):
        return Manner("speech", "radio")
    return Manner("speech", "phone") if line.call else FACE


def _is_song(view: View, setting: Setting, before: str) -> bool:
    """Whether words are set in short lines and there is music about."""
    pieces = [[line for line in piece.of(view.text).splitlines() if line.strip()] for piece in setting.turn.pieces]
    lines = max(pieces, key=len)
    if len(lines) == 1 and all(len(piece) == 1 and len(piece[0]) <= _VERSE for piece in pieces):
        lines = [piece[0] for piece in pieces]
    if len(lines) < _LINES or not _MUSIC.search(before):
        return False
    stops = sum(line.rstrip()[-1] in '.,!?;…~"”' for line in lines)
    return max(map(len, lines)) <= 2 * _SHORT_LINE and stops >= 0.7 * len(lines)


def _is_letter(view: View, setting: Setting, before: str, verb: str) -> bool:
    last = before.strip()[-160:]
    paragraph = setting.turn.paragraph
    if view.kinds[paragraph] == "letter" and view.paragraphs[paragraph].start == setting.turn.span.start:
        return setting.turn.tag is None
    if setting.turn.tag is not None:
        return verb in ("wrote", "writes") and bool(last)
    if setting.gap in ("same", "next", "step") and not last:
        return False
    near = last[-_LETTER:]
    if _READ_OUT.search(last):
        return False
    return len(_WRITING.findall(near)) >= 2 or _OPENED.search(last) is not None


def writer(view: View, setting: Setting, before: str) -> str | None:
    """Return the id of whoever signs a letter, in whose hand it is, or who wrote; None where the text does not say.

    Args:
        view: what the speech chapter reads.
        setting: of the letter.
        before: narration since the turn before.
    """
    signed = signature(view, setting.turn.pieces)
    if signed is not None:
        return signed
    lead = Span(setting.turn.span.start - len(before), setting.turn.span.start)
    mentions = [mention for mention in view.mentions_in(lead) if mention.character is not None]
    hand = _HAND.search(before)
    if hand is not None:
        at = lead.start + hand.start(1)
        return next((mention.character for mention in mentions if mention.span.has(at)), None)
    wrote = [match.start() + lead.start for match in _WROTE.finditer(before)]
    return next(
        (mention.character for mention in mentions if wrote and 0 <= wrote[-1] - mention.span.end <= _NEAR_VERB), None
    )


def signature(view: View, pieces: Sequence[Span]) -> str | None:
    """Return the id of whoever signs a letter: after a farewell, on the last line; None where nobody does."""
    last = pieces[-1]
    for mention in reversed(view.mentions_in(last)):
        if mention.form != "name" or mention.span.end < last.end - 3:
            continue
        line = max(last.start, view.text.rfind("\n", 0, mention.span.start) + 1)
        alone = (len(pieces) > 1 or line > last.start) and not view.text[line : mention.span.start].strip(" \t\"“‘'")
        before = view.text[max(last.start, mention.span.start - 24) : mention.span.start]
        if alone or _SIGNED.search(before) or _AFTER_STOP.search(before):
            return mention.character
    return None
