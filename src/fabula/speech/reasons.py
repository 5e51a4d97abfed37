"""Why a speaker is unknown or doubtful, in words for the reader."""

from __future__ import annotations

NOBODY = "nobody named or described near by could be speaking"
SEVERAL = "several people near by could be speaking"
UNNAMED = "the narration says only that somebody speaks"
NAMESAKES = "two people bear this name"
ANOTHER = "it is another's turn, and nobody else near by is named or described"
LONE = "nobody else near by is named or described, and nothing says that they speak"
UNTAGGED = "for many lines nothing says who speaks"
TOGETHER = "several people speak together"
NO_MARKS = "the quotation marks are missing; taken for speech by its wording"
NOBODY_THINKS = "nobody near by could be thinking this"
NOBODY_SINGS = "the text does not say who sings"
UNSEEN = "a machine, a loudspeaker or a broadcast says it, and the text does not say whose voice that is"
POSTED = "a sign or a notice says it"
UNSIGNED = "the letter is not signed by anybody known"

ALL = (
    NOBODY,
    SEVERAL,
    UNNAMED,
    NAMESAKES,
    ANOTHER,
    LONE,
    UNTAGGED,
    TOGETHER,
    NO_MARKS,
    NOBODY_THINKS,
    NOBODY_SINGS,
    UNSEEN,
    POSTED,
    UNSIGNED,
)
"""Every phrase that `Utterance.reason` may hold, apart from the empty one."""
