"""What Fabula found, for people: a summary for the terminal, and a page for the browser."""

from fabula.report.html import write
from fabula.report.terminal import cast_sheet, summary

__all__ = ["cast_sheet", "summary", "write"]
