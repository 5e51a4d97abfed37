"""The speech chapter from end to end."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

from fabula.speech import reasons
from fabula.speech.channels.manners import Manner
from fabula.speech.deciding.addressees import addressees
from fabula.speech.deciding.confidence import doubts
from fabula.speech.deciding.decode import Choice, decide
from fabula.speech.deciding.stated import obeyed, with_stated
from fabula.speech.preparation import prepare
from fabula.speech.settings import Setting
from fabula.speech.unquoted.implied import Said, letters, machine_lines, verses
from fabula.speech.unquoted.thoughts import find_thoughts
from fabula.speech.unquoted.unmarked import unmarked_lines
from fabula.speech.view import View, view_of
from fabula.story import Correction, Evidence, Telling, Utterance

_DOUBTFUL = 0.2
"""Below this chance nobody is named."""
_COMPANY = 3
_NEAR, _KEPT = 10, 0.975
_LONE = 0.45
"""How sure the only candidate is where nothing says that they speak."""
_NAMED = frozenset(("name", "first", "nominal"))
_SURE = 0.5
"""From this chance on whom the narration names holds against a correction of a line near by."""


@lru_cache(maxsize=2)
def shipped_weights(section: str = "weights") -> dict[str, float]:
    """Return weights that come with the package.

    Args:
        section: `weights` for speakers, `hearers` for whom they speak to, `confidence` for how sure a choice is.
    """
    table = tomllib.loads(files("fabula.speech.deciding").joinpath("weights.toml").read_text("utf-8"))
    return {name: float(value) for name, value in table[section].items()}


def find_utterances(telling: Telling) -> tuple[Utterance, ...]:
    """Find utterances, their speakers and hearers.

    Args:
        telling: with the layers `paragraphs`, `scenes`, `quotes`, `mentions`, `characters` and `corrections`.

    Returns:
        Utterances in order.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    view = view_of(telling)
    corrections: tuple[Correction, ...] = telling.layer("corrections", wanted_by="speech")
    found, how, fixed = prepare(view)
    known, choices = _decided(view, found, fixed, corrections)
    hearers = addressees(view, known, choices, shipped_weights("hearers"))
    spoken = [
        replace(
            _utterance(view, setting, choice, hearers[index], manner),
            kind=manner.kind,
            channel=manner.channel,
        )
        for index, (setting, choice, manner) in enumerate(zip(known, choices, how, strict=True))
    ]
    speakers = [(said.start, said.speaker) for said in spoken if said.speaker is not None]
    unquoted = _unquoted(view, known, how, spoken)
    unquoted += unmarked_lines(view)
    taken = [piece for said in unquoted for piece in said.pieces]
    unquoted += [
        said
        for said in find_thoughts(view, tuple(telling.marked("italic")), speakers)
        if not any(piece.overlap(span) for piece in said.pieces for span in taken)
    ]
    spoken += obeyed(view, unquoted, corrections)
    denied = [entry.span for entry in corrections if entry.kind == "not_speech" and entry.span is not None]
    kept = (said for said in spoken if not any(piece.overlap(span) for piece in said.pieces for span in denied))
    return tuple(sorted(kept, key=lambda said: said.start))


def _decided(
    view: View, known: Sequence[Setting], fixed: Mapping[int, str], corrections: Sequence[Correction]
) -> tuple[Sequence[Setting], list[Choice]]:
    """Choose the speakers, and those of a conversation again where the author states one.

    Against the author's word on another line only those hold whom the narration names.
    """
    choices = decide(view, known, shipped_weights(), fixed)
    told = with_stated(view, known, corrections)
    if all(setting.stated is None for setting in told):
        return known, choices
    talks = list(accumulate(setting.gap == "far" for setting in told))
    concerned = {talk for talk, setting in zip(talks, told, strict=True) if setting.stated is not None}
    held = {
        index: choice
        for index, (setting, choice) in enumerate(zip(told, choices, strict=True))
        if talks[index] not in concerned
        or (setting.stated is None and setting.group in _NAMED and choice.chance >= _SURE)
    }
    fixed = {**fixed} | {index: choice.speaker for index, choice in held.items() if choice.speaker is not None}
    again = decide(view, told, shipped_weights(), fixed)
    return told, [held.get(index, choice) for index, choice in enumerate(again)]


def _unquoted(
    view: View, known: Sequence[Setting], how: Sequence[Manner], spoken: Sequence[Utterance]
) -> list[Utterance]:
    """Return what is said, sung or written without quotation marks."""
    found = [*verses(view), *letters(view)]
    heard: list[str] = []
    for setting, manner, said in zip(known, how, spoken, strict=True):
        machine = machine_lines(view, setting, manner, Said(said.speaker, said.addressees), heard)
        found += [machine] if machine is not None else []
        heard += [piece.of(view.text) for piece in setting.turn.pieces] if manner.channel == "voicemail" else []
    return found


def _utterance(view: View, setting: Setting, choice: Choice, hearers: tuple[str, ...], manner: Manner) -> Utterance:
    tag = setting.turn.tag
    if setting.stated is not None:
        return Utterance(setting.turn.pieces, choice.speaker, hearers, evidence="correction", confidence=1.0)
    if tag and tag.form == "name" and tag.character in view.namesakes:
        return Utterance(setting.turn.pieces, reason=reasons.NAMESAKES)
    guess = _is_guess(setting, choice)
    if choice.speaker is None or choice.chance < _DOUBTFUL or guess:
        reason = reasons.SEVERAL if choice.speaker else _unnamed(setting, choice, manner)
        return Utterance(setting.turn.pieces, reason=reason)
    return Utterance(
        setting.turn.pieces,
        choice.speaker,
        hearers,
        evidence=_evidence(view, setting, choice.speaker),
        cue=tag.span if tag else None,
        confidence=round(_calibrated(setting, choice), 3),
        reason=_doubt(setting, choice),
    )


def _doubt(setting: Setting, choice: Choice) -> str:
    """Return why somebody may not be who speaks; empty where there is little doubt."""
    if choice.lone:
        return reasons.LONE
    if choice.chance < _SURE:
        return reasons.SEVERAL
    return reasons.UNTAGGED if _faded(setting, choice.chance) < _SURE else ""


def _is_guess(setting: Setting, choice: Choice) -> bool:
    """Whether several people are about, and in the whole conversation nothing says who of them speaks."""
    talk = setting.conversation
    return talk.told == 0 and choice.chance < 1.0 and setting.stated is None and len(talk.narrated) >= _COMPANY


def _unnamed(setting: Setting, choice: Choice, manner: Manner) -> str:
    """Return why nobody can be named."""
    tag = setting.turn.tag
    if choice.lone:
        return reasons.ANOTHER
    if setting.nobodys:
        if manner.kind == "letter":
            return reasons.UNSIGNED
        if manner.kind == "song":
            return reasons.NOBODY_SINGS
        return reasons.POSTED if manner.channel == "face" else reasons.UNSEEN
    if tag is None or tag.form != "somebody":
        return reasons.NOBODY
    return reasons.TOGETHER if tag.generic else reasons.UNNAMED


def _calibrated(setting: Setting, choice: Choice) -> float:
    """Return the chance that a speaker is right, as it was on novels from which nothing had been learned."""
    if choice.lone or choice.speaker is None:
        return _LONE
    weights = shipped_weights("confidence")
    sure = sum(weights.get(name, 0.0) * value for name, value in doubts(setting, choice.speaker, choice.chance))
    chance = 1 / (1 + math.exp(-sure))
    return chance if setting.group in ("name", "first") else _faded(setting, chance)


def _faded(setting: Setting, chance: float) -> float:
    """Return a chance made less by how far away anything is that says who speaks.

    Up to ten turns the novels that the weights were fitted to show no loss; beyond, they have hardly any, so that
    the loss is a guess: each turn may break the order.
    """
    return chance * _KEPT ** max(0, setting.lost - _NEAR)


def _evidence(view: View, setting: Setting, who: str) -> Evidence:
    if setting.turn.pieces[0].start in view.cues:
        return "cue"
    if setting.turn.tag:
        return "tag"
    if any(tag and tag.character == who for tag in (setting.beat_before, setting.beat_after)):
        return "beat"
    if setting.introduced == who or who in setting.answers or (setting.alone and who in setting.called):
        return "vocative"
    if setting.previous and setting.previous.character == who and setting.leads:
        return "cue"
    return "continuation" if setting.gap == "same" and who in setting.acted else "turn"
