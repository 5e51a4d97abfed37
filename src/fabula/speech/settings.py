"""What is known of every turn before anybody guesses who speaks it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from fabula.spans import Span
from fabula.speech.tagging.clauses import last_sentence
from fabula.speech.tagging.tags import Tag, beat, subjects
from fabula.speech.tagging.vocatives import genders_called, introduced, vocatives
from fabula.speech.turns import Turn
from fabula.speech.view import View

Neighbours = tuple[tuple[int, str], ...]

_RECENT = 12
WIDTHS = ("same", "next", "step", "near", "far")
"""Gaps, the narrowest first."""
_TAG = 60
"""A tag that ends a paragraph is not longer than so many code points."""
_WIDE = 420
"""Narration of so many code points between two turns makes a pause."""
LEAVES = re.compile(
    r"\b(?:(?:dart|storm|rush|hurri|march|stalk|walk|stumbl|head|rac|dash|slipp|bolt|jogg)(?:ed|s|es)?"
    r"|drove|ran|went|fled|strode|swept) (?:out of|away from|home|off down|off to)\b"
    r"|\b(?:made|makes) (?:her|his|my|their) way (?:to|back|home|upstairs|downstairs)\b"
    r"|\breturned home\b"
    r"|\b(?:left|leaves) the (?:room|house|office|building|flat|apartment|shop|bar|station|kitchen)\b"
)
"""Words by which somebody leaves: who was there before is there no longer."""
_WHO = re.compile(
    r"\b(?:[Ww]ho(?: is|['’]s|['’]re| are) (?:it|this|that|there|you)|[Ww]ho goes there"
    r"|(?:your )?[Nn]ame)\b[^.!?]{0,12}\?"
)
_QUESTION = 60
_KEEPS_STILL = re.compile(
    r"\b(?:(?:did|does|do|would|could) not|didn['’]t|doesn['’]t|don['’]t|never) (?:move|answer|reply|speak"
    r"|respond|say anything|stir)\b"
    r"|\b(?:said|says) nothing\b|\b(?:was|were|kept|stayed|remained) (?:silent|quiet|still)\b|\bheld (?:her"
    r"|his|my|their) (?:breath|tongue)\b"
)
_DESCRIBED = re.compile(
    r"(?:The|An?|His|Her|My|Their|Our|One of the) (?:[a-z][\w-]+ ){1,2}"
    r"(?:turned|looked|shook|nodded|leaned|came|stood|sat|glanced|raised|lowered|put|held|frowned|smiled|laughed"
    r"|sighed|shrugged|stepped|pointed|waited|stared|opened|closed|took|did not|was)\b"
)
_SELF = re.compile(r"\b(?:to (?:himself|herself|itself|myself|no ?(?:one|body)(?: in particular)?)|aloud)\b")


class Conversation(NamedTuple):
    """Turns without long narration or a scene's end between them.

    Attributes:
        acting: id to how often somebody is the subject of a tag or of narration beside speech, named or described.
        called: id to how often somebody is called by name.
        narrated: ids mentioned in the narration within it.
        told: turns beside which somebody is named as speaking or acting, or in which somebody is called.
    """

    acting: Counter[str]
    called: Counter[str]
    narrated: frozenset[str]
    told: int = 0

    @property
    def party(self) -> frozenset[str]:
        """Everybody who acts or is called."""
        return frozenset((*self.acting, *self.called))

    @property
    def is_of_two(self) -> bool:
        """Whether two people act or are called."""
        return max(len(self.acting), len(self.called)) <= 2 and len(self.party) == 2


@dataclass(frozen=True, slots=True)
class Present:
    """Those whom the narration of a scene has mentioned up to a turn.

    Attributes:
        since: id to the number of the turn before which the scene first mentions somebody; one table for all turns of
            a scene, for a scene may be as long as a book.
        turn: number of the turn.
    """

    since: Mapping[str, int]
    turn: int

    def __contains__(self, who: object) -> bool:
        return isinstance(who, str) and self.since.get(who, self.turn + 1) <= self.turn


class Setting(NamedTuple):
    """A turn with what is known of it before anybody's guess.

    Attributes:
        turn: the turn.
        group: which evidence decides: `name`, `first`, `nominal`, `pronoun`, or `none` (no tag).
        gap: how it follows the turn before: `same` paragraph, `next` paragraph, a `step` (narration in
            their paragraphs between), `near` (narration between), `far`.
        called: ids called by name in it.
        calls: genders that forms of address state.
        named: ids mentioned in it otherwise.
        beat_before, beat_after: subject of the narration before and after it in its paragraph.
        around: ids mentioned in the narration of its paragraph.
        previous: subject of the last sentence of the narration paragraph before it.
        previous_named: ids mentioned in that paragraph, the last one last.
        leads: whether that paragraph ends in a colon.
        stranger: whether its last sentence is about somebody described who is not known: `The driver turned.`.
        recent: ids mentioned in narration before it, the latest first.
        present: those mentioned in the narration of its scene so far.
        introduced: id of whoever names themselves in it.
        alone: whether a tag says that somebody speaks to themselves.
        echo: how many turns back the same description was the tag; 0 where it was not of late.
        conversation: the one it belongs to.
        age: id to paragraphs since the last mention in narration.
        gaps: the widest gap on the way back to the turn before, the one before that, and so on up to four.
        neighbours: the last three turns of conversation before it and the next three after it, the nearest first: the
            number of each, and the widest gap on the way.
        about: ids in the narration of its conversation so far; three or more of them, where there are more.
        answers: ids called by name in the turn before, where it stands close.
        lost: turns to the nearest one of its conversation that says who speaks.
        acted: ids that the tag or the narration beside the turn before is about.
        aside: whether the words are no part of a conversation: sung, written in a letter, announced.
        recorded: whether a machine says the words.
        incoming: whether the words are a message that appears on a screen.
        reader: id of whoever holds the screen that the message appears on; None where the text does not say.
        bystanders: in a call, ids of those who are in the room but not on the line.
        over: number of turns since a call ended, from 0; -1 where none did.
        over_age: paragraphs since then.
        nobodys: whether the words come from where nobody of the scene is, and no tag says whose they are.
        stated: id of the speaker whom the author states; None where they state none.
        voices: whom the network takes for the speaker: id to chance, over all pieces; empty without it. No part of
            the choice, but of how sure it is.
    """

    turn: Turn
    group: str
    gap: str
    called: tuple[str, ...]
    calls: frozenset[str]
    named: frozenset[str]
    beat_before: Tag | None
    beat_after: Tag | None
    around: frozenset[str]
    previous: Tag | None
    previous_named: tuple[str, ...]
    leads: bool
    recent: tuple[str, ...]
    present: Present = Present(MappingProxyType({}), 0)
    introduced: str | None = None
    alone: bool = False
    echo: int = 0
    conversation: Conversation = Conversation(Counter(), Counter(), frozenset())
    age: Mapping[str, int] = {}
    gaps: tuple[str, ...] = ("far", "far", "far", "far")
    neighbours: tuple[Neighbours, Neighbours] = ((), ())
    about: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()
    lost: int = 0
    acted: frozenset[str] = frozenset()
    aside: bool = False
    recorded: bool = False
    incoming: bool = False
    reader: str | None = None
    bystanders: frozenset[str] = frozenset()
    over: int = -1
    over_age: int = 0
    nobodys: bool = False
    stated: str | None = None
    voices: Mapping[str, float] = MappingProxyType({})
    stranger: bool = False

    @property
    def untold(self) -> bool:
        """Whether neither the narration beside it nor the words themselves say anything of who speaks."""
        return not (self.turn.tag or self.beat_before or self.beat_after or self.introduced)


def settings(view: View, turns: Sequence[Turn]) -> list[Setting]:
    """Describe every turn by itself."""
    recent: deque[str] = deque(maxlen=_RECENT)
    found: list[Setting] = []
    present: dict[str, int] = {}
    at = 0
    quotes = {turn.paragraph for turn in turns} | {turn.last for turn in turns}
    places: dict[str, int] = {}
    for index, turn in enumerate(turns):
        if index and turns[index - 1].scene != turn.scene:
            present = {}
        while at < len(view.mentions) and view.mentions[at].span.start < turn.span.start:
            noted = _note(recent, view, at, turns, index)
            if noted:
                places[recent[0]] = view.paragraph_at(view.mentions[at].span.start)
            here = view.scene_starts[turn.scene] if turn.scene < len(view.scene_starts) else len(view.text)
            if noted and view.mentions[at].span.start >= here:
                present.setdefault(recent[0], index)
            at += 1
        before = turns[index - 1] if index else None
        setting = _setting(view, turn, before, quotes, tuple(recent))
        own = _own_name(view, turn, before)
        found.append(
            setting._replace(
                age={who: turn.paragraph - places[who] for who in recent},
                present=Present(present, index),
                called=tuple(who for who in setting.called if who != own),
                introduced=own or next((who for piece in turn.pieces if (who := introduced(view, piece))), None),
                alone=_alone(view, setting, found[-1] if found else None),
            )
        )
    return found


def _own_name(view: View, turn: Turn, before: Turn | None) -> str | None:
    """Return the id of whoever answers a question for their name with nothing but that name."""
    if before is None or before.scene != turn.scene or turn.paragraph - before.last > 1:
        return None
    if (
        _WHO.search(view.text, max(before.pieces[-1].start, before.pieces[-1].end - _QUESTION), before.pieces[-1].end)
        is None
    ):
        return None
    first = turn.pieces[0]
    mention = next(iter(view.mentions_in(first)), None)
    if mention is None or mention.form != "name":
        return None
    around = view.text[first.start : mention.span.start] + view.text[mention.span.end : first.end]
    return None if any(letter.isalnum() for letter in around) else mention.character


def _alone(view: View, setting: Setting, before: Setting | None) -> bool:
    """Whether a tag says that somebody speaks to themselves, or they go on to call themselves by the same name."""
    if setting.turn.tag is not None:
        return _SELF.search(setting.turn.after.of(view.text)[:70]) is not None
    goes_on = before is not None and before.alone and setting.gap in ("same", "next", "step")
    return goes_on and before is not None and bool(set(before.called) & {*setting.called, *setting.named})


def _note(recent: deque[str], view: View, at: int, turns: Sequence[Turn], index: int) -> bool:
    """Put a narrated mention at the head of those in mind; False where it is none."""
    mention = view.mentions[at]
    if mention.character is None:
        return False
    if index and turns[index - 1].span.has(mention.span.start) and _spoken(turns[index - 1], mention.span):
        return False
    if mention.character in recent:
        recent.remove(mention.character)
    recent.appendleft(mention.character)
    return True


def _spoken(turn: Turn, span: Span) -> bool:
    at = bisect_right(turn.pieces, span.start, key=_start) - 1
    return at >= 0 and turn.pieces[at].holds(span)


def _start(span: Span) -> int:
    return span.start


def _setting(view: View, turn: Turn, before: Turn | None, quotes: set[int], recent: tuple[str, ...]) -> Setting:
    called = tuple(dict.fromkeys(who for piece in turn.pieces for who in vocatives(view, piece)))
    spoken = {
        mention.character for piece in turn.pieces for mention in view.mentions_in(piece) if mention.form == "name"
    }
    around = [m.character for span in (turn.before, turn.after) for m in view.mentions_in(span)]
    previous, previous_named, leads = _lead(view, turn, quotes)
    silent = previous is not None and _is_silent(view, view.paragraphs[turn.paragraph - 1])
    previous = None if silent else previous
    led = turn.paragraph > 0 and turn.paragraph - 1 not in quotes and not turn.before.of(view.text).strip()
    return Setting(
        turn,
        turn.tag.form if turn.tag else "none",
        _gap(view, turn, before),
        called,
        frozenset(gender for piece in turn.pieces for gender in genders_called(view.text, piece)),
        frozenset(who for who in spoken if who is not None and who not in called),
        beat(view, turn.before, last=True) if turn.tag is None else None,
        beat(view, turn.after, last=False) if turn.tag is None else None,
        frozenset(who for who in around if who is not None),
        previous,
        previous_named,
        leads,
        recent,
        stranger=silent or (led and _is_stranger(view, view.paragraphs[turn.paragraph - 1], previous)),
        voices=_heard(view, turn),
    )


def _heard(view: View, turn: Turn) -> dict[str, float]:
    """Return whom the network takes for the speaker of a turn: id to chance, over all its pieces."""
    found: dict[str, float] = {}
    for piece in turn.pieces:
        for who, chance in view.voices.get(piece.start, {}).items():
            found[who] = found.get(who, 0.0) + chance
    whole = sum(found.values())
    return {who: chance / whole for who, chance in found.items()} if whole else {}


def _is_silent(view: View, span: Span) -> bool:
    """Whether the last sentence of some narration says that somebody does not speak."""
    sentence = last_sentence(view.text, span)
    return _KEEPS_STILL.search(view.text, sentence.start, sentence.end) is not None


def _is_stranger(view: View, span: Span, subject: Tag | None) -> bool:
    """Whether the last sentence of some narration opens with a description that points at nobody known."""
    if subject is not None and subject.form == "nominal" and subject.character is None:
        return True
    sentence = last_sentence(view.text, span)
    match = _DESCRIBED.match(view.text, sentence.start, sentence.end)
    return match is not None and (subject is None or subject.span.start >= match.end())


def _gap(view: View, turn: Turn, before: Turn | None) -> str:
    if before is None or before.scene != turn.scene:
        return "far"
    distance = turn.paragraph - before.last
    if distance == 0:
        return "same"
    between = view.text[before.span.end : turn.span.start]
    if distance > 3 or LEAVES.search(between):
        return "far"
    if distance == 1 and len(between) <= _WIDE:
        led = view.text[turn.before.start : turn.before.end].strip()
        return "step" if led or len(between) > _TAG else "next"
    return "near"


def _lead(view: View, turn: Turn, quotes: set[int]) -> tuple[Tag | None, tuple[str, ...], bool]:
    """Return what the narration paragraph just before a turn says of who is about to speak."""
    if turn.paragraph == 0 or turn.paragraph - 1 in quotes or turn.before.of(view.text).strip():
        return None, (), False
    span = view.paragraphs[turn.paragraph - 1]
    sentence = last_sentence(view.text, span)
    named = tuple(m.character for m in subjects(view.mentions_in(span)) if m.character is not None)
    return beat(view, sentence, last=True), named, view.text[span.start : span.end].rstrip()[-1:] == ":"
