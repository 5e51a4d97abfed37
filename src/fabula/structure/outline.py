"""Which blocks are headings, and of what: parts, chapters, sections inside chapters. Contents lists are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from fabula.spans import Span
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.headings import Heading, is_capitals, is_title, parse_heading
from fabula.structure.paragraphs import Block, Layout

Role = Literal["part", "chapter", "section", "title", "front", "back", "end", "note", "summary"]

PROSE = 120
"""How many code points of running text between two headings make them more than entries of a list."""


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


class _Candidate(NamedTuple):
    at: int
    heading: Heading
    sort: str
    level: int


def find_outline(text: str, blocks: Sequence[Block], layout: Layout) -> list[Entry]:
    """Find the headings that order a text.

    Args:
        text: that the blocks point into.
        blocks: all blocks, in order.
        layout: how the plain text is set.

    Returns:
        Entries in order.
    """
    candidates = [found for at in range(len(blocks)) if (found := _candidate(text, blocks, at, layout))]
    weights = _prose_before(text, blocks)
    named = [_entry(text, blocks, c, c.heading.form) for c in candidates if c.sort == "named"]  # type: ignore[arg-type]
    counted = _without_contents([c for c in candidates if c.sort not in ("named", "capitals")], weights)
    counted = _in_sequence(counted)
    capitals = _without_contents([c for c in candidates if c.sort == "capitals"], weights)
    roles = _roles(counted, capitals, weights)
    ranks = _ranks(counted, roles)
    entries = [
        _entry(text, blocks, c, role, ranks.get(c.sort, 0))
        for c in sorted((*counted, *capitals))
        if (role := roles.get(_sort(c)))
    ]
    return _without_overlap(sorted((*named, *entries), key=lambda entry: (entry.first, entry.role)))


def _sort(candidate: _Candidate) -> str:
    return candidate.sort


def _candidate(text: str, blocks: Sequence[Block], at: int, layout: Layout) -> _Candidate | None:
    block = blocks[at]
    marked = block.marked == "heading"
    if block.span.length > (400 if marked else 320) or (block.marked and not marked and block.span.length > 100):
        return None
    words = block.span.of(text)
    heading = parse_heading(words)
    if marked:
        level = int(block.level) if block.level.isdigit() else 1
        if heading is None or heading.form in ("bare", "numbered"):
            number, title = (heading.number, heading.title) if heading else (None, " ".join(words.split()))
            return _Candidate(at, Heading("numbered", "mark", number, title), f"mark{level}", level)
    elif heading is None:
        return _capitals(words, blocks, at) if not is_break(words) else None
    elif not _stands_alone(block, words, heading, layout, first=at == 0):
        return None
    if heading.form in ("front", "back", "end", "note", "summary"):
        return _Candidate(at, heading, "named", 0)
    sort = heading.key if heading.form in ("chapter", "section", "part") else heading.form
    if heading.form in ("bare", "numbered"):
        sort = f"{heading.form}-{heading.key}"
    return _Candidate(at, heading, sort, int(block.level) if block.level.isdigit() else 0)


def _stands_alone(block: Block, words: str, heading: Heading, layout: Layout, *, first: bool) -> bool:
    """Whether a block of plain text is short enough, and far enough from its neighbours, to be this heading."""
    if words.lstrip("_*= ")[:1] in "\"'“‘":
        return False
    if layout.style == "lines":
        return len(words) <= 100
    if heading.form in ("chapter", "part", "special", "bare"):
        return True
    return block.gap > 0 or first


def _capitals(words: str, blocks: Sequence[Block], at: int) -> _Candidate | None:
    """Return a block in capitals that stands alone."""
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if block.marked or "\n" in words or len(words) > 80 or words[-1] in ",;:.!" or not words[0].isalnum():
        return None
    apart = (block.gap > 0 or at == 0) and (following is None or following.gap > 0)
    if not apart or not is_capitals(words) or parse_viewpoint(words):
        return None
    return _Candidate(at, Heading("special", "capitals", None, words), "capitals", 0)


def _prose_before(text: str, blocks: Sequence[Block]) -> list[int]:
    """Return, for each block and the end, how much running text stands before it, in code points."""
    total, sums = 0, [0]
    for block in blocks:
        words = block.span.of(text)
        if block.marked != "heading" and not is_break(words) and not is_title(words):
            total += len(words)
        sums.append(total)
    return sums


def _without_contents(candidates: Sequence[_Candidate], weights: Sequence[int]) -> list[_Candidate]:
    """Leave out the entries of contents lists: headings of one sort that follow each other without prose."""
    kept: list[_Candidate] = []
    run: list[_Candidate] = []
    for index, candidate in enumerate(candidates):
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        run.append(candidate)
        end = following.at if following else len(weights) - 1
        if following and weights[end] - weights[candidate.at + 1] < PROSE:
            continue
        kept.extend(_after_contents(run, candidates[index + 1 :]))
        run = []
    return kept


def _after_contents(run: Sequence[_Candidate], following: Sequence[_Candidate]) -> list[_Candidate]:
    """Return what is left of a run of headings without prose between them: all, unless it is a contents list."""
    if max(Counter(c.sort for c in run).values()) < 3:
        return list(run)
    tail: list[_Candidate] = []
    for candidate in reversed(run):
        if any(candidate.sort == later.sort for later in tail):
            break
        tail.insert(0, candidate)
    listed = {c.heading.number for c in run[: len(run) - len(tail)] if c.sort == run[-1].sort}
    last = run[-1].heading.number
    again = any(c.sort == run[-1].sort and c.heading.number in listed for c in following[:2])
    if last is not None and last not in listed and again:
        return []  # the list's last entry, with a preface below it
    return tail


def _in_sequence(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Leave out numbers without keyword that do not count on from each other, such as a lone `I`."""
    kept: list[_Candidate] = []
    by_sort: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        if candidate.sort.startswith(("bare", "numbered")):
            by_sort.setdefault(candidate.sort, []).append(candidate)
        else:
            kept.append(candidate)
    for same in by_sort.values():
        kept.extend(_counting(same))
    return sorted(kept)


def _counting(same: Sequence[_Candidate]) -> list[_Candidate]:
    chain: list[_Candidate] = []
    numbers = [c.heading.number or 0 for c in same]
    for index, candidate in enumerate(same):
        number = numbers[index]
        last = chain[-1].heading.number or 0 if chain else 0
        ahead = numbers[index + 1] if index + 1 < len(numbers) else 0
        starts = number in (1, 2) and ahead == number + 1
        if starts or (chain and last < number <= last + 2):
            chain.append(candidate)
    return chain if len(chain) > 1 else []


def _roles(
    counted: Sequence[_Candidate], capitals: Sequence[_Candidate], weights: Sequence[int]
) -> Mapping[str, Role]:
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
    counted: Sequence[_Candidate],
) -> list[str]:
    """Return the sorts that open chapters: keywords first, then numbers, then the commonest level of marks."""
    most = max((count[sort] for sort in loose), default=0)
    if keyed and (sum(count[sort] for sort in keyed) > 1 or most < 3):
        levels = Counter(f"mark{c.level}" for c in counted if c.sort in keyed and c.level)
        return [*keyed, *(sort for sort, _ in levels.most_common(1) if sort in count)]
    if most > 1:
        return [max(loose, key=lambda sort: count[sort])]
    if marks:
        top = max(marks, key=lambda sort: (count[sort], -int(sort[4:])))
        levels = [c.level for c in counted if c.heading.form == "part" and c.level]
        return [top] if not levels or int(top[4:]) >= max(levels) else []
    return []


def _mark_roles(marks: Sequence[str], chapters: Sequence[str], counted: Sequence[_Candidate]) -> dict[str, Role]:
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


def _are_stories(capitals: Sequence[_Candidate], weights: Sequence[int]) -> bool:
    """Whether lines in capitals are titles of stories: each once, each with a few pages of prose."""
    ends = [*(c.at for c in capitals[1:]), len(weights) - 1][: len(capitals)]
    pages = [weights[end] - weights[c.at] for c, end in zip(capitals, ends, strict=True)]
    titles = {c.heading.title for c in capitals}
    return len(titles) == len(capitals) > 1 and sum(page > 1500 for page in pages) >= 0.8 * len(pages)


def _is_system(counted: Sequence[_Candidate], capitals: Sequence[_Candidate], chapters: Sequence[str]) -> bool:
    """Whether lines in capitals divide most chapters, and are not one newspaper or inscription in one of them."""
    starts = [c.at for c in counted if c.sort in chapters]
    if len(capitals) < 6 or len(starts) < 2:
        return False
    held = sum(
        any(a + 2 < c.at < b for c in capitals) for a, b in pairwise([*starts, capitals[-1].at + 1])
    )
    return held >= 0.6 * len(starts)


def _ranks(counted: Iterable[_Candidate], roles: Mapping[str, Role]) -> dict[str, int]:
    """Rank the sorts of parts: volumes outermost, then by first appearance."""
    seen = list(dict.fromkeys(c.sort for c in counted if roles.get(c.sort) == "part"))
    seen.sort(key=lambda sort: sort != "volume")
    return {sort: rank for rank, sort in enumerate(seen)}


def _entry(text: str, blocks: Sequence[Block], candidate: _Candidate, role: Role, rank: int = 0) -> Entry:
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
        heading = parse_heading(words)
        if not _can_be_title(words, blocks[index]) or (heading and (part or heading.form != "special")):
            return index - 1
    return min(at + 2, len(blocks) - 2)


def _can_be_title(words: str, block: Block) -> bool:
    if block.marked not in ("", "paragraph", "heading") or words.count("\n") > 2 or is_break(words):
        return False
    if parse_viewpoint(words) or words[-1] in ",;:":
        return False
    return is_capitals(words) or (len(words) <= 90 and is_title(words) and words[-1] not in ".!?")


def _without_overlap(entries: Sequence[Entry]) -> list[Entry]:
    kept: list[Entry] = []
    for entry in entries:
        if not kept or entry.first > kept[-1].last:
            kept.append(entry)
    return kept


def heading_span(blocks: Sequence[Block], entry: Entry) -> Span:
    """Return the span of a heading, title included."""
    return Span(blocks[entry.first].span.start, blocks[entry.last].span.end)
