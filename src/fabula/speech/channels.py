"""How words reach the hearer: aloud, by phone, from a machine, sung, written, thought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.settings import Setting
from fabula.speech.view import View
from fabula.story import Channel, UtteranceKind

_RINGS = re.compile(
    r"\b(?:(?:tele)?phone (?:rings|rang|buzz\w*)|dial(?:s|ed|ing)\b|"
    r"(?:over|on|through|into|down|answer\w*|pick\w* up) (?:the|her|his|my|a) (?:tele)?(?:phone|line|receiver|call)"
    r"|ringing of (?:the|her|his|my) (?:tele)?phone"
    r"|phoned|rang (?:him|her|me) up|called (?:him|her) (?:up|back)|other end of the (?:line|phone))",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"\b(?:over|on|through|into|down) (?:the|her|his|my) (?:tele)?(?:phone|line|receiver)\b", re.IGNORECASE
)
_HANGS_UP = re.compile(
    r"\b(?:hung up|hangs? up|hanging up|rang off|ended the call|the line went dead|disconnect\w*"
    r"|(?:put|set|laid|slammed) (?:down )?(?:the|her|his) (?:phone|receiver)(?: down)?)",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"\b(?:you have reached|leave (?:a|your) message|after the (?:tone|beep)|voice ?mail|mailbox is full)\b",
    re.IGNORECASE,
)
_MACHINE_VOICE = re.compile(
    r"\b(?:mechanical|automated|recorded|robotic|computer\w*|synthetic|electronic)\b", re.IGNORECASE
)
_LOUD = re.compile(r"\b(?:loudspeaker|intercom|tannoy|megaphone|speakers?|over the PA)\b", re.IGNORECASE)
_MUSIC = re.compile(
    r"\b(?:sang|sings?|sung|singing|songs?|chorus|lyrics?|piano|guitar|melody|tune|verses?|hymn|ballad|stage)\b"
)
_WRITING = re.compile(
    r"\b(?:letter|note|card|telegram|postcard|envelope|inscription|message|wrote|written|signed|read(?:s|ing)?)\b"
)
_SIGNED = re.compile(r"\b(?:signed|from|yours(?: \w+)?|love|sincerely|faithfully|truly),?\s*$", re.IGNORECASE)
_TEXTING = re.compile(r"\b(?:text(?:ed|s|ing)? (?:message|back)?|typed|messaged|(?:her|his|my|the) screen)\b")
_ALOUD = re.compile(r"\b(?:aloud|out loud|loudly)\b")
_LINES = 3
_SHORT_LINE = 100


class Manner(NamedTuple):
    """What sort of words, and how they reach the hearer."""

    kind: UtteranceKind
    channel: Channel


FACE = Manner("speech", "face")


def manners(view: View, known: Sequence[Setting]) -> list[Manner]:
    """Decide kind and channel of every turn; a phone call lasts until somebody hangs up or the scene ends.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
    """
    found: list[Manner] = []
    calling = False
    for index, setting in enumerate(known):
        since = _since(view, known, index)
        here = setting.turn.before.of(view.text)
        before = since[: len(since) - len(here)] if since.endswith(here) else since
        if index and known[index - 1].turn.scene != setting.turn.scene:
            calling = False
        rings, hangs = _last(_RINGS, before), _last(_HANGS_UP, before)
        calling = rings > hangs or (calling and hangs < 0)
        around = view.text[setting.turn.before.start : setting.turn.after.end]
        spoken_into = _INTO.search(_narrated(view, setting)) is not None
        manner = _manner(view, setting, since, around, calling=calling or spoken_into)
        found.append(FACE if manner.channel == "phone" and setting.alone else manner)
        rings, hangs = _last(_RINGS, here), _last(_HANGS_UP, here)
        calling = spoken_into or rings > hangs or (calling and hangs < 0)
    return found


def _since(view: View, known: Sequence[Setting], index: int) -> str:
    """Return the narration between the turn before (or three paragraphs back) and this one."""
    turn = known[index].turn
    start = view.paragraphs[max(0, turn.paragraph - 3)].start
    scene = view.scene_starts[turn.scene] if turn.scene >= 0 else 0
    last = known[index - 1].turn.span.end if index else 0
    return view.text[max(start, scene, last) : turn.span.start]


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _narrated(view: View, setting: Setting) -> str:
    return setting.turn.before.of(view.text) + " " + setting.turn.after.of(view.text)


def _manner(view: View, setting: Setting, before: str, around: str, *, calling: bool) -> Manner:
    spoken = " ".join(piece.of(view.text) for piece in setting.turn.pieces)
    tag = setting.turn.tag
    verb = tag.verb if tag else ""
    cue = tag.span.of(view.text) if tag else ""
    if _MACHINE_VOICE.search(cue) or (_MACHINE.search(spoken) and not _first_person(spoken)):
        return Manner("announcement", "voicemail")
    if _LOUD.search(cue):
        return Manner("announcement", "loudspeaker")
    if verb in words("verbs", "sung") or _is_song(view, setting, before):
        return Manner("song", "song")
    if verb in words("verbs", "texted"):
        return Manner("text_message", "text")
    if _is_letter(setting, before, verb):
        return Manner("letter", "letter")
    if verb in words("verbs", "thought") and not _ALOUD.search(around):
        return Manner("thought", "thought")
    return Manner("speech", "phone") if calling else FACE


def _first_person(text: str) -> bool:
    return re.search(r"\b(?:I|I'm|I’m|me)\b", text) is not None


def _is_song(view: View, setting: Setting, before: str) -> bool:
    """Whether words are set in short lines and there is music about."""
    lines = [line for piece in setting.turn.pieces for line in piece.of(view.text).splitlines() if line.strip()]
    if len(lines) < _LINES or not _MUSIC.search(before):
        return False
    stops = sum(line.rstrip()[-1] in '.,!?;…~"”' for line in lines)
    return max(map(len, lines)) <= 2 * _SHORT_LINE and stops >= 0.7 * len(lines)


def _is_letter(setting: Setting, before: str, verb: str) -> bool:
    last = before.strip()[-160:]
    if setting.turn.tag is not None:
        return verb in ("wrote", "writes") and bool(last)
    if setting.gap in ("same", "next") and not last:
        return False
    near = last[-90:]
    return len(_WRITING.findall(near)) >= 2 or bool(
        re.search(r"\b(?:letter|note|card|telegram)\b[^.]{0,40}\bopen\w*\b", near)
    )


def signature(view: View, piece: Span) -> str | None:
    """Return the id of whoever signs a letter; None where nobody does."""
    for mention in reversed(view.mentions_in(piece)):
        before = view.text[max(piece.start, mention.span.start - 24) : mention.span.start]
        if mention.form == "name" and _SIGNED.search(before) and mention.span.end >= piece.end - 3:
            return mention.character
    return None
