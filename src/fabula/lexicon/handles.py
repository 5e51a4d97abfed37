"""Lines that open with who speaks: chats (`[21:04] moss: hello`, `@moss hello`), and scripts (`LOWE: Where?`).

Source: common knowledge of chats and transcripts; our own patterns and lists. Licence: as the program.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from fabula.spans import Span

_CLOCK = r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?(?:[ap]\.?m\.?|[AP]\.?M\.?))?"
_TIME = rf"(?:\[[^\]\n]{{0,16}}{_CLOCK}[^\]\n]{{0,6}}\]|\({_CLOCK}\)|{_CLOCK})"
_NAME = r"[^\W\d_][\w.'’&-]*(?: (?:[^\W\d_]|&)[\w.'’&-]*){0,3}"
_HANDLE = r"[^\W\d][\w.'’-]*"
_AFTER_TIME = r"\s*(?:[-–—|]\s*)?"
_LINE = re.compile(
    rf"(?P<time>{_TIME}{_AFTER_TIME})?"
    r"(?:"
    rf"(?P<wrap>[*_]{{0,2}})(?:@(?P<tagged>{_HANDLE})|\[(?P<boxed>{_NAME})\]|<(?P<angled>{_NAME})>|(?P<name>{_NAME}))"
    rf"(?:\s?\((?P<late>{_CLOCK}|[^()\n]{{1,24}})\))?(?:(?P=wrap):|:(?P=wrap))"
    rf"|<(?P<angle>{_NAME})>|@(?P<at>{_HANDLE})"
    r")[ \t]+(?=\S)"
)
_HEAD = re.compile(rf"(?P<name>@?{_NAME})(?:,| [-–—•·|])?[ \t]+(?P<time>\[?\(?{_CLOCK}\)?\]?)")
_GROUPS = ("tagged", "boxed", "angled", "name", "angle", "at")
_LONGEST = 32
_OPENS = frozenset("\"“”‘«„'")
SELF = frozenset(("me", "myself", "moi"))
"""Handles of whoever tells the story."""
YOU = frozenset(("you",))
"""Handles of whoever the narration speaks to."""
_LABELS = frozenset(
    """
    note notes nb ps pps warning caution name names age date time place title author summary rating fandom subject
    from to cc bcc re sent received attached attachment chapter part book act scene first second third fourth fifth
    last firstly secondly thirdly finally lastly rule step item question total address phone tel telephone email fax
    trade
    height weight colour color eyes hair occupation status result results example examples monday tuesday wednesday
    thursday friday saturday sunday morning afternoon evening night today tomorrow yesterday one two three four
    five
    six seven eight nine ten remember conclusion verdict answer reason reasons pairing pairings genre words tags a/n
    breakfast lunch dinner supper ingredients method p.s. n.b. that this it he she they there then now but and so yet
    only still
    """.split()
)


class HandleLine(NamedTuple):
    """A line that opens with who speaks.

    Attributes:
        name: the name or handle, without signs around it.
        words: where what they say begins; the line's end where it stands on the next line.
        sure: a time, a sign or the handle itself shows that the line is of a chat.
        lone: a time and a colon show it even where it stands by itself.
    """

    name: Span
    words: int
    sure: bool
    lone: bool = False


def read_handle(text: str, line: Span) -> HandleLine | None:
    """Read a line that opens with a name or handle and goes on with words.

    Args:
        text: of the telling.
        line: one line of it, without white space at its edges.

    Returns:
        None where it is no such line: no name, a label of a form or list (`Name:`), or words between marks.
    """
    match = _LINE.match(text, line.start, line.end)
    if match is None or text[match.end()] in _OPENS:
        return None
    group = next(group for group in _GROUPS if match[group])
    name = Span(*match.span(group))
    if not _is_handle(name.of(text)):
        return None
    clock = match["time"] is not None or (match["late"] or "")[:1].isdigit()
    word = name.of(text).casefold()
    strange = word in SELF | YOU or any(letter.isdigit() or letter == "_" for letter in word)
    return HandleLine(name, match.end(), clock or group != "name" or strange, clock and group != "at")


def read_head(text: str, line: Span) -> HandleLine | None:
    """Read a line that is nothing but a name and a time, as over a message.

    Args:
        text: of the telling.
        line: one line of it, without white space at its edges.
    """
    match = _HEAD.fullmatch(text, line.start, line.end)
    if match is None:
        return None
    name = Span(match.start("name") + match["name"].startswith("@"), match.end("name"))
    return HandleLine(name, line.end, sure=True) if _is_handle(name.of(text)) else None


def _is_handle(name: str) -> bool:
    """Whether words may be a handle: short, and no label of forms and lists."""
    parts = name.casefold().split()
    if len(name) > _LONGEST or parts[0] in _LABELS or name.casefold() in _LABELS:
        return False
    small = sum(part[0].islower() for part in name.split())
    return small == 0 or len(parts) == 1 or (small == len(parts) and len(parts) == 2)


def handle_before(text: str, start: int) -> Span | None:
    """Return the handle before words that a line gives to somebody; None where there is none.

    Args:
        text: of the telling.
        start: first code point of the words.
    """
    begin = text.rfind("\n", 0, start) + 1
    line = Span(begin + len(text[begin:start]) - len(text[begin:start].lstrip()), _line_end(text, start))
    if text[begin:start].strip():
        read = read_handle(text, line)
        return read.name if read is not None and read.words == start else None
    above = text[:begin].rstrip()[-200:]
    end = len(text[:begin].rstrip())
    begin = end - len(above.rpartition("\n")[2])
    head = read_head(text, Span(begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end))
    return head.name if head is not None else None


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
