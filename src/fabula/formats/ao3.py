"""Fan fiction as the Archive of Our Own and FanFicFare give it: what stands around the story is told from it.

Both put a table of tags before the story, and the author's summary and notes around it. The words stay in the text,
marked `preface`, `summary` and `note`; what they state goes into `Metadata.more`. EPUBs of both are read by
`fabula.formats.epub`, which asks `recognised` here.

Source: layout of the archive's downloads (otwcode/otwarchive, app/views/downloads) and of FanFicFare's title pages
(JimmXinu/FanFicFare, writers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.formats import html
from fabula.formats.source import Source
from fabula.formats.writing.blocks import Block, Blocks, settled_marks
from fabula.story import Mark, Metadata, Telling, joined

_LABELS: Mapping[str, str] = {
    "rating": "rating",
    "archive warning": "warning",
    "warning": "warning",
    "category": "category",
    "fandom": "fandom",
    "relationship": "relationship",
    "pairing": "relationship",
    "character": "character",
    "additional tag": "tag",
    "freeform": "tag",
    "genre": "genre",
    "language": "language",
    "series": "series",
    "collection": "collection",
    "stat": "stats",
    "statu": "status",
    "summary": "summary",
    "published": "published",
    "updated": "updated",
    "packaged": "packaged",
    "chapter": "chapters",
    "word": "words",
    "publisher": "publisher",
    "story url": "source",
    "author url": "author page",
}
_NOTE_LABELS = re.compile(r"(chapter |work )?(end )?(summary|notes?)\s*:?\Z", re.I)
_SEE_NOTES = re.compile(r"see the end of the (work|chapter) for", re.I)
_INSPIRED = re.compile(
    r"(inspired by|translation of|a translation of|translation into|a remix of)\b[\s:]*(.*)", re.I | re.S
)
_BYLINE = re.compile(r"(.+?)\s+by\s+(.+)\Z", re.S)
_ENTRY = re.compile(r"([^:\n]{2,24}):\s*(.*)\Z", re.S)
_FANFICFARE_LABELS = ("chapters", "words", "publisher", "source", "status", "packaged", "published", "author page")
_LONGEST_SUMMARY = 12
_LANGUAGES = {"english": "en", "français": "fr", "deutsch": "de", "español": "es", "italiano": "it"}


class Recognised(NamedTuple):
    """What was told from the story.

    Attributes:
        marks: of kind `preface`, `summary` and `note`.
        more: statements, as for `Metadata.more`.
        title: empty where none was recognised.
        author: empty where none was recognised.
    """

    marks: tuple[Mark, ...]
    more: tuple[tuple[str, str], ...]
    title: str = ""
    author: str = ""


def detects(source: Source) -> bool:
    """Whether a source is a page from one of the two."""
    if not html.detects(source):
        return False
    data = source.data
    archive = b"archiveofourown.org" in data[:20_000] and (b'id="preface"' in data or b'id="chapters"' in data)
    return archive or (b'<table class="full">' in data and b'name="section' in data)


def read(source: Source) -> Telling:
    """Read such a page as a telling.

    Raises:
        InputError: when the page holds no words, or declares entities made of other entities.
    """
    page, text, encoding = html.read_source(source)
    found = recognised(page.blocks)
    blocks = page.blocks._replace(marks=(*page.blocks.marks, *found.marks))
    metadata = replace(with_found(html.metadata_of(page, encoding), found), format="ao3")
    return Telling(
        source.stem, blocks.text, settled_marks(blocks), metadata, html.lined_map(blocks, text, source.name)
    )


def with_found(metadata: Metadata, found: Recognised) -> Metadata:
    """Return metadata with what was recognised in the text added; the text's word on title and author counts."""
    stated = dict(found.more)
    summaries = {"summary"} if "summary" in stated else set()
    more = (*(entry for entry in metadata.more if entry[0] not in summaries), *found.more)
    language = metadata.language or _LANGUAGES.get(stated.get("language", "").casefold(), "")
    return replace(
        metadata,
        title=found.title or metadata.title,
        author=found.author or metadata.author,
        language=language,
        more=tuple(dict.fromkeys(more)),
    )


def recognised(blocks: Blocks) -> Recognised:
    """Tell summaries, notes and the table of tags from the story.

    Args:
        blocks: of one page, or of the documents of an EPUB joined.
    """
    if any(label in ("rating", "fandom", "warning") for label, _ in _tags(blocks)):
        return _from_archive(blocks)
    return _from_fanficfare(blocks)


def _inside(block: Block, name: str) -> bool:
    """Whether a block lies in an element of that id or class; digits that converters add to classes do not count."""
    if block.element is None:
        return False
    return any(
        element.id == name or any(one.rstrip("0123456789") == name for one in element.classes)
        for element in block.element.within()
    )


def _words(blocks: Blocks, block: Block) -> str:
    return joined(blocks.text, block.span)


def _quoted(block: Block) -> bool:
    """Whether a block lies in a block quotation, where the archive puts what authors wrote of their work."""
    return block.element is not None and any(element.name == "blockquote" for element in block.element.within())


def _from_archive(blocks: Blocks) -> Recognised:
    """Read the layout of the Archive of Our Own."""
    marks: list[Mark] = []
    more: list[tuple[str, str]] = list(_tags(blocks))
    for group in ("preface", "afterword"):
        inside = [block for block in blocks.blocks if _inside(block, group)]
        if inside:
            marks.append(Mark(inside[0].start, inside[-1].end, "preface"))
    for label, body in _labelled(blocks):
        words = _words(blocks, label).rstrip(":").casefold()
        start, end = label.start, body[-1].end if body else label.end
        if words.endswith("summary"):
            marks.append(Mark(start, end, "summary"))
        else:
            marks.append(Mark(start, end, "note", "after" if "end" in words else "before"))
        if any(map(_quoted, body)) and (words == "summary" or not words.startswith("chapter")):
            kind = "summary" if words == "summary" else "note"
            said = (_words(blocks, block) for block in body if _quoted(block))
            more.append((kind, "\n".join(said)))
    more.extend(_inspirations(blocks))
    title = next((b for b in blocks.blocks if b.heading and _inside(b, "preface")), None)
    byline = next((b for b in blocks.blocks if _inside(b, "byline")), None)
    return Recognised(
        tuple(marks),
        tuple(dict.fromkeys(more)),
        _words(blocks, title) if title else "",
        re.sub(r"\Aby\s+", "", _words(blocks, byline)) if byline else "",
    )


def _tags(blocks: Blocks) -> Iterator[tuple[str, str]]:
    """Yield what the table of tags states."""
    label = ""
    for block in blocks.blocks:
        if not _inside(block, "tags") or block.element is None:
            continue
        words = _words(blocks, block)
        names = [element.name for element in block.element.within()]
        if "dt" in names:
            label = _label(words)
        elif label:
            yield label, words


def _label(words: str) -> str:
    """Return the name under which a labelled statement is recorded."""
    plain = words.rstrip(": ").casefold()
    return _LABELS.get(plain.removesuffix("s"), _LABELS.get(plain, plain))


def _labelled(blocks: Blocks) -> Iterator[tuple[Block, list[Block]]]:
    """Yield the labels of summaries and notes, each with the quotation that follows it."""
    run = blocks.blocks
    for index, block in enumerate(run):
        if _quoted(block) or _inside(block, "tags") or block.heading:
            continue
        words = _words(blocks, block)
        if not (_NOTE_LABELS.match(words) and (_inside(block, "meta") or _inside(block, "preface"))):
            continue
        body = []
        for follower in run[index + 1 :]:
            if not _quoted(follower) and not _SEE_NOTES.match(_words(blocks, follower)):
                break
            body.append(follower)
        yield block, body


def _inspirations(blocks: Blocks) -> Iterator[tuple[str, str]]:
    """Yield the works that this one grew from."""
    for block in blocks.blocks:
        if _quoted(block) or not _inside(block, "preface"):
            continue
        match = _INSPIRED.match(_words(blocks, block))
        if match and match[2]:
            yield match[1].casefold(), match[2].removesuffix(".").strip()


def _from_fanficfare(blocks: Blocks) -> Recognised:
    """Read the title page and table of contents of FanFicFare."""
    run = blocks.blocks
    entries = list(_entries(blocks))
    known = [entry for entry in entries if entry[1] in _LABELS.values()]
    if len(known) < 3 or not any(entry[1] in _FANFICFARE_LABELS for entry in known):
        return Recognised((), ())
    first = entries[0][0]
    head = next((block for block in run if block.heading and block.start < first.start), None)
    named = _BYLINE.match(_words(blocks, head)) if head else None
    start = head.start if head and named else first.start
    marks = [Mark(start, _contents_end(blocks, entries[-1][0]), "preface")]
    marks.extend(Mark(block.start, block.end, "summary") for block, label, _ in entries if label == "summary")
    return Recognised(
        tuple(marks),
        tuple((label, words) for _, label, words in entries if words),
        named[1] if named else "",
        named[2] if named else "",
    )


def _entries(blocks: Blocks) -> Iterator[tuple[Block, str, str]]:
    """Yield the statements of a title page: rows of its table, or lines `Label: words`, up to the next heading."""
    others: int | None = None
    for block in blocks.blocks:
        if block.heading and others is not None:
            return
        for start, end in _parts(blocks, block):
            match = _ENTRY.match(" ".join(blocks.text[start:end].split()))
            if match and _label(match[1]) in _LABELS.values():
                others = 0
                yield block._replace(start=start, end=end), _label(match[1]), match[2]
            elif others is not None:
                others += 1
        if (others or 0) > _LONGEST_SUMMARY:
            return


def _parts(blocks: Blocks, block: Block) -> Sequence[tuple[int, int]]:
    """Return where the lines of a block start and end."""
    found = []
    at = block.start
    for line in blocks.text[block.start : block.end].split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _contents_end(blocks: Blocks, last: Block) -> int:
    """Return where the table of contents after the title page ends, or the title page where there is none."""
    end = last.end
    listed = False
    for block in blocks.blocks:
        if block.start <= last.start:
            continue
        if block.heading and _words(blocks, block).casefold() == "table of contents":
            listed = True
        elif block.heading or not listed:
            break
        end = block.end
    return end
