"""How words reach the hearer: aloud, by phone, from a machine, sung, written, thought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.lines import Line
from fabula.speech.settings import Setting
from fabula.speech.view import View
from fabula.story import Channel, UtteranceKind

MACHINE = re.compile(
    r"\b(?:you have reached|you['’]ve reached|(?:through|connected) to the (?:mailbox|voice ?mail)"
    r"|leave (?:a|your) (?:message|name)|after the (?:tone|beep)|voice ?mail(?:box)?|mail ?box (?:is full|has no)"
    r"|(?:person|number|customer|subscriber) you (?:are|have) (?:call|dial|try)\w*"
    r"|please (?:hang up|hold|try (?:your call )?again later)"
    r"|unable to take your call"
    r"|press (?:one|1|hash|pound))\b",
    re.IGNORECASE,
)
_IN_CALL = re.compile(
    r"\b(?:mail ?box|goodbye|is full|message|beep|tone|available|unavailable|try again)\b", re.IGNORECASE
)
MACHINE_VOICE = re.compile(
    r"\b(?:mechanical|automated|recorded|recording|robotic|computer\w*|synthetic|electronic|machine|tinny|tin|metallic"
    r"|answering|operator|automaton)\b",
    re.IGNORECASE,
)
_LOUD = re.compile(
    r"\b(?:loud ?speakers?|(?:loud|deck )?hailer|megaphone|bullhorn|tannoy|intercom|public[- ]address"
    r"|P\.?A\.?(?: system)?"
    r"|speakers? (?:crackled|blared|overhead)|over the speakers?|microphone|mic)\b"
)
_LOUD_OFF = re.compile(
    r"\b(?:hung it up|put (?:it|the \w+) (?:down|back|away)|switched (?:it )?off|let go of the switch)\b"
)
_RADIO = re.compile(
    r"\b(?:over|on|into|through) the (?:radio|walkie-talkie|VHF|CB|comms?)\b|\b(?:radio|walkie-talkie) crackled\b"
)
_MUSIC = re.compile(
    r"\b(?:sang|sings?|sung|singing|songs?|chorus|lyrics?|piano|guitar|melody|tune|verses?|hymn|ballad|stage|lullaby|carol|harmonium)\b"
)
_WRITING = re.compile(
    r"\b(?:letter|note|card|telegram|postcard|envelope|inscription|message|wrote|written|signed|read(?:s|ing)?)\b"
)
_SIGNED = re.compile(r"\b(?:signed|from|yours(?: \w+)?|love|sincerely|faithfully|truly),?\s*$", re.IGNORECASE)
_ALOUD = re.compile(r"\b(?:aloud|out loud|loudly)\b")
_LINES = 3
_SHORT_LINE = 100
_LAST_WORDS = 220


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
        before = _since(view, known, index)
        manner = _manner(view, setting, before, line, recorded=bool(line.call) and recorded == line.call)
        recorded = line.call if manner.channel == "voicemail" else recorded
        found.append(manner)
    return found


def _since(view: View, known: Sequence[Setting], index: int) -> str:
    """Return the narration between the turn before (or three paragraphs back) and this one."""
    turn = known[index].turn
    start = view.paragraphs[max(0, turn.paragraph - 3)].start
    scene = view.scene_starts[turn.scene] if turn.scene >= 0 else 0
    last = known[index - 1].turn.span.end if index else 0
    return view.text[max(start, scene, last) : turn.span.start]


def _manner(view: View, setting: Setting, before: str, line: Line, *, recorded: bool) -> Manner:
    tag = setting.turn.tag
    verb = tag.verb if tag else ""
    machine = _machine(view, setting, line, recorded=recorded)
    if machine is not None:
        return machine
    loud = _is_loud(view, setting, before)
    if verb in words("verbs", "sung") or _is_song(view, setting, before):
        return Manner("song", "loudspeaker" if loud else "song")
    if loud:
        return Manner("announcement", "loudspeaker")
    if line.written:
        return Manner("text_message", "text")
    if _is_letter(setting, before, verb):
        return Manner("letter", "letter")
    around = view.text[setting.turn.before.start : setting.turn.after.end]
    if verb in words("verbs", "thought") and not _ALOUD.search(around):
        return Manner("thought", "thought")
    if _RADIO.search(_narrated(view, setting)):
        return Manner("speech", "radio")
    return Manner("speech", "phone") if line.call else FACE


def _narrated(view: View, setting: Setting) -> str:
    return setting.turn.before.of(view.text) + " " + setting.turn.after.of(view.text)


def _machine(view: View, setting: Setting, line: Line, *, recorded: bool) -> Manner | None:
    """Return how a machine or a recording speaks; None where no such thing does."""
    spoken = " ".join(piece.of(view.text) for piece in setting.turn.pieces)
    tag = setting.turn.tag
    sentence = "" if tag is None else _tag_words(view, setting, tag.span)
    formula = MACHINE.search(spoken) is not None and not _first_person(spoken)
    voice = MACHINE_VOICE.search(sentence) is not None
    if formula or (voice and (line.call or recorded or MACHINE_VOICE.search(tag.span.of(view.text) if tag else ""))):
        return Manner("announcement", "voicemail")
    if recorded and setting.gap == "same":
        return Manner("announcement" if tag is None or _IN_CALL.search(spoken) else "speech", "voicemail")
    return None


def _tag_words(view: View, setting: Setting, cue: Span) -> str:
    """Return the words of a tag with what follows its noun: `a woman made of tin`."""
    return view.text[cue.start : min(cue.end + 24, max(cue.end, setting.turn.after.end))].split(".")[0].split("“")[0]


def _is_loud(view: View, setting: Setting, before: str) -> bool:
    """Whether the narration just before, or the tag, has the words come out of a loudspeaker."""
    around = setting.turn.after.of(view.text)[:80] if setting.turn.tag else ""
    last = before[-_LAST_WORDS:]
    match = max((match.end() for match in _LOUD.finditer(last)), default=-1)
    return _LOUD.search(around) is not None or (match >= 0 and _LOUD_OFF.search(last, match) is None)


def _first_person(text: str) -> bool:
    return re.search(r"\b(?:I|I'm|I’m|me)\b", text) is not None


def _is_song(view: View, setting: Setting, before: str) -> bool:
    """Whether words are set in short lines and there is music about."""
    lines = max(
        ([line for line in piece.of(view.text).splitlines() if line.strip()] for piece in setting.turn.pieces),
        key=len,
    )
    if len(lines) < _LINES or not _MUSIC.search(before):
        return False
    stops = sum(line.rstrip()[-1] in '.,!?;…~"”' for line in lines)
    return max(map(len, lines)) <= 2 * _SHORT_LINE and stops >= 0.7 * len(lines)


def _is_letter(setting: Setting, before: str, verb: str) -> bool:
    last = before.strip()[-160:]
    if setting.turn.tag is not None:
        return verb in ("wrote", "writes") and bool(last)
    if setting.gap in ("same", "next", "step") and not last:
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
