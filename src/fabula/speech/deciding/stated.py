"""The author's word on who speaks, as evidence for the lines around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.spans import Span
from fabula.speech.settings import Setting
from fabula.speech.tagging.tags import Tag
from fabula.speech.view import View, named
from fabula.story import Correction, Utterance


def with_stated(view: View, known: Sequence[Setting], corrections: Sequence[Correction]) -> list[Setting]:
    """Put the author's word into the settings, as if the narration named the speaker beside the line.

    The turns around then weigh it like any other tag: who is tagged ahead, who spoke of late.

    Args:
        view: what the speech chapter reads.
        known: settings of all turns.
        corrections: the layer; only `speaker` is used here.

    Returns:
        The settings; those of turns whose speaker is stated have `stated`, and a tag that names them.
    """
    says = _spans(view, corrections)
    found: list[Setting] = []
    for setting in known:
        who = _of(setting.turn.pieces, says)
        found.append(setting if who is None else _tagged(view, setting, who))
    return found


def obeyed(view: View, said: Sequence[Utterance], corrections: Sequence[Correction]) -> list[Utterance]:
    """Give utterances without quotation marks (thoughts, songs, letters) the speakers that the author states.

    Args:
        view: what the speech chapter reads.
        said: utterances that are no turns of a conversation.
        corrections: the layer; only `speaker` is used here.
    """
    says = _spans(view, corrections)
    return [
        one
        if (who := _of(one.pieces, says)) is None
        else replace(one, speaker=who, evidence="correction", cue=None, confidence=1.0, reason="")
        for one in said
    ]


def _spans(view: View, corrections: Sequence[Correction]) -> dict[Span, str]:
    """Return the speaker of each stretch of words that the author gives to somebody; the last word counts."""
    found: dict[Span, str] = {}
    for entry in corrections:
        who = named(view.characters, entry.name) if entry.kind == "speaker" else None
        if who is not None and entry.span is not None:
            found[entry.span] = who
    return found


def _of(pieces: Sequence[Span], says: dict[Span, str]) -> str | None:
    return next((who for span, who in reversed(says.items()) if any(piece.overlap(span) for piece in pieces)), None)


def _tagged(view: View, setting: Setting, who: str) -> Setting:
    tag = setting.turn.tag
    if tag is None:
        start = setting.turn.span.start
        tag = Tag(Span(start, start), "name", who, view.characters[who].gender, "")
    elif tag.form != "nominal":
        # A description stays one, so that where it is used again it is known who was meant.
        tag = tag._replace(form="name", character=who, gender=view.characters[who].gender)
    return setting._replace(turn=setting.turn._replace(tag=tag), stated=who)
