"""What is story and what is not: licence, title page, description, author's notes, what follows the end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from fabula.spans import Span, check_tiles, index_at
from fabula.story import Mark, Matter
from fabula.story.text import MatterKind
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.headings import is_title
from fabula.structure.outline import Entry
from fabula.structure.paragraphs import Block

_MARKED: dict[str, MatterKind] = {
    "licence": "licence",
    "preface": "front",
    "summary": "description",
    "note": "note",
    "footnote": "note",
}
_INLINE_NOTE = re.compile(
    r"[\[(*_]*(?:a\s*/\s*n|author(?:ess)?['’]?s?['’]?\s+notes?|(?-i:AN|A\.N\.)(?=\s*[:—–-]))\s*[:—–.\-]*\s+\S", re.I
)
_INLINE_SUMMARY = re.compile(r"[*_]*(?:summary|description|synopsis)[*_]*\s*[:—–]\s*\S", re.I)
_SURE = re.compile(
    r"https?://|www\.|\bfan ?fic|\bdisclaimer\b|\b(?:this|the|my) (?:story|fic|chapter|one-?shot|update)\b"
    r"|\brated [KTM]\b|\breview(?:s|ed|ing)?\b|\bcomments?\b",
    re.I,
)
_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|I['’]d|me|my|you|we|us|our)\b")
_CRAFT = re.compile(
    r"\b(?:stor(?:y|ies)|chapters?|writ(?:e|es|ing|ten|er)|wrote|songs?|videos?|updat\w+|inspired|enjoy|beta|readers?"
    r"|feedback|characters|series|sequel|prompt)\b",
    re.I,
)
_LIST = re.compile(r"\W*(?:table|contents|list|illustrations|characters|dramatis)", re.I)
_OPEN = '"“‘«„'
_WINDOW = 14


def find_matter(
    text: str, blocks: Sequence[Block], entries: Sequence[Entry], marked: Sequence[MatterKind]
) -> list[MatterKind]:
    """Say of every block what kind of matter it belongs to.

    Args:
        text: that the blocks point into.
        blocks: in order.
        entries: the headings among them.
        marked: as the format's marks have it; what they call body may still be something else.

    Returns:
        A kind for each block.
    """
    kinds = list(marked)
    starts = [entry.first for entry in entries if entry.role in ("part", "chapter") and kinds[entry.first] == "body"]
    first = starts[0] if starts else len(blocks)
    bounds = _boundaries(text, blocks, entries)
    for at, end, kind in (
        *_described(text, blocks, entries, starts, bounds),
        *_noted(text, blocks, entries, starts, bounds),
        *_closing(blocks, entries, starts, kinds),
    ):
        _set(kinds, range(at, end), kind)
    _set_front(text, blocks, entries, kinds, first)
    if "body" not in kinds:
        kinds = ["body" if kind in ("front", "back", "description", "note") else kind for kind in kinds]
    return kinds


def tile(blocks: Sequence[Block], kinds: Sequence[MatterKind], whole: Span) -> list[Matter]:
    """Return the stretches of one kind; they tile the text.

    Args:
        blocks: in order.
        kinds: of each block.
        whole: the text.

    Raises:
        IntegrityError: when they do not (a defect).
    """
    if not whole.length:
        return []
    if not blocks:
        return [Matter(whole, "body")]
    edges = [0] + [blocks[at].span.start for at in range(1, len(blocks)) if kinds[at] != kinds[at - 1]]
    changed = [kinds[0]] + [kinds[at] for at in range(1, len(blocks)) if kinds[at] != kinds[at - 1]]
    ends = [*edges[1:], whole.end]
    parts = [Matter(Span(a, b), kind) for a, b, kind in zip(edges, ends, changed, strict=True)]
    check_tiles([part.span for part in parts], whole, what="matter")
    return parts


def _set(kinds: list[MatterKind], indices: range, kind: MatterKind) -> None:
    for index in indices:
        if kinds[index] == "body":
            kinds[index] = kind


def marked_matter(marks: Sequence[Mark], blocks: Sequence[Block]) -> list[MatterKind]:
    """Return for each block what kind of matter the format's marks make it; `body` where they say nothing."""
    kinds: list[MatterKind] = ["body"] * len(blocks)
    starts = [block.span.start for block in blocks]
    for mark in marks:
        if mark.kind in _MARKED and mark.end > mark.start:
            at = index_at(starts, mark.start - 1) + 1
            while at < len(blocks) and blocks[at].span.start < mark.end:
                if kinds[at] == "body" and blocks[at].span.end <= mark.end:
                    kinds[at] = _MARKED[mark.kind]
                at += 1
    return kinds


def _boundaries(text: str, blocks: Sequence[Block], entries: Sequence[Entry]) -> list[int]:
    """Return for each block the index of the next heading or viewpoint heading; the number of blocks if none."""
    headings = {entry.first for entry in entries if entry.role not in ("section", "title")}
    following = len(blocks)
    found = [following] * len(blocks)
    for at in range(len(blocks) - 1, -1, -1):
        found[at] = following
        if at in headings or (blocks[at].span.length <= 80 and parse_viewpoint(blocks[at].span.of(text))):
            following = at
    return found


def _is_author(words: str) -> bool:
    """Whether a paragraph talks of the text itself, to its readers."""
    if any(mark in words for mark in '"“”«»'):
        return False
    return bool(_SURE.search(words) or (_PERSON.search(words) and _CRAFT.search(words)))


def _opening_end(text: str, blocks: Sequence[Block], at: int, boundary: int) -> int:
    """Return where matter that opens at block `at`, before the story, ends.

    A heading ends it where one stands near and no speech comes before it; else the last paragraph in the author's own
    voice; else a scene break; else it is one paragraph.
    """
    near = range(at, min(boundary, at + _WINDOW, len(blocks)))
    spoken = next((index for index in near if blocks[index].span.of(text)[0] in _OPEN), None)
    if boundary < min(at + _WINDOW, len(blocks)) and spoken is None:
        return boundary
    stop = near.stop if spoken is None else spoken
    own = [index for index in range(at, stop) if _is_author(blocks[index].span.of(text))]
    if own:
        return own[-1] + 1
    breaks = [index for index in range(at, stop) if is_break(blocks[index].span.of(text))]
    return breaks[0] if breaks else min(at + 1, stop)


def _described(
    text: str, blocks: Sequence[Block], entries: Sequence[Entry], starts: Sequence[int], bounds: Sequence[int]
) -> list[tuple[int, int, MatterKind]]:
    """Return stretches of the author's description at the top."""
    found: list[tuple[int, int, MatterKind]] = []
    named = [entry.first for entry in entries if entry.role == "summary" and entry.first < _WINDOW]
    inline = [
        at
        for at, block in enumerate(blocks[:_WINDOW])
        if not block.marked and _INLINE_SUMMARY.match(block.span.of(text))
    ]
    for at in named[:1]:
        found.append((at, _opening_end(text, blocks, at + 1, bounds[at]), "description"))
    found.extend((at, at + 1, "description") for at in inline if not starts or at < starts[0] + 3)
    return found


def _noted(
    text: str, blocks: Sequence[Block], entries: Sequence[Entry], starts: Sequence[int], bounds: Sequence[int]
) -> list[tuple[int, int, MatterKind]]:
    """Return stretches of author's notes."""
    found: list[tuple[int, int, MatterKind]] = []
    named = {entry.first for entry in entries if entry.role == "note"}
    for at, block in enumerate(blocks):
        if at in named:
            found.append((at, _note_end(text, blocks, at, bounds[at], starts), "note"))
        elif block.span.length < 4000 and _INLINE_NOTE.match(
            text, block.span.start, min(block.span.end, block.span.start + 60)
        ):
            end = at + 1
            while end < bounds[at] and _is_author(blocks[end].span.of(text)):
                end += 1
            found.append((at, end, "note"))
    return found


def _note_end(text: str, blocks: Sequence[Block], at: int, boundary: int, starts: Sequence[int]) -> int:
    """Return where a note with a heading of its own ends: at the chapter's end unless it stands at its start."""
    index = bisect_right(starts, at)
    chapter = starts[index - 1] if index else 0
    following = starts[index] if index < len(starts) else len(blocks)
    if at - chapter > (following - chapter) / 2 or following - at < 4:
        return following
    return _opening_end(text, blocks, at + 1, boundary)


def _closing(
    blocks: Sequence[Block], entries: Sequence[Entry], starts: Sequence[int], kinds: Sequence[MatterKind]
) -> list[tuple[int, int, MatterKind]]:
    """Return what follows the story's end."""
    book = [block.span for block, kind in zip(blocks, kinds, strict=True) if kind == "body"]
    if not book:
        return []
    last = starts[-1] if starts else 0
    low, length = book[0].start, book[-1].end - book[0].start
    for role, share in (("end", 0.75), ("back", 0.7)):
        named = [entry.first for entry in entries if entry.role == role and entry.first > last]
        late = [at for at in named if blocks[at].span.start > low + share * length]
        if late:
            return [(late[-1] + 1 if role == "end" else late[0], len(blocks), "back")]
    return []


def _is_prose(words: str) -> bool:
    return (len(words) >= 100 or (len(words) >= 40 and words[-1] in '.!?"”’')) and not is_title(words)


def _set_front(
    text: str, blocks: Sequence[Block], entries: Sequence[Entry], kinds: list[MatterKind], first: int
) -> None:
    """Set title page, contents and preface apart: what stands before the first heading and is no story."""
    fronts = [entry for entry in entries if entry.role in ("front", "title") and entry.first < max(first, 1)]
    if first == len(blocks) and not fronts:
        _set(kinds, range(_title_blocks(text, blocks, kinds)), "front")
        return
    for entry in fronts:
        limit = min([other.first for other in entries if other.first > entry.first] + [len(blocks)])
        if entry.role == "title" or _LIST.match(blocks[entry.first].span.of(text)) or limit == len(blocks):
            limit = next((at for at in range(entry.last + 1, limit) if _is_prose(blocks[at].span.of(text))), limit)
            limit = limit if limit < len(blocks) else entry.last + 1
        _set(kinds, range(entry.first, limit), "front")
    story = [at for at in range(first) if kinds[at] == "body" and _is_prose(blocks[at].span.of(text))]
    if first < len(blocks) and sum(blocks[at].span.length for at in story) < 600:
        _set(kinds, range(first), "front")
    elif story and story[0] < first:
        _set(kinds, range(_title_blocks(text, blocks, kinds)), "front")


def _title_blocks(text: str, blocks: Sequence[Block], kinds: Sequence[MatterKind]) -> int:
    """Return up to which block a title page goes at the start: short lines, titles or "by …", with prose below."""
    first = next((at for at, kind in enumerate(kinds) if kind == "body"), 0)
    at = first
    while at < min(len(blocks), first + 12) and (kinds[at] != "body" or _is_title_page(text, blocks[at])):
        at += 1
    return at if at < len(blocks) else 0


def _is_title_page(text: str, block: Block) -> bool:
    words = block.span.of(text)
    if len(words) >= 120 or parse_viewpoint(words) or (block.marked == "heading" and block.level != "1"):
        return False
    if re.match(r"\W*by\b", words, re.I) or re.fullmatch(r"\W*\d{4}\W*", words):
        return True
    return words[0] not in _OPEN and is_title(words) and words[-1] not in ".!?,;:"
