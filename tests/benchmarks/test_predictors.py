import json

import pytest

from benchmarks import baselines, predict, predict_cases

TEXT = '"Go," said Ida.\n\n"No," said Tom.'


@pytest.fixture
def gold(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    document = {"schema": "fabula-gold/1", "doc_id": "tiny", "text": TEXT, "quotes": "never looked at"}
    (folder / "tiny.json").write_text(json.dumps(document), "utf-8")
    return folder


@pytest.mark.parametrize("predictor", [predict, baselines])
def test_a_document_is_answered_in_the_schema_of_the_gold(predictor, gold, tmp_path):
    assert predictor.main([str(gold), str(tmp_path / "out" / "new")]) == 0
    answer = json.loads((tmp_path / "out" / "new" / "tiny.json").read_text("utf-8"))
    assert (answer["schema"], answer["doc_id"]) == ("fabula-gold/1", "tiny")
    assert [quote["spans"] for quote in answer["quotes"]] == [[[0, 5]], [[17, 22]]]


def test_speakers_are_characters_of_the_answer(gold, tmp_path):
    predict.main([str(gold), str(tmp_path)])
    answer = json.loads((tmp_path / "tiny.json").read_text("utf-8"))
    names = {who["id"]: who["name"] for who in answer["characters"]}
    assert [names[quote["speaker"]] for quote in answer["quotes"]] == ["Ida", "Tom"]


@pytest.mark.parametrize(
    ("name", "contents", "message"),
    [
        ("bad.json", "not json", "bad.json: cannot be read as JSON"),
        ("bad.json", '{"quotes": []}', "bad.json: no gold document"),
        ("bad.json", "[]", "bad.json: no gold document"),
    ],
)
def test_a_document_that_is_none_is_named(gold, tmp_path, capsys, name, contents, message):
    (gold / name).write_text(contents, "utf-8")
    assert predict.main([str(gold), str(tmp_path / "out")]) == 2
    assert message in capsys.readouterr().err


def test_folders_that_are_not_there_are_named(gold, tmp_path, capsys):
    assert predict.main([str(tmp_path / "nowhere"), str(tmp_path / "out")]) == 2
    assert "no *.json there" in capsys.readouterr().err
    assert predict.main([str(gold), str(gold / "tiny.json")]) == 2
    assert "this is a file, not a folder" in capsys.readouterr().err


def test_texts_are_answered_by_file_name(tmp_path):
    (tmp_path / "tale.txt").write_text(TEXT, "utf-8")
    assert predict_cases.main(["texts", str(tmp_path), str(tmp_path / "out.json")]) == 0
    (quotes,) = (doc["quotes"] for doc in json.loads((tmp_path / "out.json").read_text("utf-8"))["docs"].values())
    assert [(quote["span"], quote["speaker"]) for quote in quotes] == [([0, 5], "Ida"), ([17, 22], "Tom")]


@pytest.mark.parametrize(
    ("what", "message"), [("texts", "no *.txt there"), ("tellings", "no index.json"), ("continuity", "no index.json")]
)
def test_a_folder_without_cases_is_no_empty_answer(tmp_path, capsys, what, message):
    assert predict_cases.main([what, str(tmp_path), str(tmp_path / "out.json")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()


def test_a_place_that_cannot_be_written_is_told_before_reading(tmp_path, capsys):
    (tmp_path / "tale.txt").write_text(TEXT, "utf-8")
    assert predict_cases.main(["texts", str(tmp_path), str(tmp_path / "nowhere" / "out.json")]) == 2
    assert "its folder does not exist" in capsys.readouterr().err
