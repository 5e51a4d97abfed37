"""For programs: one module an output, listed here by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TextIO

from fabula.exports import alignment, booknlp, cast, csv, fountain, json, script, sml, ssml, tei, tei_alignment
from fabula.exports.sets import ExportSet, named_files
from fabula.story import Story


class Export(NamedTuple):
    """An output that can be chosen by name.

    Attributes:
        name: as given with `--to`.
        what: one line for the reference.
        suffix: usual ending of its files, with the dot.
        write: writes a story to an open text file.
    """

    name: str
    what: str
    suffix: str
    write: Callable[[Story, TextIO], None]


EXPORTS: tuple[Export, ...] = (
    Export("json", "the whole story: every record of every layer", ".json", json.write),
    Export("script", "the script, one JSON object a line: every word once, in order", ".jsonl", script.write),
    Export("csv", "the script as a table, for spreadsheets", ".csv", csv.write),
    Export("fountain", "a screenplay: a cue over every utterance", ".fountain", fountain.write),
    Export("ssml", "markup for speech synthesis: a voice a character", ".ssml", ssml.write),
    Export("sml", "text with voice tags, for ebook2audiobook", ".txt", sml.write),
    Export("tei", "TEI P5: the text with its people, and who says what to whom", ".xml", tei.write),
)
"""What `fabula export` writes as one file, in the order shown."""

EXPORT_SETS: tuple[ExportSet, ...] = (
    ExportSet(
        "booknlp",
        "four files a telling in the columns of BookNLP, for scripts that read these",
        booknlp.ENDINGS,
        booknlp.files,
    ),
)
"""What `fabula export` writes as several files, in the order shown."""

OLDER_NAMES: Mapping[str, str] = {"jsonl": "script"}
"""Names that exports once had, still understood, with those they have now."""

CAST_SHEETS: tuple[Export, ...] = (
    Export("csv", "the cast sheet as a table, for spreadsheets", ".csv", cast.write_csv),
    Export("json", "the cast sheet as one JSON document", ".json", cast.write_json),
)
"""What `fabula cast` writes besides text, in the order shown."""

ALIGNMENTS: tuple[Export, ...] = (
    Export("csv", "tellings side by side as a table, for spreadsheets", ".csv", alignment.write_csv),
    Export("json", "tellings side by side as one JSON document", ".json", alignment.write_json),
    Export("tei", "TEI P5: tellings as witnesses, with a critical apparatus", ".xml", tei_alignment.write),
)
"""What `fabula align` writes for programs, in the order shown."""

__all__ = ["ALIGNMENTS", "CAST_SHEETS", "EXPORTS", "EXPORT_SETS", "OLDER_NAMES", "Export", "ExportSet", "named_files"]
