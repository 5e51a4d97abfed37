"""One doubtful line for the terminal: what stands around it, who may speak it, and why that is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fabula.report.facts import sureness
from fabula.report.markup import plural
from fabula.report.voices import Voice
from fabula.review import Question
from fabula.story import Character, Evidence, ScriptLine, Telling, Utterance, joined, script
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text

_COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "red", "bright_cyan", "bright_magenta")
"""Of the voices that say most: names of the terminal's own colours, which its owner has made readable."""

_BEFORE, _AFTER = 4, 3
"""Lines of one voice that are shown around the one in doubt."""
_LONG, _LONGEST = 200, 900
"""Code points of a line around it, and of the line itself, before it is cut."""

EVIDENCE: Mapping[Evidence, str] = {
    "tag": "by the words beside it",
    "beat": "by who acts beside it",
    "vocative": "by who is called",
    "turn": "by whose turn it is",
    "continuation": "as it goes on",
    "cue": "by the words before it",
    "viewpoint": "by whose viewpoint it is",
    "correction": "by your word",
    "none": "by nothing near it",
}
"""What decided a speaker, in words for the reader."""


def asking(
    telling: Telling, question: Question, people: Sequence[Character], voices: Mapping[str, Voice], *, left: int
) -> Group:
    """Show a doubtful line.

    Args:
        telling: the one that it stands in, with the layers of `script`.
        question: the line.
        people: who may speak it, in the order of their numbers.
        voices: by character id.
        left: how many lines are left to be asked, this one included.

    Returns:
        A rich renderable; the console decides about colour.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table

    said: Utterance = telling.layer("utterances")[question.utterance]
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in _around(telling, question.utterance, voices):
        table.add_row(name, words)
    return Group(
        _text(f"\n{_head(telling, question, left)}", "dim"),
        Padding(table, (1, 0, 1, 1)),
        _text(_guess(said, voices), ""),
        _numbered(people, voices),
    )


def _head(telling: Telling, question: Question, left: int) -> str:
    place = telling.source.place(question.start).brief
    parts = [place, plural(question.words, "word")]
    if question.others:
        row = plural(question.others, "doubtful line")
        parts.append(f"{row} in a row with it, {plural(question.affected, 'word')} in all")
    return " · ".join([*parts, f"{left} left"])


def _guess(said: Utterance, voices: Mapping[str, Voice]) -> str:
    if said.speaker is None:
        return f"Unknown: {said.reason or 'nothing names the speaker'}."
    voice = voices.get(said.speaker)
    reason = f"; {said.reason}" if said.reason else ""
    name = voice.name if voice else said.speaker
    return f"{name}? {said.confidence:.0%}, {EVIDENCE[said.evidence]}{reason}."


def _numbered(people: Sequence[Character], voices: Mapping[str, Voice]) -> Text:
    from rich.text import Text

    line = Text()
    for number, who in enumerate(people, 1):
        line.append(f"  {number} ", "bold").append(visible(who.name), _style(voices.get(who.id)))
    return line


def _around(telling: Telling, index: int, voices: Mapping[str, Voice]) -> Iterator[tuple[Text, Text]]:
    """Yield name and words of the lines around one, and of it, in the order of the text."""
    lines = script(telling)
    own = [at for at, line in enumerate(lines) if line.utterance == index]
    if not own:
        return
    for at in range(max(0, own[0] - _BEFORE), min(len(lines), own[-1] + _AFTER + 1)):
        line = lines[at]
        words = joined(telling.text, line.span)
        if line.utterance == index:
            yield _text("who? >", "bold"), _text(_cut(words, _LONGEST), "bold")
        else:
            yield from [_line(telling, line, _cut(words, _LONG, tail=at < own[0]), voices)]


def _line(telling: Telling, line: ScriptLine, words: str, voices: Mapping[str, Voice]) -> tuple[Text, Text]:
    if line.utterance is None:
        return _text("", ""), _text(words, "")
    said: Utterance = telling.layer("utterances")[line.utterance]
    voice = voices.get(said.speaker or "")
    doubt = "?" if sureness(said) in ("doubtful", "unknown") else ""
    return _text(f"{voice.label if voice else ''}{doubt}", _style(voice)), _text(words, _style(voice))


def _cut(words: str, most: int, *, tail: bool = False) -> str:
    if len(words) <= most:
        return words
    return f"… {words[-most:]}" if tail else f"{words[:most]} …"


def _style(voice: Voice | None) -> str:
    return "" if voice is None or voice.colour is None else _COLOURS[voice.colour]


def _text(words: str, style: str) -> Text:
    from rich.text import Text

    return Text(visible(words), style=style)
