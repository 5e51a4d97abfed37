"""The order of a text: paragraphs, matter, chapters, scenes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fabula.story import Chapter, Paragraph, Scene, Telling
from fabula.story.text import MatterKind, ParagraphKind
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.chapters import find_chapters
from fabula.structure.letters import find_epistles, find_letters
from fabula.structure.matter import find_matter, marked_matter, tile
from fabula.structure.outline import Entry, find_outline
from fabula.structure.paragraphs import Block, Layout, find_blocks
from fabula.structure.scenes import find_scenes
from fabula.structure.verse import is_verse, join_verse

_CAPTION = re.compile(
    r"\[(?:illustration|picture|music|footnote|sidenote|frontispiece|map|image)\b|\[\d{1,3}\]\s", re.I
)


def find_structure(telling: Telling) -> Mapping[str, Sequence[Any]]:
    """Find paragraphs, matter, chapters and scenes.

    Args:
        telling: text and marks are read; no layer is needed.

    Returns:
        Records of the layers `paragraphs`, `matter`, `chapters` and `scenes`. Paragraphs and white space tile the
        text, and so does the matter; chapters of level `chapter` tile the body, scenes the chapters.
    """
    text = telling.text
    blocks, layout = find_blocks(telling)
    blocks = join_verse(text, blocks, layout)
    marked = marked_matter(telling.marks, blocks)
    entries = find_outline(text, blocks, layout, [kind == "body" for kind in marked])
    matter = find_matter(text, blocks, entries, marked)
    headed = any(entry.role in ("part", "chapter") for entry in entries)
    epistles = [] if headed else find_epistles(text, blocks, [kind == "body" for kind in matter])
    kinds = _paragraph_kinds(telling, blocks, entries, matter, layout, epistles=epistles)
    chapters = find_chapters(text, blocks, entries, matter, _chapter_files(telling, blocks, entries))
    return {
        "paragraphs": [Paragraph(block.span, kind) for block, kind in zip(blocks, kinds, strict=True)],
        "matter": tile(blocks, matter, telling.whole),
        "chapters": chapters,
        "scenes": _scenes(telling, blocks, kinds, chapters, layout, epistles=epistles),
    }


def _scenes(
    telling: Telling,
    blocks: Sequence[Block],
    kinds: Sequence[ParagraphKind],
    chapters: Sequence[Chapter],
    layout: Layout,
    *,
    epistles: Sequence[int],
) -> list[Scene]:
    breaks = [mark.start for mark in telling.marked("break") if mark.start == mark.end]
    leaves = [chapter for chapter in chapters if chapter.level == "chapter"]
    return find_scenes(telling.text, blocks, kinds, leaves, layout, breaks=breaks, letters=epistles)


def _chapter_files(telling: Telling, blocks: Sequence[Block], entries: Sequence[Entry]) -> list[int]:
    """Return where source files start that are chapters: where most of them open without any heading."""
    starts = sorted({mark.start for mark in telling.marked("document")})
    if len(starts) < 2:
        return []
    headed = [blocks[entry.first].span.start for entry in entries if entry.role in ("part", "chapter")]
    return starts if len(headed) < len(starts) / 2 else []


def _paragraph_kinds(
    telling: Telling,
    blocks: Sequence[Block],
    entries: Sequence[Entry],
    matter: Sequence[MatterKind],
    layout: Layout,
    *,
    epistles: Sequence[int],
) -> list[ParagraphKind]:
    text = telling.text
    kinds = [_kind(text, block, kind, layout) for block, kind in zip(blocks, matter, strict=True)]
    starts = [False] * len(blocks)
    for entry in entries:
        opens = entry.role in ("part", "chapter", "section", "end", "title")
        if opens and kinds[entry.first] != "matter":
            for at in range(entry.first, entry.last + 1):
                kinds[at] = "heading" if kinds[at] != "matter" else "matter"
            if entry.last + 1 < len(blocks):
                starts[entry.last + 1] = True
    if blocks:
        starts[0] = True
    _set_framed(telling, blocks, kinds)
    letters = _epistles(entries, len(blocks)) | set(range(epistles[0], len(blocks)) if epistles else ())
    within = [kind in ("prose", "verse", "letter") for kind in kinds]
    for at in find_letters(text, blocks, within, starts) | letters:
        if not within[at]:
            continue
        if kinds[at] == "prose" or text.count("\n", *blocks[at].span) < 4:
            kinds[at] = "letter"
    return kinds


def _epistles(entries: Sequence[Entry], count: int) -> set[int]:
    """Return the indices of the blocks below headings such as "Letter IV"."""
    ends = [entry.first for entry in entries[1:]] + [count]
    return {
        at
        for entry, end in zip(entries, ends, strict=False)
        if entry.heading.key == "letter" and entry.role == "chapter"
        for at in range(entry.last + 1, end)
    }


def _kind(text: str, block: Block, matter: MatterKind, layout: Layout) -> ParagraphKind:
    """Return what kind of paragraph a block is from its own words and mark alone."""
    words = block.span.of(text)
    if matter != "body" or (words[0] == "[" and _CAPTION.match(words)):
        return "matter"
    if block.marked == "break" or is_break(words):
        return "break"
    if block.marked == "heading" or parse_viewpoint(words):
        return "heading"
    return "verse" if block.marked == "verse" or is_verse(text, block, layout) else "prose"


def _set_framed(telling: Telling, blocks: Sequence[Block], kinds: list[ParagraphKind]) -> None:
    """Take over from the format what stands inside its marks of verse, or with lines of its own."""
    at = 0
    for mark in telling.marked("verse"):
        while at > 0 and blocks[at - 1].span.start >= mark.start:
            at -= 1
        while at < len(blocks) and blocks[at].span.start < mark.end:
            if blocks[at].span.start >= mark.start and kinds[at] == "prose":
                kinds[at] = "verse"
            at += 1
