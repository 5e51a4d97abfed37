"""Who may be speaking: the candidates of every turn, and what speaks for and against each."""

from __future__ import annotations

import math
import re
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.spans import Span
from fabula.speech.conversations import Conversation, Share, conversations
from fabula.speech.tags import Tag, beat, last_sentence, subjects
from fabula.speech.turns import Turn
from fabula.speech.view import View
from fabula.speech.vocatives import genders_called, introduced, vocatives
from fabula.story import Character, Gender

MOST = 9
"""Most candidates of a turn."""
_RECENT = 12
_AHEAD = 3
_HERE = 8
"""Paragraphs within which somebody mentioned counts as about."""
_SELF = re.compile(r"\b(?:to (?:himself|herself|itself|myself|no ?(?:one|body)(?: in particular)?)|aloud)\b")


class Setting(NamedTuple):
    """A turn with what is known of it before anybody's guess.

    Attributes:
        turn: the turn.
        group: which evidence decides: `name`, `first`, `nominal`, `pronoun`, or `none` (no tag).
        gap: how it follows the turn before: `same` paragraph, `next` paragraph, `near` (narration between), `far`.
        called: ids called by name in it.
        calls: genders that forms of address state.
        named: ids mentioned in it otherwise.
        beat_before, beat_after: subject of the narration before and after it in its paragraph.
        around: ids mentioned in the narration of its paragraph.
        previous: subject of the last sentence of the narration paragraph before it.
        previous_named: ids mentioned in that paragraph, the last one last.
        leads: whether that paragraph ends in a colon.
        recent: ids mentioned in narration before it, the latest first.
        present: ids mentioned in the narration of its scene so far.
        introduced: id of whoever names themselves in it.
        alone: whether a tag says that somebody speaks to themselves.
        echo: how many turns back the same description was the tag; 0 where it was not of late.
        conversation: the one it belongs to.
        age: id to paragraphs since the last mention in narration.
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
    present: frozenset[str] = frozenset()
    introduced: str | None = None
    alone: bool = False
    echo: int = 0
    conversation: Conversation = Conversation(Counter(), Counter(), frozenset())
    age: Mapping[str, int] = {}


def settings(view: View, turns: Sequence[Turn]) -> list[Setting]:
    """Describe every turn by itself."""
    recent: deque[str] = deque(maxlen=_RECENT)
    found: list[Setting] = []
    present: set[str] = set()
    at = 0
    quotes = {turn.paragraph for turn in turns} | {turn.last for turn in turns}
    places: dict[str, int] = {}
    for index, turn in enumerate(turns):
        if index and turns[index - 1].scene != turn.scene:
            present = set()
        while at < len(view.mentions) and view.mentions[at].span.start < turn.span.start:
            noted = _note(recent, view, at, turns, index)
            if noted:
                places[recent[0]] = view.paragraph_at(view.mentions[at].span.start)
            if noted and turn.scene < len(view.scene_starts):
                present |= {recent[0]} if view.mentions[at].span.start >= view.scene_starts[turn.scene] else set()
            at += 1
        before = turns[index - 1] if index else None
        setting = _setting(view, turn, before, quotes, tuple(recent))
        found.append(
            setting._replace(
                echo=_echo(turns, index),
                age={who: turn.paragraph - places[who] for who in recent},
                present=frozenset(present),
                introduced=next((who for piece in turn.pieces if (who := introduced(view, piece))), None),
                alone=_alone(view, setting, found[-1] if found else None),
            )
        )
    talks = conversations(
        [_share(view, setting, turns[index - 1] if index else None) for index, setting in enumerate(found)]
    )
    return [setting._replace(conversation=talk) for setting, talk in zip(found, talks, strict=True)]


def _share(view: View, setting: Setting, before: Turn | None) -> Share:
    """Return what a turn tells about who takes part in its conversation."""
    start = setting.turn.before.start
    if before is not None and setting.gap != "far":
        start = min(start, before.after.end)
    lead = {mention.character for mention in view.mentions_in(Span(start, setting.turn.before.start))}
    narrated = setting.around | {who for who in lead if who is not None}
    tags = (setting.turn.tag, setting.beat_before, setting.beat_after, setting.previous)
    return Share(setting.turn, setting.gap == "far", tags, setting.called, frozenset(narrated))


def _alone(view: View, setting: Setting, before: Setting | None) -> bool:
    """Whether a tag says that somebody speaks to themselves, or they go on to call themselves by the same name."""
    if setting.turn.tag is not None:
        return _SELF.search(setting.turn.after.of(view.text)[:70]) is not None
    goes_on = before is not None and before.alone and setting.gap in ("same", "next")
    return goes_on and before is not None and bool(set(before.called) & {*setting.called, *setting.named})


def _echo(turns: Sequence[Turn], index: int) -> int:
    """Return how many turns back the same description tagged a speaker; 0 where it did not of late."""
    tag = turns[index].tag
    if tag is None or tag.form != "nominal":
        return 0
    for back in range(1, min(index, 9) + 1):
        other = turns[index - back].tag
        if other and other.form == "nominal" and other.character == tag.character:
            return back
    return 0


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
    return any(piece.holds(span) for piece in turn.pieces)


def _setting(view: View, turn: Turn, before: Turn | None, quotes: set[int], recent: tuple[str, ...]) -> Setting:
    called = tuple(dict.fromkeys(who for piece in turn.pieces for who in vocatives(view, piece)))
    spoken = {
        mention.character for piece in turn.pieces for mention in view.mentions_in(piece) if mention.form == "name"
    }
    around = [m.character for span in (turn.before, turn.after) for m in view.mentions_in(span)]
    previous, previous_named, leads = _lead(view, turn, quotes)
    return Setting(
        turn,
        turn.tag.form if turn.tag else "none",
        _gap(turn, before),
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
    )


def _gap(turn: Turn, before: Turn | None) -> str:
    if before is None or before.scene != turn.scene:
        return "far"
    distance = turn.paragraph - before.last
    if distance <= 1:
        return "same" if distance == 0 else "next"
    return "near" if distance <= 3 else "far"


def _lead(view: View, turn: Turn, quotes: set[int]) -> tuple[Tag | None, tuple[str, ...], bool]:
    """Return what the narration paragraph just before a turn says of who is about to speak."""
    if turn.paragraph == 0 or turn.paragraph - 1 in quotes or turn.before.of(view.text).strip():
        return None, (), False
    span = view.paragraphs[turn.paragraph - 1]
    sentence = last_sentence(view.text, span)
    named = tuple(m.character for m in subjects(view.mentions_in(span)) if m.character is not None)
    return beat(view, sentence, last=True), named, view.text[span.start : span.end].rstrip()[-1:] == ":"


def candidates(view: View, known: Sequence[Setting], index: int, spoke: Sequence[str]) -> list[str]:
    """Return ids of those who may speak a turn, likeliest kinds first, each once.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        index: of the turn.
        spoke: ids of tagged speakers of the turns before, the latest first.
    """
    setting = known[index]
    tag = setting.turn.tag
    if tag and tag.form in ("name", "first") and tag.character is not None:
        return [tag.character]
    found: list[str | None] = [tag.character if tag else None]
    found += [other.character for other in (setting.beat_before, setting.beat_after, setting.previous) if other]
    found.append(setting.introduced)
    found += setting.called if setting.alone else ()
    for other in known[max(0, index - 2) : index]:
        found += other.called
    for other in known[max(0, index - 1) : index]:
        found += sorted(other.around)
    found += spoke[:4]
    for other in known[index + 1 : index + 1 + _AHEAD]:
        if other.turn.scene == setting.turn.scene:
            found += [other.turn.tag.character] if other.turn.tag else []
            found += other.called[:1]
    found += setting.recent[:6]
    found += spoke[4:8]
    narrator = view.narrators[max(0, setting.turn.scene)]
    if narrator is not None:
        found.insert(4, narrator)
    viewpoint = view.viewpoints[setting.turn.scene] if 0 <= setting.turn.scene < len(view.viewpoints) else None
    found.append(viewpoint)
    allowed = dict.fromkeys(who for who in found if who is not None and who in view.characters)
    return list(allowed)[:MOST]


def features(view: View, known: Sequence[Setting], index: int, who: str) -> list[tuple[str, float]]:
    """Return what speaks for and against a candidate, whoever spoke before.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        index: of the turn.
        who: the candidate.

    Returns:
        Names of features with their values; the group of the turn is part of each name.
    """
    setting = known[index]
    person = view.characters[who]
    kind = _kind(view, setting, person)
    found: list[tuple[str, float]] = [("frequency", math.log1p(person.mentions) / 8), (f"is{kind}", 1.0)]
    found += [("narrator", 1.0)] if person.narrator else []
    if kind and who in known[max(0, index - 1)].around:
        found.append((f"around-last{kind}", 1.0))
    found += _of_tag(setting.turn.tag, who, person.gender, kind)
    found += _of_beats(setting, who, person.gender)
    found += _of_words(known, index, who, person.gender)
    found += _of_neighbours(known, index, who, person.gender)
    found += _of_conversation(setting, who, kind)
    if who in setting.recent:
        found.append((f"recent{min(setting.recent.index(who), 4)}", 1.0))
    if 0 <= setting.turn.scene < len(view.viewpoints) and who == view.viewpoints[setting.turn.scene]:
        found.append(("viewpoint", 1.0))
    return [(f"{setting.group}:{name}", value) for name, value in found]


def _kind(view: View, setting: Setting, person: Character) -> str:
    """Return how a candidate is known: by name (empty), by a description that may be somebody named here, or not."""
    if person.named:
        return ""
    for who, age in setting.age.items():
        other = view.characters[who]
        if other.named and age <= _HERE and who not in setting.called and agree(other.gender, person.gender):
            return "-perhaps"
    return "-other"


def agree(one: Gender, other: Gender) -> bool:
    """Whether two genders may belong to one person."""
    return one == other or "unknown" in (one, other)


def _of_conversation(setting: Setting, who: str, kind: str) -> list[tuple[str, float]]:
    talk = setting.conversation
    found = [(f"acts{min(talk.acting[who], 2)}{kind}", 1.0), (f"called{min(talk.called[who], 1)}", 1.0)]
    party = talk.party
    if len(party) == 2:
        found.append((f"party-{who in party}", 1.0))
    if who not in talk.narrated and who not in party:
        found.append((f"outside{kind}", 1.0))
    age = setting.age.get(who, 99)
    bucket = 0 if age == 0 else 1 if age <= 1 else 3 if age <= 3 else 8 if age <= 8 else 20 if age <= 20 else 99
    found.append((f"age{bucket}{kind}", 1.0))
    return found


def _agreement(one: Gender, other: Gender) -> str:
    if "unknown" in (one, other):
        return "open"
    return "agrees" if one == other else "clashes"


def _of_tag(tag: Tag | None, who: str, gender: Gender, kind: str) -> list[tuple[str, float]]:
    if tag is None:
        return []
    found = [(f"tag-{_agreement(tag.gender, gender)}{kind}", 1.0)]
    if tag.character == who:
        sort = "" if not kind else "-new" if tag.indefinite else "-unnamed" if tag.generic else "-role"
        found.append((f"tag-is{sort}{kind}", 1.0))
    elif tag.indefinite:
        found.append(("tag-new", 1.0))
    return found


def _of_beats(setting: Setting, who: str, gender: Gender) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for name, tag in (("before", setting.beat_before), ("after", setting.beat_after), ("lead", setting.previous)):
        if tag is None:
            continue
        if tag.character == who:
            found.append((f"beat-{name}-{tag.form}" + ("-colon" if name == "lead" and setting.leads else ""), 1.0))
        if tag.form == "pronoun":
            found.append((f"beat-{name}-{_agreement(tag.gender, gender)}", 1.0))
    if who in setting.around and not any(
        tag and tag.character == who for tag in (setting.beat_before, setting.beat_after)
    ):
        found.append(("around", 1.0))
    if setting.previous_named:
        found += [("lead-last", 1.0)] if who == setting.previous_named[-1] else []
        found += [("lead-named", 1.0)] if who in setting.previous_named else []
    return found


def _of_words(known: Sequence[Setting], index: int, who: str, gender: Gender) -> list[tuple[str, float]]:
    setting = known[index]
    found: list[tuple[str, float]] = []
    if setting.alone and (who in setting.called or who in setting.named):
        found.append(("calls-self-alone", 1.0))
    elif who in setting.called:
        found.append(("calls-self", 1.0))
    found += [("introduces", 1.0)] if who == setting.introduced else []
    found += [] if who in setting.present else [("absent", 1.0)]
    if index and who in known[index - 1].around:
        found.append((f"around-before-{setting.gap}-{len(known[index - 1].around) > 1}", 1.0))
    found += [("names-self", 1.0)] if who in setting.named and not setting.alone else []
    for step, name in ((-1, "called-before"), (1, "called-after"), (-2, "called-before-2")):
        if not 0 <= index + step < len(known):
            continue
        other = known[index + step]
        gap = setting.gap if step == -1 else known[index + 1].gap if step == 1 else "next"
        found += [(f"{name}-{gap}", 1.0)] if who in other.called else []
        if abs(step) == 1 and len(other.calls) == 1 and gender in ("female", "male"):
            found.append((f"{name}-gender-{gender in other.calls}", 1.0))
    return found


def _of_neighbours(known: Sequence[Setting], index: int, who: str, gender: Gender) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    gap = ""
    for step in (1, 2, 3):
        if index + step >= len(known):
            break
        gap = max(gap, known[index + step].gap, key=("", "same", "next", "near", "far").index)
        tag = known[index + step].turn.tag
        if tag is None or gap == "far":
            continue
        if tag.form in ("name", "first") and tag.character == who:
            found.append((f"ahead{step}-is-{gap}", 1.0))
        elif tag.form != "name" and step < 3:
            found.append((f"ahead{step}-{_agreement(tag.gender, gender)}", 1.0))
            found += [(f"ahead{step}-may-be", 1.0)] if tag.character == who else []
    return found
