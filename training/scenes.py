"""Scenes with who says what written into them: the notation of `training/scenes/` and of `tests/speech/cases/`.

A file holds scenes, each after a line `=== title`. After every utterance (and its tag) stands `⟦who⟧`,
`⟦who, channel⟧` or `⟦who, channel, kind⟧`. `?` is an unknown speaker with a reason; `~Ann` is Ann or an unknown
speaker, and nobody else; `@narrator` is the first person of the narration and `@you` its second person, or unknown.
Without a kind the usual one of the channel is meant.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from fabula.story import Character

_NOTE = re.compile(r"[ \t]*\n?⟦([^⟧]*)⟧")
_HEADING = re.compile(r"^=== ", re.MULTILINE)
_KINDS = {
    "face": "speech",
    "phone": "speech",
    "radio": "speech",
    "voicemail": "announcement",
    "loudspeaker": "announcement",
    "text": "text_message",
    "letter": "letter",
    "song": "song",
    "thought": "thought",
}


class Line(NamedTuple):
    """What is true of all that is uttered since the line before, up to an offset.

    Attributes:
        end: where it ends, in code points of the scene's text.
        who: the label, as the module's notation has it.
        channel: how the words reach the hearer.
        kind: what sort of words.
    """

    end: int
    who: str
    channel: str
    kind: str


class Scene(NamedTuple):
    """A passage, without its notes, and what they say.

    Attributes:
        title: the file's name without ending, a colon, and the scene's heading.
        text: the passage.
        lines: in order.
    """

    title: str
    text: str
    lines: tuple[Line, ...]


def scenes(folder: Path) -> list[Scene]:
    """All scenes of all `.txt` files of a folder.

    Args:
        folder: where the files lie; folders in it are not read.

    Returns:
        The scenes, by file name and then as they stand.
    """
    found = []
    for file in sorted(folder.glob("*.txt")):
        for part in _HEADING.split(file.read_text("utf-8"))[1:]:
            title, _, noted = part.partition("\n")
            found.append(read_scene(f"{file.stem}: {title}", noted.strip() + "\n"))
    return found


def read_scene(title: str, noted: str) -> Scene:
    """One scene, its notes taken out of its text.

    Args:
        title: what to call it.
        noted: the passage with the notes in it.

    Returns:
        The scene; its offsets are those of the text without notes.
    """
    text, at, lines = "", 0, []
    for match in _NOTE.finditer(noted):
        text += noted[at : match.start()]
        at = match.end()
        who, channel, kind = (*(word.strip() for word in match[1].split(",")), "", "")[:3]
        channel = channel or "face"
        lines.append(Line(len(text.rstrip()), who, channel, kind or _KINDS[channel]))
    return Scene(title, text + noted[at:], tuple(lines))


def fits(label: str, who: Character) -> bool:
    """Whether a character is who a label means.

    Args:
        label: who, as the module's notation has it, not `?`.
        who: a character of the scene as read.

    Returns:
        Whether the label is one of the character's names, a leading `the` apart, or they are the person meant by `@`.
    """
    names = {alias.casefold().removeprefix("the ") for alias in (who.name, *who.aliases)}
    if label.startswith("@"):
        return who.narrator if label == "@narrator" else "you" in names
    return label.lstrip("~").casefold().removeprefix("the ") in names
