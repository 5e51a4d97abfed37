"""The calls that every shell uses: read, align, open, save, export, report."""

from fabula.api.aligning import align, align_story
from fabula.api.files import (
    alignment_formats,
    check_alignment,
    check_cast_sheet,
    check_export,
    check_story_file,
    check_target,
    check_target_folder,
    export,
    export_set,
    open_story,
    save,
    write_report,
)
from fabula.api.reading import decide_again, read, stages_for

__all__ = [
    "align",
    "align_story",
    "alignment_formats",
    "check_alignment",
    "check_cast_sheet",
    "check_export",
    "check_story_file",
    "check_target",
    "check_target_folder",
    "decide_again",
    "export",
    "export_set",
    "open_story",
    "read",
    "save",
    "stages_for",
    "write_report",
]
