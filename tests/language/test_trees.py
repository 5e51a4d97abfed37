import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.language.trees import one_tree, one_tree_each


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


@given(st.lists(st.lists(st.integers(-3, 8), min_size=1, max_size=6), max_size=5))
def test_all_sentences_at_once_are_each_by_itself(sentences):
    starts = np.cumsum([0, *map(len, sentences)])
    heads = [head + start for own, start in zip(sentences, starts, strict=False) for head in own]
    number = np.repeat(np.arange(len(sentences)), [len(own) for own in sentences])
    wanted = [head + start for own, start in zip(sentences, starts, strict=False) for head in one_tree(own)]
    assert one_tree_each(np.array(heads, int), number).tolist() == wanted
