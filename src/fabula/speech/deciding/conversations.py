"""Conversations: turns that follow each other closely, and who takes part in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from fabula.spans import Span
from fabula.speech.channels.lines import Line
from fabula.speech.settings import LEAVES, WIDTHS, Conversation, Neighbours, Setting
from fabula.speech.tagging.tags import Tag
from fabula.speech.turns import Turn
from fabula.speech.view import View

_BACK = 4
_NEAREST = 3
_SEVERAL = 3
"""So many people that it is not one of two: who else is about need not be known, for a conversation may be as long
as a book."""
_LEAD = 300
_SCREEN = re.compile(r"(?:['’]s?)?\s+(?:\w+ )?(?:phone|mobile|cell|screen|laptop|tablet|pager)\b")
_ECHO = 10
_CALL = 40
"""Turns on either side that may belong to a call."""


def linked(view: View, known: Sequence[Setting], lines: Sequence[Line], asides: Sequence[bool]) -> list[Setting]:
    """Tie turns into conversations.

    A call that begins or ends begins a conversation; what is no part of a conversation does not interrupt it.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        lines: how they stand to telephones and screens.
        asides: for each turn, whether it is no part of a conversation.

    Returns:
        The settings with all that concerns other turns.
    """
    changes = [True, *(one.written != two.written for one, two in pairwise(lines))]
    found = [
        setting._replace(
            gap="far" if line.begins or line.over == 0 or change else setting.gap,
            aside=aside,
            incoming=line.incoming,
            reader=_reader(view, setting) if line.incoming else None,
            over=line.over,
        )
        for setting, line, aside, change in zip(known, lines, asides, changes[: len(known)], strict=True)
    ]
    talks, lost, near = _conversations(view, found), _lost(found), _neighbours(found)
    about: frozenset[str] = frozenset()
    linked_: list[Setting] = []
    for index, (setting, line) in enumerate(zip(found, lines, strict=True)):
        ended = found[index - line.over - 1].turn.last if 0 <= line.over < index else setting.turn.paragraph
        news = _narrated(view, setting, found[index - 1].turn if index else None)
        if setting.gap == "far":
            about = news
        elif len(about) < _SEVERAL:
            about |= news
        linked_.append(
            setting._replace(
                conversation=talks[index],
                about=about,
                gaps=_gaps(found, index),
                neighbours=near[index],
                lost=lost[index],
                acted=_acted(found, index),
                answers=found[index - 1].called if index and setting.gap in ("same", "next", "step") else (),
                echo=_echo(found, index),
                bystanders=_bystanders(view, found, lines, index) if line.call else frozenset(),
                over_age=setting.turn.paragraph - ended,
            )
        )
    return linked_


def _lost(found: Sequence[Setting]) -> list[int]:
    """Return for each turn how many turns away the nearest of its conversation is that says who speaks."""
    away = [len(found)] * len(found)
    since = len(found)
    for index, setting in enumerate(found):
        since = 0 if not setting.untold else len(found) if setting.gap == "far" else since + 1
        away[index] = since
    since = len(found)
    for index in range(len(found) - 1, -1, -1):
        since = 0 if not found[index].untold else since + 1
        away[index] = min(away[index], since)
        since = len(found) if found[index].gap == "far" else since
    return away


def _neighbours(found: Sequence[Setting]) -> list[tuple[Neighbours, Neighbours]]:
    """Return for each turn the nearest turns of conversation before and after it; see `Setting.neighbours`."""
    before: list[Neighbours] = [()] * len(found)
    after: list[Neighbours] = [()] * len(found)
    for at in range(1, len(found)):
        before[at] = _one_on(found[at - 1], at - 1, found[at].gap, before[at - 1])
    for at in range(len(found) - 2, -1, -1):
        after[at] = _one_on(found[at + 1], at + 1, found[at + 1].gap, after[at + 1])
    return list(zip(before, after, strict=True))


def _one_on(setting: Setting, number: int, gap: str, further: Neighbours) -> Neighbours:
    """Return the neighbours on one side of a turn, from the turn next to it, the gap to that, and its neighbours."""
    beyond = tuple((at, max(gap, wide, key=WIDTHS.index)) for at, wide in further)
    return (beyond if setting.aside else ((number, gap), *beyond))[:_NEAREST]


def _reader(view: View, setting: Setting) -> str | None:
    """Return whose telephone or screen was named last before a message."""
    lead = Span(max(0, setting.turn.span.start - _LEAD), setting.turn.span.start)
    for mention in reversed(view.mentions_in(lead)):
        whose = mention.form == "pronoun" or view.text[mention.span.end : mention.span.end + 1] in ("'", "’")
        if whose and mention.character and _SCREEN.match(view.text, mention.span.end):
            return mention.character
    return None


def _conversations(view: View, found: Sequence[Setting]) -> list[Conversation]:
    groups: list[list[tuple[Setting, frozenset[str]]]] = []
    for index, setting in enumerate(found):
        if setting.gap == "far" or not groups:
            groups.append([])
        groups[-1].append((setting, _narrated(view, setting, found[index - 1].turn if index else None)))
    return [talk for group in groups for talk in [_gathered(group)] * len(group)]


def _narrated(view: View, setting: Setting, before: Turn | None) -> frozenset[str]:
    turn = setting.turn
    start = turn.before.start
    if before is not None and setting.gap != "far":
        start = min(start, before.after.end)
    elif turn.paragraph:
        start = max(view.paragraphs[turn.paragraph - 1].start, before.span.end if before else 0)
        leaves = max((match.end() for match in LEAVES.finditer(view.text, start, turn.span.start)), default=start)
        start = view.paragraphs[turn.paragraph].start if leaves > start else start
    lead = {mention.character for mention in view.mentions_in(Span(start, setting.turn.before.start))}
    return setting.around | {who for who in lead if who is not None}


def _gathered(group: Sequence[tuple[Setting, frozenset[str]]]) -> Conversation:
    acting = Counter(
        tag.character for setting, _ in group for tag in (*_tags(setting), setting.previous) if tag and tag.character
    )
    called = Counter(who for setting, _ in group for who in setting.called)
    told = sum(not setting.untold or bool(setting.called) for setting, _ in group)
    return Conversation(acting, called, frozenset(who for _, narrated in group for who in narrated), told)


def _tags(setting: Setting) -> tuple[Tag | None, ...]:
    return setting.turn.tag, setting.beat_before, setting.beat_after


def _gaps(found: Sequence[Setting], index: int) -> tuple[str, ...]:
    """Return the widest gap on the way to each of the four turns of conversation before."""
    gaps: list[str] = []
    widest = found[index].gap
    for back in range(index - 1, max(-1, index - 12), -1):
        if len(gaps) == _BACK:
            break
        if not found[back].aside:
            gaps.append(widest)
        widest = max(widest, found[back].gap, key=WIDTHS.index)
    return (*gaps, *["far"] * (_BACK - len(gaps)))


def _acted(found: Sequence[Setting], index: int) -> frozenset[str]:
    if not index:
        return frozenset()
    return frozenset(tag.character for tag in _tags(found[index - 1]) if tag and tag.character)


def _echo(found: Sequence[Setting], index: int) -> int:
    """Return how many turns back the same description tagged a speaker; 0 where it did not of late."""
    tag = found[index].turn.tag
    if tag is None or tag.form != "nominal":
        return 0
    back = 0
    for at in range(index - 1, max(-1, index - _ECHO), -1):
        back += not found[at].aside
        other = found[at].turn.tag
        if other and other.form == "nominal" and other.character == tag.character:
            return 0 if found[at].aside else back
    return 0


def _bystanders(view: View, found: Sequence[Setting], lines: Sequence[Line], index: int) -> frozenset[str]:
    """Return who spoke in the room before a call, and has no part in it."""
    scene = found[index].turn.scene
    call = lines[index].call
    here = [
        at for at in range(max(0, index - _CALL), min(len(found), index + _CALL)) if found[at].turn.scene == scene
    ]
    inside = [at for at in here if lines[at].call == call]
    outside = [at for at in here if at < inside[0] and not lines[at].call and not lines[at].written]
    room = {tag.character for at in outside for tag in _tags(found[at]) if tag and tag.character}
    line = {tag.character for at in inside for tag in _tags(found[at]) if tag}
    line |= {who for at in inside for who in (*found[at].called, found[at].introduced)}
    present = {view.viewpoints[scene], view.narrators[scene]} if 0 <= scene < len(view.viewpoints) else set()
    return frozenset(who for who in room - line - present if who)
