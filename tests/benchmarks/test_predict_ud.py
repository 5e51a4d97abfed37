"""CoNLL-U from raw text."""

import pytest

from benchmarks import predict_ud

GOLD = """# newdoc id = tale
# newpar
# text = Ann laughed.
1-2\tnever\t_\t_\t_\t_\t_\t_\t_\t_

# text = Tom didn't.

# newpar
# text = So it ended.

"""


@pytest.fixture
def gold(tmp_path):
    """A folder with one file."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "tiny.conllu").write_text(GOLD, "utf-8")
    return folder


def test_sentences_and_tokens_are_our_own(gold, tmp_path):
    assert predict_ud.main([str(gold), str(tmp_path / "out")]) == 0
    lines = (tmp_path / "out" / "tiny.conllu").read_text("utf-8").split("\n")
    assert lines[:3] == ["# newdoc id = tale", "# sent_id = tale-1", "# text = Ann laughed."]
    words = [line.split("\t") for line in lines if line[:1].isdigit()]
    assert [row[1] for row in words] == "Ann laughed . Tom did n't . So it ended .".split()
    assert [row[0] for row in words] == list("12312341234")
    assert [row[6] for row in words].count("0") == 3
    assert [row[7] for row in words if row[6] == "0"] == ["root"] * 3


def test_what_is_no_conllu_is_named(gold, tmp_path, capsys):
    (gold / "tiny.conllu").write_text("1\tonly\twords\n", "utf-8")
    assert predict_ud.main([str(gold), str(tmp_path / "out")]) == 2
    assert "tiny.conllu: no CoNLL-U with texts" in capsys.readouterr().err
    assert predict_ud.main([str(tmp_path / "nowhere"), str(tmp_path / "out")]) == 2
    assert "no *.conllu there" in capsys.readouterr().err
