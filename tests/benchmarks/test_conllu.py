"""Texts out of CoNLL-U, and trees into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.conllu import Document, Word, documents, one_tree, sentence_lines


def test_a_document_has_its_paragraphs_and_a_paragraph_its_sentences():
    lines = [
        "# newdoc id = a",
        "# newpar id = a-1",
        "# text = Ann came.",
        "1\tWrong\t_\t_\t_\t_\t0\troot\t_\t_",
        "",
        "# sent_id = 2",
        "# text = She sat. ",
        "# newpar",
        "# newpar_block = p (2 s)",
        "# text = Tom went.",
        "# newdoc id = b",
        "# text_en = no",
        "# text = Alone.",
    ]
    assert list(documents(lines)) == [Document("a", "Ann came. She sat.\n\nTom went."), Document("b", "Alone.")]


def test_without_a_beginning_all_is_one_document():
    assert list(documents(["# text = A.", "", "# text = B."])) == [Document("", "A. B.")]
    assert list(documents([])) == []


@pytest.mark.parametrize(
    ("heads", "tree"),
    [
        ([1, 1, 1], [1, 1, 1]),
        ([0, 1, 1], [0, 0, 1]),  # two roots
        ([1, 1, 9], [1, 1, 1]),  # a head beyond
        ([-5, 0, 1], [0, 0, 1]),  # no root but one outside
        ([0, 2, 1], [0, 0, 1]),  # a cycle beside the root
        ([1, 2, 1], [1, 1, 1]),  # nothing but a cycle and who hangs on it
        ([], []),
    ],
)
def test_heads_become_one_tree(heads, tree):
    assert one_tree(heads) == tree


@given(st.lists(st.integers(-2, 14), max_size=12))
def test_a_tree_has_one_root_that_all_reach(heads):
    tree = one_tree(heads)
    assert [head == at for at, head in enumerate(tree)].count(True) == bool(heads)
    reached = range(len(tree))
    for _ in tree:
        reached = [tree[at] for at in reached]
    assert len(set(reached)) == bool(heads)


@given(st.lists(st.integers(0, 11), max_size=12))
def test_a_tree_stays_as_it_is(heads):
    tree = one_tree([head % len(heads) for head in heads] if heads else heads)
    assert one_tree(tree) == tree


def test_words_are_written_with_ten_columns():
    words = [
        Word("Geese", "goose", "NOUN", "NNS", "Number=Plur", 1, "nsubj"),
        Word("came", "come", "VERB", "VBD", "", 1, "root"),
        Word("No", "no", "INTJ", "UH", "", 2, "root"),
        Word("far", "", "", "", "", 40, "advmod"),
    ]
    assert [line.split("\t") for line in sentence_lines(words)] == [
        ["1", "Geese", "goose", "NOUN", "NNS", "Number=Plur", "2", "nsubj", "_", "_"],
        ["2", "came", "come", "VERB", "VBD", "_", "0", "root", "_", "_"],
        ["3", "No", "no", "INTJ", "UH", "_", "2", "parataxis", "_", "_"],
        ["4", "far", "_", "_", "_", "_", "2", "advmod", "_", "_"],
    ]


def test_what_is_not_read_has_no_head():
    assert list(sentence_lines([Word("Geese", "", "", "", "", None, "")])) == ["1\tGeese" + "\t_" * 8]
