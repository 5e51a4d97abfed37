"""Several files made one telling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from fabula.formats.books.book import Book
from fabula.formats.source import unicode_name
from fabula.formats.writing.builder import in_order
from fabula.story import Anchor, Mark, Metadata, SourceMap, Telling

_GAP = "\n\n"


def join(parts: Sequence[tuple[str, Telling]], book: Book) -> Telling:
    """Make one telling of those of its files, with a `document` mark on each.

    Args:
        parts: name and telling of each file, in reading order; at least one.
        book: states folder, title and author.

    Returns:
        A telling without layers, named after the folder.
    """
    starts, at = list[int](), 0
    for _, part in parts:
        starts.append(at)
        at += len(part.text) + len(_GAP)
    placed = [(start, name, part) for start, (name, part) in zip(starts, parts, strict=True)]
    marks = [Mark(start, start + len(part.text), "document", name) for start, name, part in placed]
    marks += (_moved_mark(mark, start) for start, _, part in placed for mark in part.marks)
    anchors = (_moved_anchor(anchor, start) for start, _, part in placed for anchor in part.source.anchors)
    return Telling(
        unicode_name(book.folder.resolve().name) or "folder",
        _GAP.join(part.text for _, part in parts),
        in_order(marks),
        _metadata([part.metadata for _, part in parts], book),
        SourceMap(tuple(anchors)),
    )


def _moved_mark(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.kind, mark.value)


def _moved_anchor(anchor: Anchor, by: int) -> Anchor:
    return anchor._replace(offset=anchor.offset + by)


def _metadata(stated: Sequence[Metadata], book: Book) -> Metadata:
    """Keep what all files agree on; the settings' word comes first."""
    return Metadata(
        title=book.title or _agreed(one.title for one in stated),
        author=book.author or _agreed(one.author for one in stated),
        language=_agreed(one.language for one in stated),
        format=_agreed(one.format for one in stated) or "mixed",
        encoding=_agreed(one.encoding for one in stated),
        more=tuple(dict.fromkeys(chain.from_iterable(one.more for one in stated))),
    )


def _agreed(values: Iterable[str]) -> str:
    """Return the one value that is stated; empty where there are none or several."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else ""
