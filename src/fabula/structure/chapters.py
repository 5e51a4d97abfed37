"""Parts and chapters, as spans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from fabula.spans import Span
from fabula.story import Chapter, joined
from fabula.story.text import MatterKind
from fabula.structure.candidates import PROSE
from fabula.structure.headings import is_title
from fabula.structure.outline import Entry, heading_span
from fabula.structure.paragraphs import Block


def find_chapters(
    text: str,
    blocks: Sequence[Block],
    entries: Sequence[Entry],
    kinds: Sequence[MatterKind],
    files: Sequence[int] = (),
) -> list[Chapter]:
    """Find parts and chapters.

    Args:
        text: that the blocks point into.
        blocks: in order.
        entries: the headings among them.
        kinds: matter of each block.
        files: offsets where further source files begin that open a chapter each.

    Returns:
        Sorted by start, parts before the chapters they hold. Those of level `chapter` tile the body; notes between
        the words of one chapter stay inside it.
    """
    body = [at for at, kind in enumerate(kinds) if kind == "body"]
    if not body:
        return [Chapter(Span(0, len(text)), "")] if text and not blocks else []
    inside = [entry for entry in entries if kinds[entry.first] == "body" and entry.role in ("part", "chapter")]
    starts = _starts(text, blocks, inside, body, files)
    spans = _spans(text, blocks, kinds, [at for at, _ in starts])
    chapters = [_chapter(text, blocks, span, entry) for span, (_, entry) in zip(spans, starts, strict=True)]
    return sorted(
        (*_parts(text, blocks, inside, spans), *chapters),
        key=lambda c: (c.span.start, -c.span.end, c.level != "part"),
    )


def _starts(
    text: str, blocks: Sequence[Block], inside: Sequence[Entry], body: Sequence[int], files: Sequence[int]
) -> list[tuple[int, Entry | None]]:
    """Return the index of the block where each chapter starts, with its heading."""
    starts: list[tuple[int, Entry | None]] = []
    pending: int | None = None
    after = 0
    for entry in inside:
        if pending is not None and _prose(text, blocks, range(after, entry.first)) >= PROSE:
            starts.append((pending, None))
            pending = None
        if entry.role == "chapter":
            starts.append((entry.first if pending is None else pending, entry))
            pending = None
        elif pending is None:
            pending = entry.first
        after = entry.last + 1
    if pending is not None:
        starts.append((pending, None))
    taken = {at for at, _ in starts}
    places = [blocks[at].span.start for at in body]
    opened = dict.fromkeys(body[index] for offset in files if (index := bisect_left(places, offset)) < len(body))
    starts.extend((at, None) for at in opened if at not in taken)
    starts.sort(key=lambda pair: pair[0])
    before = [at for at in body if not starts or at < starts[0][0]]
    if before and (not starts or _prose(text, blocks, before)):
        starts.insert(0, (before[0], None))
    elif before:
        starts[0] = (before[0], starts[0][1])
    return starts


def _prose(text: str, blocks: Sequence[Block], indices: Sequence[int]) -> int:
    """Count the code points of running text."""
    return sum(blocks[at].span.length for at in indices if not is_title(blocks[at].span.of(text)))


def _spans(text: str, blocks: Sequence[Block], kinds: Sequence[MatterKind], starts: Sequence[int]) -> list[Span]:
    """Return the spans of chapters: up to the next one, less what is not body at their ends."""
    spans = []
    for start, following in pairwise([*starts, len(blocks)]):
        last = following - 1
        while last > start and kinds[last] != "body":
            last -= 1
        end = blocks[last + 1].span.start if last + 1 < len(blocks) else len(text)
        spans.append(Span(blocks[start].span.start if start else 0, end))
    return spans


def _chapter(text: str, blocks: Sequence[Block], span: Span, entry: Entry | None) -> Chapter:
    if entry is None:
        return Chapter(span, "")
    heading = heading_span(blocks, entry)
    return Chapter(span, _words(text, heading), heading, entry.heading.number)


def _words(text: str, heading: Span) -> str:
    return joined(text, heading).strip("_*=# ")


def _parts(text: str, blocks: Sequence[Block], inside: Sequence[Entry], chapters: Sequence[Span]) -> list[Chapter]:
    parts = []
    for index, entry in enumerate(inside):
        if entry.role != "part":
            continue
        closing = next((other for other in inside[index + 1 :] if _closes(other, entry, inside)), None)
        limit = blocks[closing.first].span.start if closing else len(text)
        start = blocks[entry.first].span.start if entry.first else 0
        start = next((span.start for span in chapters if span.start <= start < span.end), start)
        held = [span.end for span in chapters if start <= span.start < limit]
        heading = heading_span(blocks, entry)
        parts.append(Chapter(Span(start, max(held)), _words(text, heading), heading, entry.heading.number, "part"))
    return parts


def _closes(other: Entry, part: Entry, inside: Sequence[Entry]) -> bool:
    """Whether a heading ends a part: a further part, or the book's epilogue after all numbered chapters."""
    if other.role == "part":
        return other.rank <= part.rank
    return other.heading.form == "special" and all(
        later.heading.form == "special" for later in inside if later.first >= other.first
    )
