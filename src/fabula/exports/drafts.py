"""What became of the chapters and scenes of one draft in the next, for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypedDict

from fabula.story import Alignment, Story, Telling
from fabula.tellings import DraftPart, PartChange, find_changes


class PartPlace(TypedDict):
    """A chapter or scene of a draft.

    Attributes:
        chapter: its number, from 1.
        scene: its number in the chapter, from 1; None for a whole chapter.
        title: of the chapter; may be empty.
        words: words in it, headings left out.
        place: where it starts in the source file.
        span: where it stands, `[start, end)` in code points of the text.
    """

    chapter: int
    scene: int | None
    title: str
    words: int
    place: str
    span: list[int]


class ChangedPart(TypedDict):
    """What became of chapters or scenes.

    Attributes:
        a: name of the first draft.
        b: name of the second draft.
        level: `chapter` or `scene`.
        fate: see `fabula.tellings.PartChange`.
        moved: whether it stands in another place among the others.
        a_parts: in the first draft; empty where it was added.
        b_parts: in the second draft; empty where it was cut.
        lost: words of the first that the second has not.
        gained: words of the second that the first has not.
        share: how much of the words changed, 0 to 1.
    """

    a: str
    b: str
    level: Literal["chapter", "scene"]
    fate: str
    moved: bool
    a_parts: list[PartPlace]
    b_parts: list[PartPlace]
    lost: int
    gained: int
    share: float


def changed_parts(story: Story) -> Iterator[ChangedPart]:
    """Yield what became of every chapter, then of every scene, for every alignment of a story.

    Args:
        story: with its alignments, and the layers `chapters` and `scenes`.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    for alignment in story.alignments:
        found = find_changes(story.tellings, alignment)
        for change in found.chapters:
            yield _row(story, alignment, "chapter", change)
        for change in found.scenes:
            yield _row(story, alignment, "scene", change)


def _row(story: Story, alignment: Alignment, level: Literal["chapter", "scene"], change: PartChange) -> ChangedPart:
    first, second = (story.tellings[side.telling] for side in (alignment.a, alignment.b))
    return {
        "a": alignment.a.name,
        "b": alignment.b.name,
        "level": level,
        "fate": change.fate,
        "moved": change.moved,
        "a_parts": [_place(first, part) for part in change.a],
        "b_parts": [_place(second, part) for part in change.b],
        "lost": change.lost,
        "gained": change.gained,
        "share": round(change.share, 3),
    }


def _place(telling: Telling, part: DraftPart) -> PartPlace:
    return {
        "chapter": part.chapter,
        "scene": part.scene,
        "title": part.title,
        "words": part.words,
        "place": telling.source.place(part.span.start).brief,
        "span": list(part.span),
    }
