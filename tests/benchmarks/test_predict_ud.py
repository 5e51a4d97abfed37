"""CoNLL-U from raw text."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import predict_ud
from fabula import pipeline
from fabula.story import Provenance

GOLD = """# newdoc id = tale
# newpar
# text = Ann laughed.
1-2\tnever\t_\t_\t_\t_\t_\t_\t_\t_

# text = Tom didn't.

# newpar
# text = So it ended.

"""


def _words(text, tokens, word):
    return np.array([word(text[a:b]) for a, b in zip(tokens.starts, tokens.ends, strict=True)], dtype=object)


@pytest.fixture
def gold(tmp_path, monkeypatch):
    """A folder with one file, and a reader to whom the second token of the whole text heads all, itself too."""
    run = pipeline.run

    def read(telling):
        telling = run(telling)
        (tokens,) = telling.layer("tokens")
        words = SimpleNamespace(
            starts=tokens.starts,
            ends=tokens.ends,
            lemma=_words(telling.text, tokens, str.lower),
            upos=_words(telling.text, tokens, lambda word: "PUNCT" if word == "." else "X"),
            xpos=_words(telling.text, tokens, lambda _: "XX"),
            feats=_words(telling.text, tokens, lambda _: ""),
            relation=_words(telling.text, tokens, lambda _: "dep"),
            head=np.ones(len(tokens.starts), dtype=np.int32),
        )
        return telling.with_layer("tokens", (words,), Provenance("test", 1))

    monkeypatch.setattr(predict_ud.pipeline, "run", read)
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "tiny.conllu").write_text(GOLD, "utf-8")
    return folder


def test_sentences_and_tokens_are_our_own(gold, tmp_path):
    assert predict_ud.main([str(gold), str(tmp_path / "out")]) == 0
    lines = (tmp_path / "out" / "tiny.conllu").read_text("utf-8").split("\n")
    assert lines[:7] == [
        "# newdoc id = tale",
        "# sent_id = tale-1",
        "# text = Ann laughed.",
        "1\tAnn\tann\tX\tXX\t_\t2\tdep\t_\t_",
        "2\tlaughed\tlaughed\tX\tXX\t_\t0\troot\t_\t_",
        "3\t.\t.\tPUNCT\tXX\t_\t2\tdep\t_\t_",
        "",
    ]
    words = [line.split("\t") for line in lines if line[:1].isdigit()]
    assert [row[1] for row in words] == "Ann laughed . Tom did n't . So it ended .".split()
    assert [row[0] for row in words] == list("12312341234")
    assert [row[6] for row in words].count("0") == 3


def test_what_is_no_conllu_is_named(gold, tmp_path, capsys):
    (gold / "tiny.conllu").write_text("1\tonly\twords\n", "utf-8")
    assert predict_ud.main([str(gold), str(tmp_path / "out")]) == 2
    assert "tiny.conllu: no CoNLL-U with texts" in capsys.readouterr().err
    assert predict_ud.main([str(tmp_path / "nowhere"), str(tmp_path / "out")]) == 2
    assert "no *.conllu there" in capsys.readouterr().err
