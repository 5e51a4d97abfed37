"""What changed from one draft to the next, for the terminal: chapters and scenes moved, cut, added, reworded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from fabula.report.markup import cut, plural
from fabula.story import Alignment, Story
from fabula.tellings import DraftChanges, DraftPart, PartChange, find_changes
from fabula.visible import visible

if TYPE_CHECKING:
    from rich.text import Text

ROWS = 20
"""Most rows of a summary that stands above the lines themselves."""

_STYLES = {"cut": "bold red", "added": "bold green", "reworded": "yellow", "punctuation": "yellow"}
_SAID = {"same": "the same", "punctuation": "marks only"}
_ONE_SIDED = ("cut", "added")
_TITLE = 40
_TOLD = len("    reworded  ")


def draft_summary(story: Story) -> Text:
    """Sum up every alignment of a story by chapters and scenes.

    Args:
        story: with its alignments, and the layers `chapters` and `scenes`.

    Returns:
        A rich text.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    from rich.text import Text

    parts = [_summary(alignment, find_changes(story.tellings, alignment)) for alignment in story.alignments]
    return Text("\n").join(parts)


def summary_above(story: Story, alignment: Alignment) -> Text | None:
    """Return the summary that stands above the lines of an alignment, cut where it is long.

    Args:
        story: with the layers `chapters` and `scenes`.
        alignment: one of its own.

    Returns:
        None where both sides are a single scene, or parts of one text, which are no drafts; or nothing is linked.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    if alignment.a.telling == alignment.b.telling or not alignment.links:
        return None
    found = find_changes(story.tellings, alignment)
    scenes = [sum(len(side) for side in sides) for sides in zip(*((c.a, c.b) for c in found.scenes), strict=True)]
    return _summary(alignment, found, ROWS) if max(scenes, default=0) > 1 else None


def _summary(alignment: Alignment, found: DraftChanges, most: int | None = None) -> Text:
    from rich.text import Text

    text = Text(visible(f"What changed from {alignment.a.name} to {alignment.b.name}"), style="bold")
    for level, changes in (("chapters", found.chapters), ("scenes", found.scenes)):
        if len(changes) > 1 or level == "scenes":
            text.append(f"\n{level}: {_counts(changes)}", style="dim not bold")
    rows = list(_rows(found))
    wide = max((len(told) for told, _ in rows[:most]), default=0)
    for told, change in rows[:most]:
        text.append("\n").append_text(_row(change, f"{told:<{max(wide, _TOLD)}} "))
    if most is not None and len(rows) > most:
        text.append(f"\n  … and {len(rows) - most} more: --summary shows all", style="dim not bold")
    return text.append("\n")


def _counts(changes: Sequence[PartChange]) -> str:
    """Say how many changes are of which kind."""
    counted = [
        f"{count} {_SAID.get(fate, fate)}" for fate, count in Counter(change.fate for change in changes).items()
    ]
    moved = sum(change.moved for change in changes)
    return " · ".join([*counted, *([f"{moved} moved"] if moved else [])]) or "none"


def _rows(found: DraftChanges) -> Iterator[tuple[str, PartChange]]:
    """Yield what changed and what is said of it: chapters, and below each the scenes that stayed in it."""
    chapters = found.chapters if len(found.chapters) > 1 else ()
    homes: dict[int, list[PartChange]] = defaultdict(list)
    for scene in found.scenes:
        homes[_home(scene, chapters)].append(scene)
    for number, chapter in enumerate(chapters):
        if chapter.fate != "same" or chapter.moved:
            yield _told(chapter, "  ", moved=chapter.moved), chapter
        if chapter.fate not in _ONE_SIDED and len(homes[number]) > 1:
            told = ((scene, scene.moved and not chapter.moved) for scene in homes[number])
            yield from (
                (_told(scene, "    ", moved=moved), scene) for scene, moved in told if scene.fate != "same" or moved
            )
    for scene in homes[-1]:
        if scene.fate != "same" or scene.moved:
            yield _told(scene, "  ", moved=scene.moved), scene


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


def _told(change: PartChange, indent: str, *, moved: bool) -> str:
    said = _SAID.get(change.fate, change.fate)
    if moved:
        said = "moved" if change.fate == "same" else f"moved, {said}"
    return indent + said


def _row(change: PartChange, told: str) -> Text:
    from rich.text import Text

    text = Text(style="not bold").append(told, style=_STYLES.get(change.fate, ""))
    text.append(visible(_where(change)))
    words = sum(part.words for part in (*change.a, *change.b))
    if change.fate in _ONE_SIDED:
        text.append(f" · {plural(words, 'word')}", style="dim")
    elif change.lost or change.gained:
        text.append(
            f" · {max(change.share, 0.01):.0%}: {plural(change.lost, 'word')} out, {change.gained:,} in", "dim"
        )
    return text


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
