"""What begins a telephone call, and what ends it or sets it aside for a while.

A wrong call takes the faces from a whole scene. Where the words may as well tell of a queue (`the end of the line`),
a fish on a line, or a shout (`called Ann from the stairs`), there must be a telephone about, or whoever speaks next
must answer one.
"""

from __future__ import annotations

import re

PHONE = r"(?:(?:tele|mobile )?phone|mobile|cell(?:phone)?|handset|receiver)"
_SOMEBODY = (
    r"(?:him|her|them|me|us|home|back|(?:my|his) (?!(?:\w+ )?(?:door)?bells?\b)\w+|(?!The |A |An )[A-Z][\w’']+)"
)
_RING = r"(?:rang|rings|(?:to|would|could|should|must|might|will|not|did|I|you|we|they) ring)"
_NO_BELL = (
    r"(?!(?:\w+ ){0,2}(?:bells?|doorbells?|handbell|gong|changes|chimes|hours?|quarters?|alarm|knell|curtain)\b)"
)
_RINGS = re.compile(
    rf"\b{PHONE}\b[^.!?]{{0,24}}?\b(?:rings?|rang|ringing|buzz\w*|trill\w*|shrill\w*)\b"
    rf"|\bring(?:ing)? of (?:the|her|his|my|a) {PHONE}\b"
    r"|\b(?:dial(?:led|ed|ling|ing)|(?:to|and|I|you|we|they) dial|(?:and|she|he|[A-Z]\w+) dials)\b"
    r"(?! (?:in )?(?:the|a) (?:combination|code))"
    rf"|\b(?:(?:tele)?phone[sd]?|{_RING}) {_SOMEBODY}(?! bell|bell)\b"
    rf"|\b{_RING} the {_NO_BELL}\w+"
    rf"|\b{PHONE}\b[^.!?]{{0,40}}\bcall(?:s|ed|ing)? {_SOMEBODY}"
    rf"|\b(?:answer\w*|pick(?:s|ed|ing)? up|snatch\w* up|grabb?\w*) (?:the|her|his|my|a) (?:{PHONE}|call)\b"
    r"|\b(?:answer\w*|pick(?:s|ed|ing)? up) (?:on|at|after) (?:the|its) \w+ ring\b"
    rf"|\b(?:over|on|through|into|down) (?:the|her|his|my|a) (?:{PHONE}|call)\b"
    r"|\b(?:took|takes|accepted|made|placed) (?:the|a|her|his|my|another) (?:phone )?call\b"
    rf"|\b{PHONE} (?:at|to|against|pressed to) (?:her|his|my|their|your) ear\b"
    r"|\bmade a (?:phone )?call\b|\bend of the phone\b"
)
_MAY_BE = re.compile(
    r"\b(?:over|on|through|into|down) (?:the|her|his|my|a) line\b|\bend of the line\b"
    rf"|\bcall(?:s|ed|ing)? {_SOMEBODY} (?:back|up|again|from)\b"
    r"|\bpick(?:s|ed) up(?=[,.;!?—]|$| (?:at|on|before|after|when)\b)"
)
"""What a call may begin with, and other things too."""
_IT_RINGS = re.compile(r"\b[Ii]t (?:rings|rang|began to ring|started ringing|buzzed|went)\b(?=[^,]{0,20}[.!?])")
_A_PHONE = re.compile(rf"\b(?:{PHONE}s?|mouthpiece|earpiece|dialled|dialed|switchboard|operator)\b")
_HEARD = re.compile(r"\b(?:voices?|static|crackl\w*|hiss\w*|click\w*|breathing|dialling|dialing)\b")
_GREETS = re.compile(
    r"[\"“‘']?(?:H[aeu]llo\?|Yes\?|Hi\b|(?:It['’]s|This is|Is that|Is this) (?:me|you|[A-Z])"
    r"|Who['’]s (?:this|that|calling))"
)
_INTO = re.compile(rf"\b(?:over|on|through|into|down) (?:the|her|his|my) (?:{PHONE}|(?P<line>line))\b", re.IGNORECASE)
HANGS_UP = re.compile(
    r"\b(?:h[ua]ngs? up|hanging up|hung (?:it|the \w+|her|him|me) up|r(?:ang|ings?) off|disconnect\w*"
    r"|(?:end|ended|ends|cut|cuts) (?:off )?(?:the|her|his|my) call|call (?:ended|dropped|cut out|disconnected)"
    r"|(?:line|phone|it) (?:went|goes) (?:dead|silent)|(?:line|phone) hung up"
    r"|let(?:s|ting)? it ring|ignor\w+ (?:it|the call)|declin\w+"
    r"|(?:put|puts|set|sets|laid|lays|slammed) (?:it|the thing) (?:back )?down"
    r"|(?:put|puts|set|sets|laid|lays|slam\w*|dropp?\w*|toss\w*|threw|throws|shut|shuts|snapp?\w*|flipp?\w*|pocket\w*|tuck\w*"
    rf"|shove[sd]?|slid|slides?|replace[sd]?|close[sd]?|lower\w*|return\w*) [^.!?,]{{0,24}}\b{PHONE}\b)",
    re.IGNORECASE,
)
_COVERS = re.compile(
    rf"\b(?:cover(?:ed|s|ing)?|(?:hand|palm|fingers|thumb) over) (?:the|her|his|my|their) (?:mouthpiece|{PHONE})\b"
)
_UNCOVERS = re.compile(
    rf"\b(?:uncover\w*|(?:took|takes|lifted|lifts|moved) (?:the|her|his|my|their) (?:hand|palm|thumb) (?:away|off)"
    rf"|(?:back )?(?:in)?to the (?:mouthpiece|{PHONE}))\b"
)
_MAY_RING = re.compile(
    r"phone|r[aiu]ng|dial|call|line|receiver|handset|mobile|\bcell|buzz|h[au]ng|disconnect|down\b|pick"
)
"""Without one of these there is neither a call nor its end; looked for first, since it is quickly found."""
_NEAR_PHONE = 600
_NEAR_VOICE = 60


def last_ring(text: str, start: int, end: int) -> int:
    """Return where some narration last begins a call, in code points of the text; -1 where it does not.

    Args:
        text: of the telling.
        start: of the narration before a turn.
        end: of it, where the turn starts.
    """
    found = _last(_RINGS, text, start, end)
    may_be = _last(_MAY_BE, text, start, end)
    if may_be > found and (_is_about_phones(text, may_be, end) or _GREETS.match(text, end)):
        found = may_be
    it = _last(_IT_RINGS, text, start, end)
    return it if it > found and _A_PHONE.search(text, max(0, end - _NEAR_PHONE), it) else found


def last_end(text: str, start: int, end: int) -> int:
    """Return where some narration last ends a call, in code points of the text; -1 where it does not.

    Args:
        text: of the telling.
        start: of the narration.
        end: of it.
    """
    return _last(HANGS_UP, text, start, end)


def is_into_phone(text: str, start: int, end: int) -> bool:
    """Whether narration beside a turn says that it is spoken into a telephone.

    Args:
        text: of the telling.
        start: of the narration.
        end: of it.
    """
    return any(
        match["line"] is None or _is_about_phones(text, match.start(), match.end())
        for match in _INTO.finditer(text, start, end)
    )


def is_set_aside(text: str, start: int, end: int, *, before: bool) -> bool:
    """Whether a hand covers the mouthpiece, so that only those in the room hear.

    Args:
        text: of the telling.
        start: of the turn before.
        end: where the turn starts.
        before: whether it was so in the turn before.
    """
    covers, uncovers = _last(_COVERS, text, start, end), _last(_UNCOVERS, text, start, end)
    return covers > uncovers or (before and uncovers < 0)


def _is_about_phones(text: str, start: int, end: int) -> bool:
    """Whether there is a telephone shortly before, or a voice close by."""
    near = text[max(0, start - _NEAR_VOICE) : max(end, start) + _NEAR_VOICE]
    return _HEARD.search(near) is not None or _A_PHONE.search(text, max(0, start - _NEAR_PHONE), end) is not None


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    if _MAY_RING.search(text, start, end) is None and pattern not in (_COVERS, _UNCOVERS):
        return -1
    return max((match.start() for match in pattern.finditer(text, start, end)), default=-1)
