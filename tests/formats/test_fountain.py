"""Fountain screenplays. The script here is made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats import detect, fountain
from fabula.formats.source import Source
from fabula.story import Telling

SCRIPT = """Title:
    _**Rain**_
Author: Ada Wick

FADE IN:

# Act One

= It begins.

EXT. ROOF - NIGHT #12A#

Rain. [[Check the weather.]] More *rain*, **all** \\*of\\* it.
She waits.

/* A cut
scene. */

ANN (V.O.)
(softly)
It is raining.
\x20\x20
And raining.
(louder)
Stop!

@McBob (CONT'D) (O.S.) ^
~La la la
~rain

> THE END <

.CLOSE ON A DROP

INT. ROOM

!ANN IS NO CUE
here

===

CUT TO:
"""


def read(text: str) -> Telling:
    return fountain.read(Source("rain.fountain", text.encode()))


def words(telling: Telling, kind: str) -> list[str]:
    return [mark.span.of(telling.text) for mark in telling.marks if mark.kind == kind]


def test_elements() -> None:
    telling = read(SCRIPT)
    assert words(telling, "preface") == ["Title:\nRain\nAuthor: Ada Wick"]
    assert [(mark.span.of(telling.text), mark.value) for mark in telling.marked("heading")] == [
        ("Act One", "1"),
        ("EXT. ROOF - NIGHT", "6"),
        ("CLOSE ON A DROP", "6"),
        ("INT. ROOM", "6"),
    ]
    assert [(mark.span.of(telling.text), mark.value) for mark in telling.marked("cue")] == [
        ("ANN (V.O.)", "ANN"),
        ("McBob (CONT'D) (O.S.)", "McBob"),
    ]
    assert words(telling, "speech") == ["It is raining.\nAnd raining.", "Stop!", "La la la\nrain"]
    assert words(telling, "direction") == [
        "FADE IN:",
        "Rain.  More rain, all *of* it.\nShe waits.",
        "(softly)",
        "(louder)",
        "THE END",
        "ANN IS NO CUE\nhere",
        "CUT TO:",
    ]
    assert words(telling, "line") == ["La la la", "rain"]
    assert words(telling, "italic") == ["Rain", "rain"]
    assert words(telling, "bold") == ["Rain", "all"]


def test_what_is_not_printed_is_not_text() -> None:
    telling = read(SCRIPT)
    for hidden in ("weather", "cut", "It begins", "12A", "[[", "/*", "==="):
        assert hidden not in telling.text
    assert telling.metadata.title == "Rain"
    assert telling.metadata.author == "Ada Wick"
    assert telling.metadata.more == (("synopsis", "It begins."), ("note", "Check the weather."))


def test_unclosed_notes_and_cuts_are_words() -> None:
    assert read("He writes [[ and /* and goes.").text == "He writes [[ and /* and goes."


def test_only_notes_is_no_story() -> None:
    with pytest.raises(InputError, match="no words"):
        read("[[nothing yet]]\n")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_words_lead_back_to_the_file(ends: str) -> None:
    script = SCRIPT.replace("\n", ends)
    telling = read(script)
    for match in re.finditer(r"\w+", telling.text):
        place = telling.source.place(match.start())
        assert script[place.character or 0 :].startswith(match[0])


PIECES = st.sampled_from(
    ["\n", "\n\n", "ANN", "it rains", "*so*", "_so_", "**", "*", "~", "(softly)", "INT. ROOM", ".", "> ", " <",
     "CUT TO:", "[[", "]]", "/*", "*/", "!", "@Bo", "^", "# ", "= ", "===", "  ", "\\*", "Title: x", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_script_is_read_with_sound_marks(script: str) -> None:
    script += "\n\nlast words"
    try:
        telling = read(script)
    except InputError:
        return
    for mark in telling.marks:
        assert 0 <= mark.start < mark.end <= len(telling.text)
    for offset, character in enumerate(telling.text):
        if character.isalpha():
            assert script[telling.source.place(offset).character or 0] == character


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("rain.fountain", "She waits.", "fountain"),
        ("rain.txt", "INT. ROOM\n\nANN\nHi.\n\nBOB\nHo.\n\nEXT. ROOF\n\nANN\nHi.\n", "fountain"),
        ("rain.txt", "CHAPTER ONE\nIt rained.\n\nANN\nwas there.\n\nTHE END\nof it\n", "plain"),
    ],
)
def test_detection(name: str, text: str, form: str) -> None:
    assert detect(Source(name, text.encode())).name == form
