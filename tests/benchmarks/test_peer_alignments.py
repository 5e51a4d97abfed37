from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import peer_alignments
from benchmarks.cases import align_and_judge
from benchmarks.peer_alignments import align_by_columns, best_path, links_of_words
from benchmarks.peers.collatex import Collated
from benchmarks.tellings import answers, means
from fabula.spans import Span
from fabula.story import Side
from fabula.tellings.collation.lines import WORD
from tests.tellings.small import KEEPER, OILMAN, read


def test_the_path_takes_what_gains_most_and_leaves_out_the_rest():
    gain = np.array([[0.5, -0.2, -0.1], [-0.3, -0.2, 0.4], [-0.1, 0.3, 0.2]])
    assert best_path(gain) == [(0, 0), (1, 2), (2, 2)]


def test_a_line_may_be_linked_with_several():
    assert best_path(np.array([[0.4, 0.5, -1.0]])) == [(0, 0), (0, 1)]


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 99))
def test_the_path_never_steps_back(height, width, seed):
    gain = np.random.default_rng(seed).normal(size=(height, width))
    cells = best_path(gain)
    assert all(gain[cell] > 0 for cell in cells)
    assert cells == sorted(cells)
    assert [j for _, j in cells] == sorted(j for _, j in cells)


def _spans(text, pattern):
    return [Span(*found.span()) for found in pattern.finditer(text)]


def test_paragraphs_whose_words_share_columns_are_linked_with_the_words_that_differ():
    a = [Span(0, 12), Span(13, 20)]  # two lines
    words = _spans("Ida rowed on Jon sat", WORD)
    others = _spans("Ida rode on at dawn Jon lay", WORD)
    b = [Span(0, 19), Span(20, 27)]
    same = [(words[0], others[0]), (words[2], others[2]), (words[3], others[5])]
    first, second = links_of_words((a, b), (words, others), same)
    assert [(change.a, change.b) for change in first.changes] == [(words[1], others[1]), (None, Span(12, 19))]
    assert (second.a, second.b, second.relation) == ((a[1],), (b[1],), "wording")
    assert [(change.a, change.b) for change in second.changes] == [(words[4], others[6])]


def test_paragraphs_that_are_the_same_have_no_changes():
    words = _spans("Ida rowed", WORD)
    (link,) = links_of_words(([Span(0, 9)], [Span(0, 9)]), (words, words), list(zip(words, words, strict=True)))
    assert (link.relation, link.changes) == ("same", ())


@pytest.mark.parametrize("outcome", [None, RuntimeError("child.py ended with 1: Traceback\n  x\nMemoryError\n")])
def test_a_case_that_a_peer_does_not_finish_is_left_out(outcome, tmp_path, monkeypatch, capsys):
    def collated(*_):
        if outcome:
            raise outcome
        return outcome

    monkeypatch.setattr(peer_alignments, "collated", collated)
    for name, text in (("a.txt", KEEPER), ("b.txt", OILMAN)):
        (tmp_path / name).write_text(text, "utf-8")
    case = {"id": "evening", "a": "a.txt", "b": "b.txt"}
    assert answers(tmp_path, [case], align_by_columns(Path("python"), 2)) == []
    said = capsys.readouterr().err
    assert said == f"evening: {'child.py ended with 1: MemoryError' if outcome else 'more than 2 minutes'}\n"
    assert [answer["case"] for answer in answers(tmp_path, [case], align_and_judge)] == ["evening"]


def test_only_equal_words_of_a_column_count(monkeypatch):
    every = [(at, at) for at in range(3)]
    monkeypatch.setattr(peer_alignments, "collated", lambda *_: Collated(1.0, 1.0, every))
    tellings = [read("Ida rowed out.", "a"), read("Ida stayed in.", "b")]
    sides = [Side(number, telling.name, (telling.whole,)) for number, telling in enumerate(tellings)]
    (link,) = align_by_columns(Path("python"), 1)(tellings, *sides).links
    assert [change.a.of("Ida rowed out.") for change in link.changes] == ["rowed out"]


def test_means_are_over_the_cases_that_are_answered():
    prf = {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "predicted": 3}
    full = {"kind": "pov", "alignment": prf, "only_a": {"f1": 1.0}, "only_b": {"f1": 0.5}, "same_or_changed": 1.0}
    poor = {"kind": "pov", "alignment": {**prf, "precision": 0.0}, "only_a": {"f1": 0.0}, "only_b": {"f1": 0.5}}
    found = means([full, poor, {"kind": "unrelated", "alignment": prf}])
    assert found["pov"] == {
        "cases": 2,
        "answered": 2,
        "precision": 0.25,
        "recall": 1.0,
        "f1": 0.6667,
        "only_a_f1": 0.5,
        "only_b_f1": 0.5,
        "same_or_changed": 1.0,
    }
    assert found["unrelated"] == {"cases": 1, "answered": 1, "false_pairs_per_case": 3.0}
