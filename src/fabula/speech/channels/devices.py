"""Voices without a mouth: answering machines, recordings, loudspeakers, radio and television, signs."""

from __future__ import annotations

import re

from fabula.speech.channels.lines import Line
from fabula.speech.settings import Setting
from fabula.speech.view import View
from fabula.story import Channel, UtteranceKind

MACHINE = re.compile(
    r"\b(?:you have reached|you['’]ve reached|(?:through|connected) to the (?:mailbox|voice ?mail)"
    r"|leave (?:a|your) (?:message|name)|after the (?:tone|beep)|voice ?mail(?:box)?|mail ?box (?:is full|has no)"
    r"|(?:person|number|customer|subscriber) you (?:are|have) (?:call|dial|try)\w*"
    r"|please (?:hang up|hold|try (?:your call )?again later)"
    r"|unable to take your call|you have (?:no|one|\w+) (?:new |unheard |saved )*messages?|end of (?:new )?messages"
    r"|to (?:delete|save|replay|repeat) (?:this|the) message|your call (?:is important|cannot be|may be recorded)"
    r"|press (?:one|1|hash|pound))\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:leave (?:me )?(?:a|your) (?:message|name)|(?:come to|answer) the phone right now|you['’]ve reached"
    r"|speak after|(?:message|name|number)s? after the (?:beep|tone))\b",
    re.IGNORECASE,
)
"""What somebody says on their own recording, in the first person."""
_IN_CALL = re.compile(
    r"\b(?:mail ?box|goodbye|is full|message|beep|tone|available|unavailable|try again)\b", re.IGNORECASE
)
_VOICE = re.compile(
    r"\b(?:mechanical|automated|recorded|recording|robotic|computer\w*|synthetic|electronic|machine|tinny|tin|metallic"
    r"|answering|operator|automaton)\b",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r"\banswering machine (?:clicked|whirred|beeped|came on|started|played)\b"
    r"|\bplayed (?:back )?the (?:\w+ )?messages?\b"
    r"|\b(?:the|her|his|my) (?:\w+ )?message (?:began|started|played|said)\b|\blistened to (?:the|her|his"
    r"|my) (?:\w+ )?messages?\b"
    r"|\bpressed play\b",
    re.IGNORECASE,
)
_TO_VOICEMAIL = re.compile(
    r"\b(?:got|reached|hit) (?:the|her|his|their|my|\w+['’]s) voice ?mail\b|\b(?:waited"
    r"|waits?) for the (?:beep|tone)\b"
    r"|\b(?:left|leaves?) (?:a|another) (?:voice )?message\b|\bthe (?:beep|tone) (?:sounded|came|went)\b",
    re.IGNORECASE,
)
_WENT_TO = re.compile(r"\b(?:went|goes|going) (?:straight )?to (?:her |his |their |my )?voice ?mail\b", re.IGNORECASE)
_LOUD = re.compile(
    r"\b(?:loud ?speakers?|(?:loud|deck )?hailer|megaphone|bullhorn|tannoy|intercom|public[- ]address"
    r"|P\.?A\.?(?: system)?"
    r"|speakers? (?:crackled|blared|overhead)|over the speakers?|microphone|mic)\b"
)
_HELD = re.compile(r"\b(?:hailer|megaphone|bullhorn|microphone|mic)\b")
_LOUD_OFF = re.compile(
    r"\b(?:hung it up|put (?:it|the \w+) (?:down|back|away)|switched (?:it )?off|let go of the switch)\b"
)
_SPEAKS = re.compile(
    r"\b(?:sat ?nav|sat-nav|gps|navigation system|speaking clock|(?:lift|elevator|checkout|till)['’]s voice"
    r"|smart speaker)\b",
    re.IGNORECASE,
)
_SET = r"(?:radio|wireless|television|TV|telly)"
_RADIO = re.compile(
    r"\b(?:over|into|through) the (?:radio|walkie-talkie|VHF|CB|comms?)\b|\b(?:radio|walkie-talkie) crackled\b"
    r"|\bkeyed the (?:mike|mic|radio)\b|\bhandset of the radio\b|\b(?:lifted|raised|unhooked) the (?:radio"
    r"|walkie-talkie)\b"
)
_ON_AIR = re.compile(
    rf"\b[Oo]n (?:the )?{_SET},? (?:an?|the|some|two) \w+|\b{_SET} (?:\w+ )?(?:said|announced|came on"
    rf"|was saying|blared|hissed)\b"
)
_TO_AIR = re.compile(rf"\b(?:to the camera|(?:over|on|from) the {_SET})\b")
_PRESENTER = re.compile(
    rf"\b(?:announcer|newsreader|newscaster|presenter|broadcaster|disc jockey|DJ|commentator|weatherman|{_SET})\b"
)
_RADIO_WORDS = re.compile(r"\b(?:over and out|over|roger|copy|come in|go ahead|base|stand by)\b", re.IGNORECASE)
_LAST_WORDS = 220
_SIGN = (
    r"(?:signs?|notice|placard|banner|poster|plaque|plate|board|label|sticker|headline|card in (?:the|a|its) window)"
)
_READS = re.compile(
    rf"\b{_SIGN}\b[^.!?\"“”]{{0,60}}?(?:\b(?:said|says|saying|read|reads|reading|announced|proclaimed|declared|warned"
    r"|promised|asked)|:)\s*[,:]?\s*$",
    re.IGNORECASE,
)
_HUNG = re.compile(rf"\b{_SIGN}\b[^.!?\"“”]{{0,60}}:\s*$", re.IGNORECASE)


def machine_manner(
    view: View, setting: Setting, line: Line, before: str, *, recorded: bool
) -> tuple[UtteranceKind, Channel] | None:
    """Return kind and channel of what a machine or a recording says, or is told; None where there is none.

    Args:
        view: what the speech chapter reads.
        setting: of the turn.
        line: how it stands to telephones.
        before: narration since the turn before.
        recorded: whether a machine has spoken in this call.
    """
    spoken = spoken_words(view, setting)
    tag = setting.turn.tag
    sentence = "" if tag is None else _tag_words(view, setting)
    formula = MACHINE.search(spoken) is not None and not _first_person(spoken)
    voice = _VOICE.search(sentence) is not None
    greets = tag is None and (line.call > 0 or _WENT_TO.search(before) is not None) and _GREETING.search(spoken)
    machine = voice and (line.call or recorded or _VOICE.search(tag.span.of(view.text) if tag else ""))
    if formula or greets or machine:
        return "announcement", "voicemail"
    if recorded and setting.gap == "same":
        return "announcement" if tag is None or _IN_CALL.search(spoken) else "speech", "voicemail"
    if tag is None and (_PLAYED.search(before) or _TO_VOICEMAIL.search(before)):
        return "speech", "voicemail"
    return None


def spoken_words(view: View, setting: Setting) -> str:
    """Return the words of a turn, its narration left out."""
    return " ".join(piece.of(view.text) for piece in setting.turn.pieces)


def _tag_words(view: View, setting: Setting) -> str:
    """Return the words of a tag with what follows its noun: `a woman made of tin`."""
    tag = setting.turn.tag
    if tag is None:
        return ""
    stop = min(tag.span.end + 24, max(tag.span.end, setting.turn.after.end))
    return view.text[tag.span.start : stop].split(".")[0].split("“")[0]


def asks_for_message(words: str) -> bool:
    """Whether a recording invites who hears it to speak."""
    return _GREETING.search(words) is not None


def is_loud(view: View, setting: Setting, before: str) -> bool:
    """Whether the narration just before, or the tag, has the words come out of a loudspeaker."""
    around = setting.turn.after.of(view.text)[:80] if setting.turn.tag else ""
    last = before[-_LAST_WORDS:]
    match = max((match.end() for match in _LOUD.finditer(last)), default=-1)
    if _LOUD.search(around) is not None or _SPEAKS.search(_tag_words(view, setting)) is not None:
        return True
    return match >= 0 and _LOUD_OFF.search(last, match) is None


def is_broadcast(view: View, setting: Setting, before: str, *, going_on: bool) -> bool:
    """Whether words come over radio or television.

    Args:
        view: what the speech chapter reads.
        setting: of the turn.
        before: narration since the turn before.
        going_on: whether the turn before did, and stands close.
    """
    turn, last = setting.turn, before[-_LAST_WORDS:]
    beside = turn.before.of(view.text) + " " + turn.after.of(view.text)
    if _RADIO.search(beside) or _PRESENTER.search(turn.tag.span.of(view.text) if turn.tag else ""):
        return True
    named = turn.tag is not None and turn.tag.form not in ("pronoun", "somebody")
    if _TO_AIR.search(turn.after.of(view.text)[:60]) and not named:
        return True
    if not named and (_RADIO.search(last) or _ON_AIR.search(last)):
        return True
    return going_on and turn.tag is None


def is_sign(view: View, setting: Setting, before: str) -> bool:
    """Whether words stand on a sign or a notice: `The sign on the gate said`."""
    last = (setting.turn.before.of(view.text).rstrip() or before.rstrip())[-120:]
    return setting.turn.tag is None and (_READS.search(last) or _HUNG.search(last)) is not None


def is_nobodys(view: View, setting: Setting, before: str, kind: UtteranceKind, channel: Channel) -> bool:
    """Whether words come from where nobody of the scene is: a machine, a loudspeaker, a sign, that no tag names.

    A device that a tag describes is nobody named, whoever its description was taken to point at.

    Args:
        view: what the speech chapter reads.
        setting: of the turn.
        before: narration since the turn before.
        kind: of the words.
        channel: of the words.
    """
    tag = setting.turn.tag
    if tag is not None and tag.form == "nominal" and _SPEAKS.search(tag.span.of(view.text)):
        who = view.characters.get(tag.character or "")
        return who is None or who.named
    if tag is not None or setting.stated is not None:
        return False
    if channel == "voicemail":
        return kind == "announcement" or _PLAYED.search(before) is not None
    if channel == "loudspeaker":
        return _HELD.search(before[-_LAST_WORDS:]) is None
    if channel == "radio":
        return "radio crackled" in before or _ON_AIR.search(before) is not None
    return kind == "announcement"


def _first_person(text: str) -> bool:
    return re.search(r"\b(?:I|I'm|I’m|me)\b", text) is not None
