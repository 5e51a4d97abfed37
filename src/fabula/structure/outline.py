"""Which blocks are headings, and of what: parts, chapters, sections inside chapters. Contents lists are none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from fabula.spans import Span
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.candidates import Candidate, find_candidates
from fabula.structure.headings import Heading, is_capitals, is_title, parse_heading
from fabula.structure.paragraphs import Block, Layout

Role = Literal["part", "chapter", "section", "title", "front", "back", "end", "note", "summary"]


class Entry(NamedTuple):
    """A heading with its place among the blocks.

    Attributes:
        first: index of the block with the number or keyword.
        last: index of the last block that belongs to it (its title may stand below).
        heading: what it says.
        role: what it opens; `title` is the book's own title.
        rank: 0 for the outermost parts, rising; only for parts.
    """

    first: int
    last: int
    heading: Heading
    role: Role
    rank: int = 0


def find_outline(text: str, blocks: Sequence[Block], layout: Layout, within: Sequence[bool]) -> list[Entry]:
    """Find the headings that order a text.

    Args:
        text: that the blocks point into.
        blocks: all blocks, in order.
        layout: how the plain text is set.
        within: for each block whether it may belong to the book itself.

    Returns:
        Entries in order.
    """
    named, counted, capitals, tellers, weights = find_candidates(text, blocks, layout, within)
    roles = _roles(counted, capitals, weights)
    telling: Role = "section" if "chapter" in roles.values() else "chapter"
    ranks = _ranks(counted, roles)
    entries = [_entry(text, blocks, c, c.heading.form) for c in named]  # type: ignore[arg-type]
    entries += [
        _entry(text, blocks, c, role, ranks.get(c.sort, 0))
        for c in (*counted, *capitals)
        if (role := roles.get(c.sort))
    ]
    entries += [_entry(text, blocks, c, telling) for c in tellers]
    return _without_overlap(sorted(entries, key=lambda entry: (entry.first, entry.role)))


def _roles(counted: Sequence[Candidate], capitals: Sequence[Candidate], weights: Sequence[int]) -> Mapping[str, Role]:
    """Decide what each sort of heading opens."""
    count = Counter(c.sort for c in counted)
    forms = {c.sort: c.heading.form for c in counted}
    parts = [sort for sort in count if forms[sort] == "part"]
    keyed = [sort for sort in count if forms[sort] == "chapter"] or [s for s in count if forms[s] == "section"]
    loose = [sort for sort in count if sort.startswith(("bare", "numbered"))]
    marks = [sort for sort in count if sort.startswith("mark")]
    chapters = _chapter_sorts(count, keyed, loose, marks, counted)
    roles: dict[str, Role] = {sort: "section" for sort in (*marks, *loose) if not sort.startswith("numbered")}
    roles.update(_mark_roles(marks, chapters, counted))
    if not chapters and parts:
        chapters, parts = parts[-1:], parts[:-1]
    elif not chapters and _are_stories(capitals, weights):
        chapters = ["capitals"]
    roles.update({sort: "part" for sort in parts})
    roles.update({sort: "chapter" for sort in chapters})
    if "special" in count:
        roles["special"] = "chapter"
    if "capitals" not in chapters and _is_system(counted, capitals, chapters):
        roles["capitals"] = "section"
    return roles


def _chapter_sorts(
    count: Mapping[str, int],
    keyed: Sequence[str],
    loose: Sequence[str],
    marks: Sequence[str],
    counted: Sequence[Candidate],
) -> list[str]:
    """Return the sorts that open chapters: keywords first, then numbers, then the commonest level of marks."""
    most = max((count[sort] for sort in loose), default=0)
    if keyed and (sum(count[sort] for sort in keyed) > 1 or most < 3):
        levels = Counter(f"mark{c.level}" for c in counted if c.sort in keyed and c.level)
        return [*keyed, *(sort for sort, _ in levels.most_common(1) if sort in count)]
    if most > 1:
        return [max(loose, key=lambda sort: count[sort])]
    if marks:
        top = max(
            (sort for sort in marks if int(sort[4:]) < 5), default="", key=lambda sort: (count[sort], -int(sort[4:]))
        )
        above = [c.level for c in counted if c.heading.form == "part" and c.level]
        return [top] if top and (not above or int(top[4:]) >= max(above)) else []
    return []


def _mark_roles(marks: Sequence[str], chapters: Sequence[str], counted: Sequence[Candidate]) -> dict[str, Role]:
    """Marked headings above the chapters' level are parts (or the title), those below it are sections."""
    depth = [int(sort[4:]) for sort in chapters if sort.startswith("mark")]
    depth += [c.level for c in counted if c.sort in chapters and c.level]
    if not depth:
        return {}
    level = Counter(depth).most_common(1)[0][0]
    count = Counter(c.sort for c in counted)
    roles: dict[str, Role] = {}
    for sort in marks:
        if int(sort[4:]) < level:
            roles[sort] = "part" if count[sort] > 1 else "title"
        elif int(sort[4:]) > level:
            roles[sort] = "section"
    return roles


def _are_stories(capitals: Sequence[Candidate], weights: Sequence[int]) -> bool:
    """Whether lines in capitals are titles of stories: each once, each with a few pages of prose."""
    ends = [*(c.at for c in capitals[1:]), len(weights) - 1][: len(capitals)]
    pages = [weights[end] - weights[c.at] for c, end in zip(capitals, ends, strict=True)]
    titles = {c.heading.title for c in capitals}
    return len(titles) == len(capitals) > 1 and sum(page > 1500 for page in pages) >= 0.8 * len(pages)


def _is_system(counted: Sequence[Candidate], capitals: Sequence[Candidate], chapters: Sequence[str]) -> bool:
    """Whether lines in capitals divide most chapters, and are not one newspaper or inscription in one of them."""
    starts = [c.at for c in counted if c.sort in chapters]
    if len(capitals) < 6 or len(starts) < 2:
        return False
    places = [c.at for c in capitals]
    held = sum(
        bisect_left(places, a + 3) < bisect_left(places, b) for a, b in pairwise([*starts, capitals[-1].at + 1])
    )
    return held >= 0.6 * len(starts)


def _ranks(counted: Iterable[Candidate], roles: Mapping[str, Role]) -> dict[str, int]:
    """Rank the sorts of parts: volumes outermost, then by first appearance."""
    seen = list(dict.fromkeys(c.sort for c in counted if roles.get(c.sort) == "part"))
    seen.sort(key=lambda sort: sort != "volume")
    return {sort: rank for rank, sort in enumerate(seen)}


def _entry(text: str, blocks: Sequence[Block], candidate: Candidate, role: Role, rank: int = 0) -> Entry:
    last = candidate.at
    if role in ("part", "chapter") and not candidate.heading.title:
        last = _title_end(text, blocks, candidate.at, part=role == "part")
    return Entry(candidate.at, last, candidate.heading, role, rank)


def _title_end(text: str, blocks: Sequence[Block], at: int, *, part: bool) -> int:
    """Return the index of the last block of a title that stands below its number."""
    if "\n" in blocks[at].span.of(text):
        return at
    for index in range(at + 1, min(at + 3, len(blocks) - 1)):
        words = blocks[index].span.of(text)
        if not _can_be_title(words, blocks[index], blocks[index + 1]) or _opens_another(words, part=part):
            return index - 1
    return min(at + 2, len(blocks) - 2)


def _opens_another(words: str, *, part: bool) -> bool:
    """Whether a block below a number is a heading of its own: a title may look like one (`Epilogue`, `I Go Home`)."""
    heading = parse_heading(words)
    return heading is not None and (part or not (heading.form == "special" or words.startswith("I ")))


def _can_be_title(words: str, block: Block, following: Block) -> bool:
    if block.marked not in ("", "paragraph", "heading") or words.count("\n") > 2 or is_break(words):
        return False
    if parse_viewpoint(words) or words[-1] in ",;:":
        return False
    # A call (`Stop Him!`) may be the first line of the story as well; a title stands further from what follows.
    ends_well = words[-1] != "." and (words[-1] not in "!?" or following.gap > block.gap)
    return is_capitals(words) or (len(words) <= 90 and is_title(words) and ends_well)


def _without_overlap(entries: Sequence[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    for entry in entries:
        if not kept or entry.first > kept[-1].last:
            kept.append(entry)
    return kept


def heading_span(blocks: Sequence[Block], entry: Entry) -> Span:
    """Return the span of a heading, title included."""
    return Span(blocks[entry.first].span.start, blocks[entry.last].span.end)
