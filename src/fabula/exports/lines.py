"""The rows of the script that jsonl and csv write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from fabula.story import Character, ScriptLine, Story, Telling, joined, script


class Line(TypedDict):
    """One line of the script.

    `id` is `TELLING:NUMBER`, unique in the story, counted from 1. `chapter` and `scene` count from 1 and are None
    outside the body. `speaker_id`, `speaker` and `channel` are None and `confidence` is None for narration; a line
    of an unknown speaker has `speaker_id` None and its `confidence` 0. `kind` is `narration`, `heading`, `break`,
    `matter` or an utterance's kind. `text` is on one line, but keeps the line ends of verse. `start` and `end` are
    code points of the telling's text.
    """

    id: str
    telling: str
    chapter: int | None
    scene: int | None
    speaker_id: str | None
    speaker: str | None
    addressees: list[str]
    kind: str
    channel: str | None
    text: str
    start: int
    end: int
    confidence: float | None


def lines(story: Story) -> Iterator[Line]:
    """Yield the script of every telling, in order; together the texts hold every word once."""
    for telling in story.tellings:
        names = {who.id: who for who in telling.layer("characters", wanted_by="export")}
        for number, line in enumerate(script(telling), 1):
            yield _line(telling, names, number, line)


def _line(telling: Telling, names: dict[str, Character], number: int, line: ScriptLine) -> Line:
    said = telling.layer("utterances")[line.utterance] if line.utterance is not None else None
    narration = "narration" if line.kind in ("prose", "verse", "letter") else line.kind
    return {
        "id": f"{telling.name}:{number}",
        "telling": telling.name,
        "chapter": None if line.chapter is None else line.chapter + 1,
        "scene": None if line.scene is None else line.scene + 1,
        "speaker_id": said.speaker if said else None,
        "speaker": names[said.speaker].name if said and said.speaker else None,
        "addressees": list(said.addressees) if said else [],
        "kind": said.kind if said else narration,
        "channel": said.channel if said else None,
        "text": line.span.of(telling.text) if line.kind == "verse" else joined(telling.text, line.span),
        "start": line.span.start,
        "end": line.span.end,
        "confidence": round(said.confidence, 3) if said else None,
    }
