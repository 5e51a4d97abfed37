"""What changed from one draft to the next: chapters and scenes moved, cut, added, reworded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from fabula.report.markup import cut, plural
from fabula.story import Alignment, Story, Telling
from fabula.tellings import DraftChanges, DraftPart, PartChange, find_changes
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.console import Group

ROWS = 20
"""Most rows of a summary that stands above the lines themselves."""


class Changed(NamedTuple):
    """A change of chapters or scenes, in words.

    Attributes:
        depth: 0 for what stands by itself, 1 for scenes of the chapter above.
        fate: what became of it, as `PartChange.fate`.
        told: the same for a reader; also whether it moved.
        where: its place in either draft.
        much: how many words that concerns; empty where none.
    """

    depth: int
    fate: str
    told: str
    where: str
    much: str


class Changes(NamedTuple):
    """What changed from one draft to the next, in words.

    Attributes:
        title: which drafts these are.
        counts: how many chapters, then scenes, are of which kind.
        rows: what changed.
    """

    title: str
    counts: tuple[str, ...]
    rows: tuple[Changed, ...]


_STYLES = {"cut": "bold red", "added": "bold green", "reworded": "yellow", "punctuation": "yellow"}
_SAID = {"same": "the same", "punctuation": "marks only"}
_ONE_SIDED = ("cut", "added")
_TITLE = 40
_TOLD = len("    reworded   ")


def draft_summary(story: Story) -> Group:
    """Sum up every alignment of a story by chapters and scenes.

    Args:
        story: with its alignments, and the layers `chapters` and `scenes`.

    Returns:
        A rich renderable.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    from rich.console import Group

    parts = [_summary(_changes(alignment, find_changes(story.tellings, alignment))) for alignment in story.alignments]
    return Group(*parts)


def summary_above(story: Story, alignment: Alignment) -> Group | None:
    """Return the summary that stands above the lines of an alignment, cut where it is long.

    Args:
        story: with the layers `chapters` and `scenes`.
        alignment: one of its own.

    Returns:
        None where both sides are a single scene, or parts of one text, which are no drafts; or nothing is linked.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    found = changes_above(story.tellings, alignment)
    return _summary(found, ROWS) if found else None


def changes_above(tellings: Sequence[Telling], alignment: Alignment) -> Changes | None:
    """Return what stands above the lines of an alignment.

    Args:
        tellings: of the story, with the layers `chapters` and `scenes`.
        alignment: of two of them.

    Returns:
        None where both sides are a single scene, or parts of one text, which are no drafts; or nothing is linked.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    if alignment.a.telling == alignment.b.telling or not alignment.links:
        return None
    found = find_changes(tellings, alignment)
    scenes = [sum(len(side) for side in sides) for sides in zip(*((c.a, c.b) for c in found.scenes), strict=True)]
    return _changes(alignment, found) if max(scenes, default=0) > 1 else None


def _changes(alignment: Alignment, found: DraftChanges) -> Changes:
    levels = (("chapters", found.chapters), ("scenes", found.scenes))
    return Changes(
        f"What changed from {alignment.a.name} to {alignment.b.name}",
        tuple(f"{level}: {_counts(changes)}" for level, changes in levels if len(changes) > 1 or level == "scenes"),
        tuple(_rows(found)),
    )


def _summary(found: Changes, most: int | None = None) -> Group:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    head = Text("\n".join([visible(found.title), *found.counts]), style="dim")
    head.stylize("not dim bold", 0, len(visible(found.title)))
    rows = Table.grid()
    rows.add_column(no_wrap=True, min_width=_TOLD)
    rows.add_column()
    for row in found.rows[:most]:
        where = Text(visible(row.where)).append(f" · {row.much}" if row.much else "", style="dim")
        rows.add_row(Text(f"{'  ' * (row.depth + 1)}{row.told} ", style=_STYLES.get(row.fate, "")), where)
    if most is not None and len(found.rows) > most:
        return Group(head, rows, Text(f"  … and {len(found.rows) - most} more: --summary shows all\n", style="dim"))
    return Group(head, *([rows] if found.rows else []), Text())


def _counts(changes: Sequence[PartChange]) -> str:
    """Say how many changes are of which kind."""
    counted = [
        f"{count} {_SAID.get(fate, fate)}" for fate, count in Counter(change.fate for change in changes).items()
    ]
    moved = sum(change.moved for change in changes)
    return " · ".join([*counted, *([f"{moved} moved"] if moved else [])]) or "none"


def _rows(found: DraftChanges) -> Iterator[Changed]:
    """Yield what changed: chapters, and below each the scenes that stayed in it."""
    chapters = found.chapters if len(found.chapters) > 1 else ()
    homes: dict[int, list[PartChange]] = defaultdict(list)
    for scene in found.scenes:
        homes[_home(scene, chapters)].append(scene)
    for number, chapter in enumerate(chapters):
        if chapter.fate != "same" or chapter.moved:
            yield _row(chapter, 0, moved=chapter.moved)
        if chapter.fate not in _ONE_SIDED and len(homes[number]) > 1:
            told = ((scene, scene.moved and not chapter.moved) for scene in homes[number])
            yield from (_row(scene, 1, moved=moved) for scene, moved in told if scene.fate != "same" or moved)
    for scene in homes[-1]:
        if scene.fate != "same" or scene.moved:
            yield _row(scene, 0, moved=scene.moved)


def _home(scene: PartChange, chapters: Sequence[PartChange]) -> int:
    """Return which of the chapters scenes stayed in; -1 where they left it."""
    numbers = [{part.chapter for part in parts} for parts in (scene.a, scene.b)]
    for at, chapter in enumerate(chapters):
        if all(
            inside <= {part.chapter for part in parts}
            for inside, parts in zip(numbers, (chapter.a, chapter.b), strict=True)
        ):
            return at
    return -1


def _row(change: PartChange, depth: int, *, moved: bool) -> Changed:
    said = _SAID.get(change.fate, change.fate)
    if moved:
        said = "moved" if change.fate == "same" else f"moved, {said}"
    return Changed(depth, change.fate, said, _where(change), _much(change))


def _much(change: PartChange) -> str:
    """Say how many words a change concerns."""
    if change.fate in _ONE_SIDED:
        return plural(sum(part.words for part in (*change.a, *change.b)), "word")
    if change.lost or change.gained:
        return f"{max(change.share, 0.01):.0%}: {plural(change.lost, 'word')} out, {change.gained:,} in"
    return ""


def _where(change: PartChange) -> str:
    """Name chapters or scenes, as they were called and as they are now, where that differs."""
    before, after = _named(change.a), _named(change.b)
    return " → ".join(dict.fromkeys(name for name in (before, after) if name))


def _named(parts: Sequence[DraftPart]) -> str:
    if parts and parts[0].scene is None:
        plain = {f"chapter {part.chapter}" for part in parts}
        titles = [cut(part.title, _TITLE) for part in parts if len(parts) == 1 and part.title]
        titles = [title for title in titles if title.casefold() not in plain]
        return " ".join([_numbers("chapter", [part.chapter for part in parts]), *(f"“{title}”" for title in titles)])
    held = ((chapter, [part.scene or 0 for part in group]) for chapter, group in groupby(parts, lambda p: p.chapter))
    return " and ".join(f"chapter {chapter}, {_numbers('scene', scenes)}" for chapter, scenes in held)


def _numbers(noun: str, numbers: Sequence[int]) -> str:
    return f"{noun}{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
