import csv
import io
import json

import pytest

from fabula import api
from fabula.errors import ConfigError
from fabula.exports.cast import CastEntry, cast_sheet
from fabula.exports.csv import BYTE_ORDER_MARK
from fabula.spans import Span
from fabula.story import Story, words_in
from tests.builders import Said, people, telling

TEXT = """Contents

Chapter One

“Row,” said Ida, “or we shall still be here when the moon is up and the tide has gone out again.”

“No,” said Tom.

Chapter Two

“Yes,” said Ida.

“Who is that?” somebody called.
"""


def ferry():
    """Return two chapters of talk by hand: Ida speaks in both, Tom in one, Wren never."""
    return telling(
        TEXT,
        name="ferry",
        cast=people("Ida Marsh|Ida", "Tom", "Wren"),
        said=[
            Said(
                ("“Row,”", "“or we shall still be here when the moon is up and the tide has gone out again.”"),
                "ida-marsh",
                ("tom",),
            ),
            Said("“No,”", "tom", ("ida-marsh",)),
            Said("“Yes,”", "ida-marsh", ("tom",)),
            Said("“Who is that?”"),
        ],
        kinds={1: "heading", 4: "heading"},
        matter={0: "front"},
    )


def sheet():
    return list(cast_sheet(Story((ferry(),))))


def test_it_answers_how_much_where_first_where_last_and_how():
    (ida,) = [entry for entry in sheet() if entry["name"] == "Ida Marsh"]
    assert ida == {
        "telling": "ferry",
        "role": "character",
        "name": "Ida Marsh",
        "aliases": ["Ida"],
        "gender": "unknown",
        "narrator": False,
        "lines": 2,
        "words": 20,
        "chapters": [1, 2],
        "first": "ferry.txt:5:1",
        "last": "ferry.txt:11:1",
        "speaks_to": ["Tom"],
        "sample": "“Row,” … “or we shall still be here when the moon is up and the tide has gone out again.”",
        "mentions": 0,
        "id": "ida-marsh",
    }


def test_narration_comes_first_and_the_unknown_last():
    assert [(entry["role"], entry["name"], entry["lines"]) for entry in sheet()] == [
        ("narration", "", 6),
        ("character", "Ida Marsh", 2),
        ("character", "Tom", 1),
        ("character", "Wren", 0),
        ("unknown", "", 1),
    ]


def test_the_parts_add_up_to_all_words_of_the_story():
    body = Span(TEXT.index("Chapter One"), len(TEXT))
    assert sum(entry["words"] for entry in sheet()) == words_in(TEXT, [body])


def test_those_who_never_speak_have_no_place():
    (wren,) = [entry for entry in sheet() if entry["name"] == "Wren"]
    assert (wren["first"], wren["last"], wren["chapters"], wren["sample"]) == (None, None, [], "")


def test_a_long_sample_is_cut():
    words = "“" + "never " * 200 + "”"
    (entry,) = [
        entry
        for entry in cast_sheet(Story((telling(words, cast=people("Tom"), said=[Said(words, "tom")]),)))
        if entry["name"] == "Tom"
    ]
    assert len(entry["sample"]) <= 300
    assert entry["sample"].endswith("never…")


def test_csv_and_json_say_the_same():
    story, table, document = Story((ferry(),)), io.StringIO(), io.StringIO()
    api.check_cast_sheet("csv").write(story, table)
    api.check_cast_sheet("json").write(story, document)
    assert table.getvalue().startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(table.getvalue().removeprefix(BYTE_ORDER_MARK))))
    entries = json.loads(document.getvalue())["cast"]
    assert entries == sheet()
    assert all(list(row) == list(CastEntry.__annotations__) for row in rows)
    assert [row["words"] for row in rows] == [str(entry["words"]) for entry in entries]
    assert rows[1]["chapters"] == "1; 2"


def test_an_unknown_format_is_told_with_the_known_ones():
    with pytest.raises(ConfigError, match=r"no export called 'pdf'\. Choose one of csv, json"):
        api.check_cast_sheet("pdf")
