"""Fountain screenplays: scenes, cues, speeches, directions.

Source: the Fountain syntax, https://fountain.io/syntax (its names of elements are used here).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fabula.formats.fountain_words import ESCAPE, HIDDEN, WordTaker, hide_unprinted
from fabula.formats.intake.decode import decode, head
from fabula.formats.source import Source
from fabula.formats.writing.builder import TextBuilder
from fabula.formats.writing.frontmatter import stated_metadata
from fabula.spans import Span
from fabula.story import MarkKind, Telling

_TITLE_LINE = re.compile(r"([A-Za-z][A-Za-z ]{1,30}):[ \t]*(.*)$")
_TITLE_KEY = re.compile(r"(?:title|credit|authors?|source|draft date|contact|notes|copyright)", re.IGNORECASE)
_PLACE_SIGN = r"(?:INT|EXT|EST|INT\.?/EXT|I/E)"
_SCENE = re.compile(rf"\.(?=\w)|(?={_PLACE_SIGN}\.[ ]?\S)|(?=(?-i:{_PLACE_SIGN} [A-Z]))", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"\s*#[^#]+#\s*$")
_SECTION = re.compile(r"(#{1,6})[ \t]*(?=[^#\s])")
_EXTENSION = re.compile(r"\s*\([^()]*\)")
_TRANSITION = re.compile(r"[^a-z]*\bTO:$")
_PAGE_BREAK = re.compile(r"={3,}$")
_LONGEST_CUE = 60


def detects(source: Source) -> bool:
    """Whether this is a screenplay: its name says so, or it has several scene headings and cues."""
    if source.suffix in {".fountain", ".spmd"}:
        return True
    if source.suffix not in {"", ".txt"}:
        return False
    lines = ["", *(line.strip() for line in head(source).split("\n")), ""]
    scenes = cues = 0
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line and not before:
            scenes += not after and not line.startswith(".") and bool(_SCENE.match(line))
            cues += bool(after) and _is_cue(line)
    return scenes >= 2 and cues >= 3


def read(source: Source) -> Telling:
    """Make a telling of a screenplay.

    The text is what is printed, title page included, without the signs that steer the layout. Notes and synopses,
    which are not printed, go to the metadata; what is cut out by `/* */` goes nowhere.

    Args:
        source: in any encoding.

    Raises:
        InputError: when it is empty, too large, or no text.
    """
    decoded = decode(source)
    shown, notes = hide_unprinted(decoded.text)
    builder = TextBuilder(decoded, source.name)
    script = _Script(shown, builder)
    script.read()
    more = [("note", note) for note in notes]
    metadata = stated_metadata((*script.statements, *more), form="fountain", encoding=decoded.encoding)
    return builder.telling(source.stem, metadata)


class _Script:
    """Goes over the lines of one screenplay; spans are of the source and without white space at their edges."""

    def __init__(self, shown: str, builder: TextBuilder) -> None:
        self._shown, self._builder = shown, builder
        self._take = WordTaker(shown, builder).take
        self.statements: list[tuple[str, str]] = []

    def read(self) -> None:
        """Put title page and blocks into the builder."""
        blocks = list(_blocks(self._shown))
        if blocks and self._is_title_page(blocks[0]):
            self._title_page(blocks.pop(0))
        for block in blocks:
            self._block(block)

    def _words(self, span: Span) -> str:
        return span.of(self._shown).replace(HIDDEN, "").strip()

    def _is_title_page(self, block: list[Span]) -> bool:
        key = _TITLE_LINE.match(self._words(block[0]))
        return bool(key and _TITLE_KEY.fullmatch(key[1]))

    def _title_page(self, block: list[Span]) -> None:
        values: list[tuple[str, list[str]]] = []
        for line in block:
            key = _TITLE_LINE.match(self._words(line))
            if key:
                values.append((key[1], [key[2]]))
            else:
                values[-1][1].append(self._words(line))
        bare = ((key, " ".join(words).strip().strip("*_ ")) for key, words in values)
        self.statements += [pair for pair in bare if pair[1]]
        self._lines(block, "preface")

    def _block(self, block: list[Span]) -> None:
        """Put one block in, lines between empty ones; what stands on one line of its own first."""
        while block and self._single(block[0], alone=len(block) == 1):
            block = block[1:]
        if len(block) > 1 and self._is_cue(block[0]):
            self._dialogue(block)
        elif block:
            self._action(block)

    def _single(self, line: Span, *, alone: bool) -> bool:
        """Put in a heading, a transition or a synopsis; return whether the line is one."""
        words = self._words(line)
        section, scene = _SECTION.match(words), _SCENE.match(words)
        if section:
            self._heading(Span(line.start + section.end(), line.end), str(min(5, len(section[1]))))
        elif scene and len(words) < 200:
            number = _SCENE_NUMBER.search(line.of(self._shown))
            self._heading(Span(line.start + scene.end(), line.start + number.start() if number else line.end), "6")
        elif _PAGE_BREAK.match(words):
            self._builder.part("\n\n")
        elif words.startswith("="):
            self.statements.append(("synopsis", words[1:].strip()))
        elif alone and (_TRANSITION.match(words) or (words.startswith(">") and not words.endswith("<"))):
            self._lines([line], "direction")
        else:
            return False
        return True

    def _heading(self, span: Span, level: str) -> None:
        self._builder.part("\n\n")
        begin = self._builder.length
        self._take(span)
        self._builder.mark(begin, "heading", level)

    def _is_cue(self, line: Span) -> bool:
        words = self._words(line)
        return (words.startswith("@") and len(words) > 1) or _is_cue(words)

    def _dialogue(self, block: list[Span]) -> None:
        """Put in a cue and what stands under it."""
        self._builder.part("\n\n")
        begin = self._builder.length
        start, end = block[0]
        start += self._shown.startswith("@", start)
        dual = self._shown.endswith("^", start, end)
        name = Span(start, len(self._shown[: end - dual].rstrip()) if dual else end)
        self._take(name)
        self._builder.mark(begin, "cue", ESCAPE.sub(r"\1", _EXTENSION.sub("", self._words(name))).strip())
        speech: list[Span] = []
        for line in block[1:]:
            words = self._words(line)
            if words.startswith("(") and words.endswith(")"):
                self._lines(speech, "speech", gap="\n")
                self._lines([line], "direction", gap="\n")
                speech = []
            else:
                speech.append(line)
        self._lines(speech, "speech", gap="\n")

    def _action(self, block: list[Span]) -> None:
        sung = all(self._shown.startswith("~", line.start) for line in block)
        self._lines(block, "verse" if sung else "direction")

    def _lines(self, lines: list[Span], kind: MarkKind, *, gap: str = "\n\n") -> None:
        """Put lines in, without the sign that forces what they are, and mark them as one."""
        if not lines:
            return
        self._builder.part(gap)
        begin = self._builder.length
        for line in lines:
            self._builder.part("\n")
            line_begin = self._builder.length
            sung = self._shown.startswith("~", line.start)
            self._take(self._bare(line))
            if sung:
                self._builder.mark(line_begin, "line")
        self._builder.mark(begin, kind)

    def _bare(self, line: Span) -> Span:
        """Leave out `!`, `~`, `>` before a line and `<` after a centred one."""
        words = line.of(self._shown)
        inner = words[1:] if words[0] in "!~>" else words
        start = line.end - len(inner.lstrip())
        centred = words[0] == ">" and words[-1] == "<" and len(words) > 2
        return (
            Span(start, start + len(self._shown[start : line.end - 1].rstrip())) if centred else Span(start, line.end)
        )


def _blocks(shown: str) -> Iterator[list[Span]]:
    """Yield the lines between empty lines; two spaces keep an empty line inside a speech."""
    block: list[Span] = []
    at = 0
    for line in shown.split("\n"):
        words = line.strip(f" \t\f{HIDDEN}")
        if words:
            start = at + line.index(words[0])
            block.append(Span(start, start + len(words)))
        elif block and not (len(line) >= 2 and not line.strip(" ")):
            yield block
            block = []
        at += len(line) + 1
    if block:
        yield block


def _is_cue(words: str) -> bool:
    name = _EXTENSION.sub("", words).rstrip("^ ")
    return (
        0 < len(name) <= _LONGEST_CUE
        and name == name.upper()
        and any(letter.isalpha() for letter in name)
        and name[0] not in "!~>=#."
        and not name.endswith(":")
    )
