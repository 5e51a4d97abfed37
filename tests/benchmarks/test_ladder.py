import json

import pytest

from benchmarks import ladder, speakers_gold
from benchmarks.ladder import counted
from benchmarks.reasons import Miss
from benchmarks.results import newest
from benchmarks.speakers_gold import by_protocol
from benchmarks.speakers_page import PAGE, page_of, share

TEXT = (
    "Mr. Weir and his wife sat in the kitchen.\n\n"
    '"It rains," said Weir.\n\n'
    '"It does," she said.\n\n'
    '"You should stay," said the landlady, who had heard it from the stairs.'
)


def given(**more):
    people = [
        {"id": "p0", "name": "Mr. Weir", "aliases": ["Mr. Weir"], "gender": "M"},
        {"id": "p1", "name": "The Landlady", "aliases": ["The Landlady"], "gender": "F"},
    ]
    quotes = [
        {"id": f"Q{n}", "spans": [[TEXT.index(words), TEXT.index(words) + len(words)]], "speaker": who, "type": kind}
        for n, (words, who, kind) in enumerate(
            [('"It rains,"', "p0", "Explicit"), ('"You should stay,"', "p1", "Anaphoric")]
        )
    ]
    return {"doc_id": "small", "text": TEXT, "characters": people, "quotes": quotes, "mentions": [], **more}


def test_by_the_protocol_nobody_speaks_but_the_list():
    telling = by_protocol(given())
    said = [(one.pieces[0].of(TEXT), one.speaker) for one in telling.layer("utterances")]
    assert said == [('"It rains,"', "p0"), ('"You should stay,"', "p1")]
    assert {one.character for one in telling.layer("references")} <= {"p0", "p1", None}


def test_the_protocol_is_a_command_from_folder_to_folder(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(given()), "utf-8")
    assert speakers_gold.main([str(tmp_path), str(tmp_path / "out")]) == 0
    answer = json.loads((tmp_path / "out" / "one.json").read_text("utf-8"))
    assert answer["doc_id"] == "small"
    assert [quote["speaker"] for quote in answer["quotes"]] == ["p0", "p1"]


@pytest.mark.parametrize(
    ("contents", "message"),
    [("not json", "cannot be read as JSON"), ('{"text": "", "quotes": []}', "no gold document"), ("[]", "no gold")],
)
def test_a_document_without_a_list_is_named(tmp_path, capsys, contents, message):
    (tmp_path / "bad.json").write_text(contents, "utf-8")
    assert speakers_gold.main([str(tmp_path), str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "bad.json" in error
    assert message in error


def test_every_rung_has_the_same_text_and_the_last_knows_nothing():
    tellings = ladder.rungs(given())
    assert [telling.text for telling in tellings.values()] == [TEXT] * 4
    spoken = {name: len(telling.layer("utterances")) for name, telling in tellings.items()}
    assert spoken == {"all gold": 2, "our mentions": 2, "our characters": 2, "raw text": 3}
    assert {who.id for who in tellings["our mentions"].layer("characters")} == {"p0", "p1"}
    assert not {who.id for who in tellings["raw text"].layer("characters")} & {"p0", "p1"}


def test_misses_are_counted_by_type():
    found = [
        Miss("Q0", "Implicit", "choice", "none", "p0", "a"),
        Miss("Q1", "Implicit", "choice", "none", "p0", "b"),
        Miss("Q2", "Explicit", "not found", "", "p0", None),
    ]
    assert counted(found) == {
        "reasons": {"choice": {"Implicit": 2}, "not found": {"Explicit": 1}},
        "tags": {"none": {"Implicit": 2}},
    }


def test_a_novel_that_is_none_of_the_nine_is_named(capsys):
    assert ladder.main(["Nowhere"]) == 2
    assert "no such novel: Nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(("counts", "right"), [([(1, 2), (2, 4)], 0.5), ([(0, 0)], None), ([], None)])
def test_shares_are_of_sums(counts, right):
    assert share(counts) == right


def test_the_page_is_that_of_the_newest_result():
    result = newest("ladder")
    assert result is not None
    assert PAGE.read_text("utf-8") == page_of(result, newest("ablation"), newest("cross-speakers"))
