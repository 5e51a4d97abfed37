import json

import pytest

from benchmarks import predict_cases
from tests.tellings.small import KEEPER, OILMAN


@pytest.fixture
def cases(tmp_path):
    (tmp_path / "a.txt").write_bytes(KEEPER.replace("\n", "\r\n").encode("utf-8"))
    (tmp_path / "b.txt").write_text(OILMAN, "utf-8")
    both = f"{KEEPER}\n\n* * *\n\n{OILMAN}"
    (tmp_path / "both.txt").write_text(both, "utf-8")
    regions = {"a_region": [0, len(KEEPER)], "b_region": [len(both) - len(OILMAN), len(both)]}
    listed = [{"id": "two", "a": "a.txt", "b": "b.txt"}, {"id": "one", "a": "both.txt", "b": "both.txt", **regions}]
    (tmp_path / "index.json").write_text(json.dumps({"cases": listed}), "utf-8")
    return tmp_path


@pytest.mark.parametrize("how", [[], ["--baseline"]])
def test_cases_are_answered_in_code_points_of_the_raw_files(cases, how):
    assert predict_cases.main(["tellings", str(cases), str(cases / "out.json"), *how]) == 0
    answers = json.loads((cases / "out.json").read_text("utf-8"))["cases"]
    assert [answer["case"] for answer in answers] == ["two", "one"]
    for answer, files in zip(answers, (("a.txt", "b.txt"), ("both.txt", "both.txt")), strict=True):
        raw = [(cases / file).read_bytes().decode("utf-8") for file in files]
        pairs = [(raw[0][slice(*pair["a"])], raw[1][slice(*pair["b"])]) for pair in answer["pairs"]]
        assert ('"Who is on the stair?" called Marta.',) * 2 in pairs
        changed = [
            tuple(text[slice(*change[side])] if change[side] else "" for text, side in zip(raw, "ab", strict=True))
            for pair in answer["pairs"]
            for change in pair.get("word_changes", [])
        ]
        assert ("an hour", "two hours") in changed or ("an", "two") in changed


def test_a_list_that_is_none_is_one_clear_line(tmp_path, capsys):
    (tmp_path / "index.json").write_text("[]", "utf-8")
    assert predict_cases.main(["tellings", str(tmp_path), str(tmp_path / "out.json")]) == 2
    assert "cannot be read as a list of cases" in capsys.readouterr().err
