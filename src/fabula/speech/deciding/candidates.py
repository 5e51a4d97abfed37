"""Who may be speaking: the candidates of every turn, and what speaks for and against each."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fabula.lexicon import words
from fabula.speech.settings import WIDTHS, Setting
from fabula.speech.tagging.tags import Tag
from fabula.speech.view import View
from fabula.story import Character, Gender

MOST = 9
"""Most candidates of a turn."""
_AHEAD = 3
_HERE = 8
"""Paragraphs within which somebody mentioned counts as about."""


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
    if setting.nobodys or (tag and tag.form == "somebody"):
        return []
    certain = tag is not None and (tag.form in ("name", "first") or _is_group(view, tag) or _is_ranked(view, tag))
    if tag and tag.character is not None and certain:
        return [tag.character]
    allowed = [
        who
        for who in dict.fromkeys(_about(view, known, index, spoke))
        if who is not None and who in view.characters and view.characters[who].gender != "plural"
    ]
    allowed = _fitting(view, tag, allowed)
    group = _they(view, setting, allowed)
    if group is not None:
        return group
    if tag is None:
        allowed = [who for who in allowed if who != setting.reader and _is_of_scene(view, setting, who)]
    if not setting.alone and setting.called and set(allowed) <= set(setting.called):
        return []
    return allowed[:MOST]


def _about(view: View, known: Sequence[Setting], index: int, spoke: Sequence[str]) -> list[str | None]:
    """Return everybody who comes to mind, likeliest kinds first, some twice."""
    setting = known[index]
    tag = setting.turn.tag
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
    narrator, viewpoint = _tellers(view, setting)
    if narrator is not None:
        found.insert(4, narrator)
    return [*found, viewpoint]


def _tellers(view: View, setting: Setting) -> tuple[str | None, str | None]:
    """Return the narrator of a turn's scene, and whose viewpoint its heading states."""
    scene = setting.turn.scene
    viewpoint = view.viewpoints[scene] if 0 <= scene < len(view.viewpoints) else None
    return view.narrators[max(0, scene)], viewpoint


def _is_of_scene(view: View, setting: Setting, who: str) -> bool:
    """Whether anything in the scene points at somebody, or they tell it."""
    scene = setting.turn.scene
    if not 0 <= scene < len(view.casts):
        return True
    return who in view.casts[scene] or who in _tellers(view, setting)


def _they(view: View, setting: Setting, allowed: Sequence[str]) -> list[str] | None:
    """Return who `they` may be where it is none of the candidates; also nobody, where a pronoun fits none of them."""
    tag = setting.turn.tag
    pronoun = tag or setting.beat_before
    if pronoun is None or pronoun.form != "pronoun" or not (tag or pronoun.gender == "neutral"):
        return None
    genders = {view.characters[who].gender for who in allowed}
    if tag and tag.gender == "neutral" and tag.character is None and "neutral" not in genders:
        group = next((who for who in setting.recent[:2] if view.characters[who].gender == "plural"), None)
        if group is not None:
            return [group]
    return None if any(agree(gender, pronoun.gender) for gender in genders) else []


def _is_ranked(view: View, tag: Tag) -> bool:
    """Whether a tag has somebody's title for a noun: `said the corporal` of Corporal Stokes."""
    who = view.characters.get(tag.character or "")
    if who is None or not who.named or tag.form != "nominal":
        return False
    noun = tag.span.of(view.text).lower().split()
    return noun[:1] == ["the"] and len(noun) == 2 and noun[1] in words("titles", "unknown") & _titles(who)


def _fitting(view: View, tag: Tag | None, allowed: Sequence[str]) -> list[str]:
    """Return those whom a tag may mean by a pronoun or a description.

    That is nobody whose title is the other's, if another is about, and nobody told apart from the one described.
    """
    if tag and tag.form == "nominal" and tag.character in view.characters:
        return [who for who in allowed if (tag.character, who) not in view.apart]
    if tag is None or tag.form != "pronoun" or tag.character is None or tag.gender not in ("female", "male"):
        return list(allowed)
    others = words("titles", "male" if tag.gender == "female" else "female")
    return [who for who in allowed if not _titles(view.characters[who]) & others] or list(allowed)


def _titles(who: Character) -> set[str]:
    """Return the first words of somebody's names of several words, titles among them."""
    if not who.named:
        return set()
    return {alias.split()[0].rstrip(".").lower() for alias in who.aliases if " " in alias}


def _is_group(view: View, tag: Tag) -> bool:
    """Whether a tag names several who speak as one: the crowd."""
    who = view.characters.get(tag.character or "")
    return who is not None and who.gender == "plural"


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
    found += _of_tag(setting.turn.tag, who, person.gender, kind)
    found += _of_beats(setting, who, person.gender)
    found += _of_words(known, index, who, person.gender)
    here = who in (view.narrators[setting.turn.scene], view.viewpoints[setting.turn.scene])
    found += [] if here or who in setting.present else [("absent", 1.0)]
    found += _of_rank(view, setting, who)
    found += _of_neighbours(known, index, who, person.gender)
    found += _of_conversation(setting, who, here=here)
    found += [("bystander", 1.0)] if who in setting.bystanders else []
    if setting.incoming and who in (view.narrators[setting.turn.scene], view.viewpoints[setting.turn.scene]):
        found.append(("reads-it", 1.0))
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


def _of_rank(view: View, setting: Setting, who: str) -> list[tuple[str, float]]:
    """Return how late somebody was mentioned among those whom the words fit."""
    gender = setting.turn.tag.gender if setting.turn.tag else "unknown"
    if who not in setting.recent:
        return []
    fitting = [
        one for one in setting.recent if one not in setting.called and agree(view.characters[one].gender, gender)
    ]
    return [(f"fits{min(fitting.index(who), 4)}", 1.0)] if who in fitting else []


def _of_conversation(setting: Setting, who: str, *, here: bool) -> list[tuple[str, float]]:
    talk = setting.conversation
    found = [(f"acts{min(talk.acting[who], 2)}", 1.0), (f"called{min(talk.called[who], 1)}", 1.0)]
    of_party = who in talk.acting or who in talk.called
    if talk.is_of_two:
        found.append((f"party-{of_party}", 1.0))
    if not here and who not in talk.narrated and not of_party:
        found.append(("outside", 1.0))
    age = setting.age.get(who, 99)
    bucket = 0 if age == 0 else 1 if age <= 1 else 3 if age <= 3 else 8 if age <= 8 else 20 if age <= 20 else 99
    found.append((f"age{bucket}", 1.0))
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
            # Few novels that the weights were fitted to tell in the first person: before speech `I` is like a name.
            form = "name" if tag.form == "first" and name == "before" else tag.form
            found.append((f"beat-{name}-{form}" + ("-colon" if name == "lead" and setting.leads else ""), 1.0))
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
    if index and who in known[index - 1].around:
        found.append((f"around-before-{setting.gap}-{len(known[index - 1].around) > 1}-{who in setting.acted}", 1.0))
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
        gap = max(gap, known[index + step].gap, key=("", *WIDTHS).index)
        tag = known[index + step].turn.tag
        if tag is None or gap == "far":
            continue
        if tag.form in ("name", "first") and tag.character == who:
            found.append((f"ahead{step}-is-{gap}", 1.0))
        elif tag.form != "name" and step < 3:
            found.append((f"ahead{step}-{_agreement(tag.gender, gender)}", 1.0))
            found += [(f"ahead{step}-may-be", 1.0)] if tag.character == who else []
    return found
