"""Fabula reads fiction and rebuilds the story behind it: who is in it, and who says what to whom.

    import fabula

    story = fabula.read("novel.epub")
    for entry in fabula.cast_sheet(story):  # dicts: who reads how much, and where
        print(entry["name"] or entry["role"], entry["lines"], entry["words"])
    for line in fabula.lines(story):  # dicts: every word once and in order, and who says it
        print(line["speaker"], line["text"], line["place"])
    fabula.save(story, "novel.fabula")

Underneath are records: `story.tellings[0].layer("utterances")`. `fabula.story.LAYERS` lists the layers and the types
of their records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fabula.api import align, export, open_story, read, save, write_report
    from fabula.errors import FabulaError
    from fabula.exports.cast import cast_sheet
    from fabula.exports.lines import lines
    from fabula.story import Story, Telling, cast, script, verify
    from fabula.tellings.merging.knowledge import knows
    from fabula.tellings.merging.plots import plot

__version__ = "0.1.0"

_HOMES = {
    "FabulaError": "fabula.errors",
    "Story": "fabula.story",
    "Telling": "fabula.story",
    "align": "fabula.api",
    "cast": "fabula.story",
    "cast_sheet": "fabula.exports.cast",
    "export": "fabula.api",
    "knows": "fabula.tellings.merging.knowledge",
    "lines": "fabula.exports.lines",
    "open_story": "fabula.api",
    "plot": "fabula.tellings.merging.plots",
    "read": "fabula.api",
    "save": "fabula.api",
    "script": "fabula.story",
    "verify": "fabula.story",
    "write_report": "fabula.api",
}

__all__ = [
    "FabulaError",
    "Story",
    "Telling",
    "align",
    "cast",
    "cast_sheet",
    "export",
    "knows",
    "lines",
    "open_story",
    "plot",
    "read",
    "save",
    "script",
    "verify",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used, so that `import fabula` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'fabula' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
