"""Fabula reads fiction and rebuilds the story behind it: who is in it, and who says what to whom.

import fabula

story = fabula.read("novel.epub")
for row in fabula.cast(story.tellings[0]):
    print(row.character, row.lines)
fabula.save(story, "novel.fabula")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fabula.api import export, open_story, read, report, save
    from fabula.errors import FabulaError
    from fabula.story import Story, Telling, cast, script, verify

__version__ = "0.1.0"

_HOMES = {
    "FabulaError": "fabula.errors",
    "Story": "fabula.story",
    "Telling": "fabula.story",
    "cast": "fabula.story",
    "export": "fabula.api",
    "open_story": "fabula.api",
    "read": "fabula.api",
    "report": "fabula.api",
    "save": "fabula.api",
    "script": "fabula.story",
    "verify": "fabula.story",
}

__all__ = [
    "FabulaError",
    "Story",
    "Telling",
    "cast",
    "export",
    "open_story",
    "read",
    "report",
    "save",
    "script",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used, so that `import fabula` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'fabula' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
