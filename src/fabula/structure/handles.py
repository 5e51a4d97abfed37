"""Chats and scripts inside prose: lines that open with who speaks, and no marks around what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.lexicon.handles import HandleLine, read_handle, read_head
from fabula.spans import Span, stripped
from fabula.story import Paragraph, Quote

_LINE = re.compile(r"[^\n]+")
_ELSEWHERE = 3
"""Paragraphs of something else that may stand between two lines of one talk."""
_LEAST = 3
_COLON = re.compile(r"(?:^|\n)[^\n\"“”]{0,60}[\w)\]>*][:>]|(?:^|\n)[ \t]*@\w|\d[:.h]\d\d")
"""Without one of these a text has no such lines; looked for first, since it is quickly found."""


class _Spoken(NamedTuple):
    line: HandleLine
    words: Span
    paragraph: int


def handled(text: str, paragraphs: Sequence[Paragraph]) -> list[Quote]:
    """Return what is said in lines that open with a name or handle.

    One such line proves nothing, unless a time and a colon open it: there must be several near each other, and they
    must come from a chat by their signs, or somebody must speak twice.

    Args:
        text: all of it.
        paragraphs: those with running text, in order.

    Returns:
        Quotations of the style `cue`, without the handle.
    """
    if _COLON.search(text) is None:
        return []
    found: list[Quote] = []
    run: list[_Spoken] = []
    for index, paragraph in enumerate(paragraphs):
        if run and index - run[-1].paragraph > _ELSEWHERE:
            found += _quotes(text, run)
            run = []
        run += _lines_of(text, paragraphs, index, paragraph)
    return found + _quotes(text, run)


def _lines_of(text: str, paragraphs: Sequence[Paragraph], index: int, paragraph: Paragraph) -> Iterator[_Spoken]:
    """Yield the lines of a paragraph that open with a handle, each up to the next such line."""
    lines = [stripped(text, Span(*match.span())) for match in _LINE.finditer(text, *paragraph.span)]
    read = [read_handle(text, line) or read_head(text, line) for line in lines]
    for at, line in enumerate(read):
        if line is None:
            continue
        after = next((other for other in range(at + 1, len(lines)) if read[other] is not None), len(lines))
        words = stripped(text, Span(line.words, lines[after - 1].end))
        if words.length:
            yield _Spoken(line, words, index)
        elif at == len(lines) - 1 and index + 1 < len(paragraphs):
            below = paragraphs[index + 1].span
            if "\n\n" not in text[line.words : below.start]:
                yield _Spoken(line, below, index + 1)


def _quotes(text: str, run: Sequence[_Spoken]) -> list[Quote]:
    if not _is_talk(text, run):
        return []
    return [Quote(spoken.words, spoken.words, "cue") for spoken in run]


def _is_talk(text: str, run: Sequence[_Spoken]) -> bool:
    if len(run) < 2:
        return bool(run) and run[0].line.lone
    sure = sum(spoken.line.sure for spoken in run)
    names = {spoken.line.name.of(text).casefold() for spoken in run}
    return 2 * sure >= len(run) or (len(run) >= _LEAST and 1 < len(names) < len(run))
