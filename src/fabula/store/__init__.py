"""The story file: one SQLite database a story, and the author's corrections beside the texts."""

from fabula.store.carrying import Carried
from fabula.store.corrections import (
    Entry,
    add_correction,
    corrections_beside,
    find_corrections,
    load_corrections,
    remove_correction,
)
from fabula.store.header import is_story_file, read_header
from fabula.store.loading import load
from fabula.store.matching import correction_problems, match_corrections, unaddressed
from fabula.store.quoting import quoting
from fabula.store.rewriting import carry_over
from fabula.store.saving import check_replaceable, save

__all__ = [
    "Carried",
    "Entry",
    "add_correction",
    "carry_over",
    "check_replaceable",
    "correction_problems",
    "corrections_beside",
    "find_corrections",
    "is_story_file",
    "load",
    "load_corrections",
    "match_corrections",
    "quoting",
    "read_header",
    "remove_correction",
    "save",
    "unaddressed",
]
