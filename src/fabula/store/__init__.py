"""The story file: one SQLite database a story, and the author's corrections beside the texts."""

from fabula.store.atomic import write_whole
from fabula.store.header import is_story_file, read_header
from fabula.store.load import load
from fabula.store.save import check_replaceable, save

__all__ = ["check_replaceable", "is_story_file", "load", "read_header", "save", "write_whole"]
