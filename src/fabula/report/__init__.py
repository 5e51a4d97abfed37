"""What Fabula found, for people: a summary for the terminal, and a page for the browser."""

from fabula.report.columns import alignment_columns
from fabula.report.drafts import draft_summary
from fabula.report.html import write
from fabula.report.parallel_page import write_synopsis
from fabula.report.plot import knowledge_lists, letter, plot_table, told_alone
from fabula.report.terminal import cast_sheet, summary

__all__ = [
    "alignment_columns",
    "cast_sheet",
    "draft_summary",
    "knowledge_lists",
    "letter",
    "plot_table",
    "summary",
    "told_alone",
    "write",
    "write_synopsis",
]
