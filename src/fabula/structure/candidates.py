"""Blocks that look like headings, and which of them are entries of a contents list or stray numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicon.tellers import headed_by, told_by
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.headings import Heading, is_capitals, is_title, parse_heading
from fabula.structure.paragraphs import Block, Layout

PROSE = 120
"""How many code points of running text between two headings make them more than entries of a list."""
_MOSTLY = 0.8
"""Least share of the names over parts of a story that must have that much below them."""


class Candidate(NamedTuple):
    """A block that looks like a heading.

    Attributes:
        at: index of the block.
        heading: what it says.
        sort: headings of one sort open the same thing: the keyword, `bare-roman`, `numbered-digits`, `mark2`, ….
        level: of the format's mark; 0 for plain text.
    """

    at: int
    heading: Heading
    sort: str
    level: int


class Candidates(NamedTuple):
    """All blocks that look like headings, contents lists and stray numbers left out.

    Attributes:
        named: those that name what they open: preface, description, notes, the end.
        counted: those with a keyword, a number or a mark.
        capitals: those in capitals, without any of these.
        tellers: lines that hold a name, or say whose story follows, where people take turns at telling.
        weights: for each block and the end, how much running text stands before it, in code points.
    """

    named: Sequence[Candidate]
    counted: Sequence[Candidate]
    capitals: Sequence[Candidate]
    tellers: Sequence[Candidate]
    weights: Sequence[int]


def find_candidates(text: str, blocks: Sequence[Block], layout: Layout, within: Sequence[bool]) -> Candidates:
    """Find the blocks that look like headings.

    Args:
        text: that the blocks point into.
        blocks: all blocks, in order.
        layout: how the plain text is set.
        within: for each block whether it may belong to the book itself.
    """
    found = [one for at in range(len(blocks)) if within[at] and (one := _candidate(text, blocks, at, layout))]
    weights = _prose_before(text, blocks)
    counted = _without_contents([c for c in found if c.sort not in ("named", "capitals")], weights)
    names = [one for at in range(len(blocks)) if within[at] and (one := _teller(text, blocks, at))]
    return Candidates(
        [c for c in found if c.sort == "named"],
        _in_sequence(counted),
        _without_contents([c for c in found if c.sort == "capitals"], weights),
        _taking_turns(_without_contents(names, weights), weights),
        weights,
    )


def _candidate(text: str, blocks: Sequence[Block], at: int, layout: Layout) -> Candidate | None:
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
            return Candidate(at, Heading("numbered", "mark", number, title), f"mark{level}", level)
    elif heading is None:
        return _capitals(words, blocks, at) if not is_break(words) else None
    elif not _stands_alone(block, words, heading, layout, first=at == 0):
        return None
    if heading.form in ("front", "back", "end", "note", "summary"):
        return Candidate(at, heading, "named", 0)
    sort = heading.key if heading.form in ("chapter", "section", "part") else heading.form
    if heading.form in ("bare", "numbered"):
        sort = f"{heading.form}-{heading.key}"
    return Candidate(at, heading, sort, int(block.level) if block.level.isdigit() else 0)


def _stands_alone(block: Block, words: str, heading: Heading, layout: Layout, *, first: bool) -> bool:
    """Whether a block of plain text is short enough, and far enough from its neighbours, to be this heading."""
    if words.lstrip("_*= ")[:1] in "\"'“‘":
        return False
    if layout.style == "lines":
        return len(words) <= 100
    if heading.form in ("chapter", "part", "special", "bare"):
        return True
    return block.gap > 0 or first


def _capitals(words: str, blocks: Sequence[Block], at: int) -> Candidate | None:
    """Return a block in capitals that stands alone."""
    if not _is_apart(words, blocks, at) or not is_capitals(words) or parse_viewpoint(words):
        return None
    return Candidate(at, Heading("special", "capitals", None, words), "capitals", 0)


def _is_apart(words: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a short line without a mark at its end, between blank lines."""
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if block.marked or "\n" in words or len(words) > 80 or words[-1] in ",;:.!" or not words[0].isalnum():
        return False
    return (block.gap > 0 or at == 0) and (following is None or following.gap > 0)


def _teller(text: str, blocks: Sequence[Block], at: int) -> Candidate | None:
    """Return a line that stands alone and holds a name, or says whose story follows."""
    if blocks[at].span.length > 80:
        return None
    words = blocks[at].span.of(text)
    name = headed_by(words) if _is_apart(words, blocks, at) and parse_heading(words) is None else None
    return Candidate(at, Heading("special", "tellers", None, words), "tellers", 0) if name else None


def _taking_turns(names: Sequence[Candidate], weights: Sequence[int]) -> list[Candidate]:
    """Return the names if people take turns at telling: two say that it is their story, or the names of two return.

    Most must stand over more than a few lines, so that they are no names over the speeches of a play.
    """
    count = Counter(c.heading.title for c in names)
    told = {name for c in names if (name := told_by(c.heading.title))}
    again = {title for title, times in count.items() if times > 1}
    ends = [*(c.at for c in names[1:]), len(weights) - 1][: len(names)]
    long = sum(weights[end] - weights[c.at] > PROSE for c, end in zip(names, ends, strict=True))
    if long < _MOSTLY * len(names) or (len(told) < 2 and len(again) < 2):
        return []
    if len(again) < 2:
        return [c for c in names if told_by(c.heading.title)]
    return [c for c in names if c.heading.title in again or is_capitals(c.heading.title) or told_by(c.heading.title)]


def _prose_before(text: str, blocks: Sequence[Block]) -> list[int]:
    """Return, for each block and the end, how much running text stands before it, in code points."""
    total, sums = 0, [0]
    for block in blocks:
        words = block.span.of(text)
        if block.marked != "heading" and not is_break(words) and not is_title(words):
            total += len(words)
        sums.append(total)
    return sums


def _without_contents(candidates: Sequence[Candidate], weights: Sequence[int]) -> list[Candidate]:
    """Leave out the entries of contents lists: headings of one sort that follow each other without prose."""
    kept: list[Candidate] = []
    run: list[Candidate] = []
    for index, candidate in enumerate(candidates):
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        run.append(candidate)
        end = following.at if following else len(weights) - 1
        if following and weights[end] - weights[candidate.at + 1] < PROSE:
            continue
        kept.extend(_after_contents(run, candidates[index + 1 :]))
        run = []
    return kept


def _after_contents(run: Sequence[Candidate], following: Sequence[Candidate]) -> list[Candidate]:
    """Return what is left of a run of headings without prose between them: all, unless it is a contents list."""
    if max(Counter(c.sort for c in run).values()) < 3:
        return list(run)
    tail: list[Candidate] = []
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


def _in_sequence(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out numbers without keyword that do not count on from each other, such as a lone `I`."""
    kept: list[Candidate] = []
    by_sort: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.sort.startswith(("bare", "numbered")):
            by_sort.setdefault(candidate.sort, []).append(candidate)
        else:
            kept.append(candidate)
    for same in by_sort.values():
        kept.extend(_counting(same))
    return sorted(kept)


def _counting(same: Sequence[Candidate]) -> list[Candidate]:
    chain: list[Candidate] = []
    numbers = [c.heading.number or 0 for c in same]
    for index, candidate in enumerate(same):
        number = numbers[index]
        last = chain[-1].heading.number or 0 if chain else 0
        ahead = numbers[index + 1] if index + 1 < len(numbers) else 0
        starts = number in (1, 2) and ahead == number + 1
        if starts or (chain and last < number <= last + 2):
            chain.append(candidate)
    return chain if len(chain) > 1 else []
