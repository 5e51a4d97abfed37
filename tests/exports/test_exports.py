import csv as csv_reader
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula import api, pipeline
from fabula.errors import ConfigError
from fabula.exports.lines import Line
from fabula.story import Story, Telling
from tests.story.test_script import SOUP

TEXT = '"Go," said\nIda. "Or stay."\n\n=SUM(A1) was\nall he wrote.'


def story(*texts):
    return Story(tuple(pipeline.run(Telling(f"t{number}", text)) for number, text in enumerate(texts)))


def written(made, to):
    out = io.StringIO()
    api.export(made, to, out)
    return out.getvalue()


@given(st.lists(SOUP, min_size=1, max_size=2))
def test_jsonl_holds_every_word_once_and_in_order(texts):
    rows = [json.loads(line) for line in written(story(*texts), "jsonl").splitlines()]
    for number, text in enumerate(texts):
        mine = [row for row in rows if row["telling"] == f"t{number}"]
        assert "".join("".join(row["text"].split()) for row in mine) == "".join(text.split())
        assert all("".join(text[row["start"] : row["end"]].split()) == "".join(row["text"].split()) for row in mine)
    assert len({row["id"] for row in rows}) == len(rows)


def test_jsonl_fields_are_those_documented():
    rows = [json.loads(line) for line in written(story(TEXT), "jsonl").splitlines()]
    assert all(list(row) == list(Line.__annotations__) for row in rows)
    assert rows[0]["text"] == '"Go,"'
    assert rows[1] | {"id": "", "confidence": 0} == rows[1] | {"id": "", "kind": "narration", "confidence": 0}
    assert rows[1]["text"] == "said Ida."


def test_csv_says_the_same_as_jsonl():
    made = story(TEXT)
    rows = list(csv_reader.DictReader(io.StringIO(written(made, "csv"))))
    lines = [json.loads(line) for line in written(made, "jsonl").splitlines()]
    assert [row["text"].removeprefix("'") for row in rows] == [line["text"] for line in lines]
    assert [int(row["start"]) for row in rows] == [line["start"] for line in lines]


def test_csv_starts_no_formula():
    rows = csv_reader.DictReader(io.StringIO(written(story(TEXT), "csv")))
    assert [row["text"] for row in rows if "SUM" in row["text"]] == ["'=SUM(A1) was all he wrote."]


def test_json_holds_text_and_every_layer():
    made = story(TEXT)
    document = json.loads(written(made, "json"))
    (telling,) = document["tellings"]
    assert document["schema"] == "fabula-story/1"
    assert telling["text"] == TEXT
    assert set(telling["layers"]) == set(made.tellings[0].layers)
    assert [TEXT[a:b] for a, b in telling["layers"]["tokens"][0]][:4] == ['"', "Go", ",", '"']
    assert telling["made_by"]["quotes"]["stage"] == "quotes"


def test_an_unknown_export_is_told_with_the_known_ones():
    with pytest.raises(ConfigError, match=r"no export called 'pdf'\. Choose one of json, jsonl, csv"):
        written(story(TEXT), "pdf")
