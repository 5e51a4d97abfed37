import csv
import io
import json

from fabula.exports.alignment import (
    SCHEMA,
    AlignedRow,
    Person,
    Verdict,
    aligned_rows,
    matched_people,
    write_csv,
    write_json,
)
from fabula.exports.drafts import ChangedPart, PartPlace
from fabula.spans import Span
from fabula.story import Alignment, Difference, Link, Match, Side, Story, WordChange
from tests.builders import telling

A = telling("We can go.\n\nShe sat.", name="a")
B = telling("Rain fell.\n\nWe'll go.", name="b")
CHANGE = WordChange(Span(0, 6), Span(12, 17), "wording")
LINK = Link((Span(0, 10),), (Span(12, 21),), "wording", moved=True, confidence=0.9, changes=(CHANGE,))
STORY = Story(
    (A, B),
    (Alignment(Side(0, "a", (A.whole,)), Side(1, "b", (B.whole,)), (LINK,), (Span(12, 20),), (Span(0, 10),)),),
)


def test_a_row_for_every_link_and_every_line_that_one_side_lacks():
    found = [(row["a_text"], row["relation"], row["b_text"]) for row in aligned_rows(STORY)]
    assert found == [
        ("", "only b", "Rain fell."),
        ("We can go.", "wording", "We'll go."),
        ("She sat.", "only a", ""),
    ]


def test_a_row_says_what_differs_and_where_it_stands():
    row = list(aligned_rows(STORY))[1]
    assert list(row) == list(AlignedRow.__annotations__)
    assert (row["moved"], row["confidence"], row["a_place"], row["b_spans"]) == (True, 0.9, "a.txt:1:1", [[12, 21]])
    assert row["changes"] == [{"kind": "wording", "a": "We can", "b": "We'll", "a_span": [0, 6], "b_span": [12, 17]}]


def test_the_table_has_no_spans():
    out = io.StringIO()
    write_csv(STORY, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"))))
    assert [row["changes"] for row in rows] == ["", "We can > We'll", ""]
    assert "a_spans" not in rows[0]


def test_the_document_names_its_schema():
    out = io.StringIO()
    write_json(STORY, out)
    document = json.loads(out.getvalue())
    assert document["schema"] == SCHEMA
    assert document["rows"] == list(aligned_rows(STORY))


def test_the_document_says_what_became_of_chapters_and_scenes():
    out = io.StringIO()
    write_json(STORY, out)
    parts = json.loads(out.getvalue())["parts"]
    assert [(part["level"], part["fate"]) for part in parts] == [("chapter", "reworded"), ("scene", "reworded")]
    (before,), (after,) = parts[1]["a_parts"], parts[1]["b_parts"]
    assert (before["words"], after["words"], parts[1]["lost"], parts[1]["gained"]) == (5, 4, 4, 3)
    assert before == {"chapter": 1, "scene": 1, "title": "", "words": 5, "place": "a.txt:1:1", "span": [0, 20]}
    assert list(parts[0]) == list(ChangedPart.__annotations__)
    assert list(before) == list(PartPlace.__annotations__)


NOON = telling("She came at nine in her black coat.", name="noon")
NIGHT = telling("I came at ten in my black coat.", name="night")
TIME = Difference(Span(12, 16), Span(10, 13), "contradiction", "time", "The clock time cannot be both.", 0.9)
CONTRADICTING = Story(
    (NOON, NIGHT),
    (
        Alignment(
            Side(0, "noon", (NOON.whole,)),
            Side(1, "night", (NIGHT.whole,)),
            (Link((NOON.whole,), (NIGHT.whole,), "wording"),),
            (),
            (),
            (TIME,),
            (Match("Marta", "I", "narrator", 3, 0.75, "marta", ""),),
        ),
    ),
)


def test_a_row_says_what_cannot_both_be_true():
    (row,) = aligned_rows(CONTRADICTING)
    (found,) = row["differences"]
    assert list(found) == list(Verdict.__annotations__)
    assert (found["verdict"], found["subject"], found["a"], found["b"]) == ("contradiction", "time", "nine", "ten")
    assert (found["a_span"], found["b_span"], found["confidence"]) == ([12, 16], [10, 13], 0.9)


def test_the_table_has_contradictions_too():
    out = io.StringIO()
    write_csv(CONTRADICTING, out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff")))
    assert row["differences"] == "contradiction: nine | ten"


def test_the_document_says_who_is_who():
    out = io.StringIO()
    write_json(CONTRADICTING, out)
    (who,) = json.loads(out.getvalue())["people"]
    assert who == next(matched_people(CONTRADICTING))
    assert list(who) == list(Person.__annotations__)
    assert (who["a"], who["b"], who["kind"], who["a_telling"]) == ("Marta", "I", "narrator", "noon")
