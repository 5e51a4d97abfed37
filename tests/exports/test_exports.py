import csv as csv_reader
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fabula
from fabula import api, pipeline
from fabula.errors import ConfigError, OutputError
from fabula.exports import EXPORTS
from fabula.exports.csv import BYTE_ORDER_MARK
from fabula.exports.lines import Line, lines
from fabula.spans import Span
from fabula.store.rows import columns_of
from fabula.story import LAYERS, Mark, Story, Telling, Tokens
from tests.builders import Said, people, telling
from tests.store.small import TEXT as LAMPS
from tests.store.small import at, small_story
from tests.story.test_script import SOUP

TEXT = '"Go," said\nIda. "Or stay."\n\n=SUM(A1) was\nall he wrote.'


def story(*texts):
    return Story(tuple(ruled(Telling(f"t{number}", text)) for number, text in enumerate(texts)))


def ruled(told):
    """Read with the stages that do without the network: all that a script needs, and quick."""
    return pipeline.run(told, stages=pipeline.RULE_STAGES)


def written(made, to):
    out = io.StringIO()
    api.export(made, to, out)
    return out.getvalue()


def table(made):
    return list(csv_reader.DictReader(io.StringIO(written(made, "csv").removeprefix(BYTE_ORDER_MARK))))


def ferry(**more):
    """Return two lines of talk, and front matter, by hand."""
    return telling(
        "For the crew.\n\nChapter One\n\n“Row,” said Ida, “or swim.”\n\n“To where?”\n\nDrawn by Tom.",
        name="ferry",
        cast=people("Ida Marsh|Ida", "Tom"),
        said=[
            Said(("“Row,”", "“or swim.”"), "ida-marsh", ("tom",)),
            Said("“To where?”", more={"reason": "several could be speaking"}),
        ],
        kinds={1: "heading"},
        matter={0: "front", 4: "back"},
        **more,
    )


@given(st.lists(SOUP, min_size=1, max_size=2))
def test_script_holds_every_word_once_and_in_order(texts):
    rows = [json.loads(line) for line in written(story(*texts), "script").splitlines()]
    for number, text in enumerate(texts):
        mine = [row for row in rows if row["telling"] == f"t{number}"]
        assert "".join("".join(row["text"].split()) for row in mine) == "".join(text.split())
        assert all("".join(text[row["start"] : row["end"]].split()) == "".join(row["text"].split()) for row in mine)
    assert len({row["id"] for row in rows}) == len(rows)


def test_script_fields_are_those_documented():
    rows = [json.loads(line) for line in written(story(TEXT), "script").splitlines()]
    assert all(list(row) == list(Line.__annotations__) for row in rows)
    assert rows[0]["text"] == '"Go,"'
    assert [row["kind"] for row in rows[:2]] == ["speech", "narration"]
    assert rows[1]["text"] == "said Ida."


def test_the_older_name_of_the_script_still_works():
    assert written(story(TEXT), "jsonl") == written(story(TEXT), "script") != ""


def test_csv_says_the_same_as_the_script():
    made = story(TEXT)
    said = [json.loads(line) for line in written(made, "script").splitlines()]
    assert [row["text"].removeprefix("'") for row in table(made)] == [line["text"] for line in said]
    assert [int(row["start"]) for row in table(made)] == [line["start"] for line in said]


def test_csv_starts_no_formula():
    rows = table(story(TEXT))
    assert [row["text"] for row in rows if "SUM" in row["text"]] == ["'=SUM(A1) was all he wrote."]


def test_csv_opens_in_a_spreadsheet_as_utf_8():
    assert written(story("“Café,” he said."), "csv").encode("utf-8").startswith(b"\xef\xbb\xbfid,telling,")


def test_a_line_says_who_speaks_to_whom_how_surely_and_where():
    row, _, _, doubtful = list(lines(Story((ferry(),))))[2:6]
    assert row == {
        "id": "ferry:3",
        "telling": "ferry",
        "chapter": 1,
        "scene": 1,
        "kind": "speech",
        "channel": "face",
        "speaker": "Ida Marsh",
        "addressees": ["Tom"],
        "text": "“Row,”",
        "confidence": 0.9,
        "evidence": "tag",
        "reason": "",
        "place": "ferry.txt:5:1",
        "start": 28,
        "end": 34,
        "speaker_id": "ida-marsh",
        "addressee_ids": ["tom"],
        "time": None,
    }
    assert (doubtful["speaker"], doubtful["confidence"]) == (None, 0)
    assert (doubtful["evidence"], doubtful["reason"]) == ("none", "several could be speaking")


def test_lines_that_nobody_says_tell_what_they_are():
    kinds = {line["text"]: line["kind"] for line in lines(Story((ferry(),)))}
    assert kinds["For the crew."] == "front"
    assert kinds["Chapter One"] == "heading"
    assert kinds["said Ida,"] == "narration"
    assert kinds["Drawn by Tom."] == "back"


def test_the_number_of_a_footnote_is_a_line_of_its_own():
    text = "He bowed1 and “left.2”"
    marks = (Mark(8, 9, "footnote", "reference"), Mark(20, 21, "footnote", "reference"))
    made = telling(text, cast=people("Tom"), said=[Said("“left.2”", "tom")])
    marked = Telling(made.name, text, marks, source=made.source, layers=made.layers)
    told = [(line["text"], line["kind"], line["speaker"]) for line in lines(Story((marked,)))]
    assert told == [
        ("He bowed", "narration", None),
        ("1", "reference", None),
        ("and", "narration", None),
        ("“left.", "speech", "Tom"),
        ("2", "reference", None),
        ("”", "speech", "Tom"),
    ]


@given(SOUP, st.data())
def test_footnotes_anywhere_lose_no_word(text, data):
    at = sorted(data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2).map(sorted), max_size=5)))
    marks = tuple(Mark(start, end, "footnote", "reference") for start, end in at)
    made = ruled(Telling("t", text, marks))
    rows = list(lines(Story((made,))))
    assert "".join("".join(row["text"].split()) for row in rows) == "".join(text.split())
    assert all(Span(row["start"], row["end"]).of(text).split() == row["text"].split() for row in rows)


def test_an_export_given_a_path_appears_whole(tmp_path):
    made = Story((ferry(),))
    for path in (tmp_path / "script.csv", str(tmp_path / "again.csv")):
        fabula.export(made, "csv", path)
    assert (tmp_path / "script.csv").read_bytes().decode("utf-8") == written(made, "csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "script.csv").read_bytes()
    fabula.write_report(made, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    with pytest.raises(OutputError, match="its folder does not exist"):
        fabula.export(made, "csv", tmp_path / "nowhere" / "script.csv")


def test_json_holds_text_and_every_layer():
    document = json.loads(written(small_story(), "json"))
    (told,) = document["tellings"]
    assert document["schema"] == "fabula-story/2"
    assert told["text"] == LAMPS
    assert list(told["layers"]) == list(small_story().tellings[0].layers)
    assert set(told["layers"]) == set(LAYERS)
    assert told["made_by"]["quotes"]["stage"] == "by hand"


def test_json_holds_tokens_as_columns_named_as_in_the_story_file():
    (told,) = json.loads(written(small_story(), "json"))["tellings"]
    tokens = told["layers"]["tokens"]
    assert tuple(tokens) == columns_of(Tokens)[2:]
    assert [LAMPS[a:b] for a, b in zip(tokens["start"], tokens["end"], strict=True)] == ["asked", "Nell", "said"]
    assert tokens["lemma"] == ["ask", "Nell", ""]
    assert tokens["feats"] == ["Tense=Past|VerbForm=Fin", "Number=Sing", ""]
    assert tokens["head"] == [0, 0, -1]


def test_json_holds_what_the_network_finds():
    (told,) = json.loads(written(small_story(), "json"))["tellings"]
    nell, asked = list(at("Nell")), list(at("asked"))
    assert told["layers"]["entities"][0] == {"span": nell, "type": "PER"}
    assert told["layers"]["events"][0] == {"span": asked, "lemma": "ask"}
    (role,) = told["layers"]["roles"]
    assert role == {"character": "nell", "kind": "agent", "span": asked, "lemma": "ask", "mention": nell}
    assert [mention["cluster"] for mention in told["layers"]["mentions"]] == [0, None]


@pytest.mark.parametrize("to", [export.name for export in EXPORTS if export.name != "json"])
def test_the_script_needs_nothing_that_the_network_finds(to):
    whole = small_story()
    without = Story(
        tuple(told.without("tokens", "entities", "events", "mentions", "roles") for told in whole.tellings)
    )
    assert written(without, to) == written(whole, to) != ""


def test_an_unknown_export_is_told_with_the_known_ones():
    known = ", ".join(export.name for export in EXPORTS)
    with pytest.raises(ConfigError, match=rf"no export called 'pdf'\. Choose one of {known}"):
        written(story(TEXT), "pdf")
