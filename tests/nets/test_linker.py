import numpy as np

from fabula.nets.linker import BACK, ranking
from fabula.nets.pairs import NAME, Facts


def plain_facts(count):
    """Return facts of mentions that are all unlike each other."""
    nothing = np.zeros(count, int)
    order = np.arange(count)
    return Facts(
        order, order, nothing, nothing + NAME, order, nothing - 1, nothing - 1, nothing, nothing, order,
        order, nothing, nothing, nothing - 2,
        [frozenset([str(number)]) for number in range(count)],
    )  # fmt: skip


def links(count, seed=3):
    return np.random.default_rng(seed).normal(size=(count, 449)).astype(np.float16)


def test_no_mentions_no_antecedents():
    assert len(ranking(np.zeros((0, 0), np.float16), plain_facts(0)).alone) == 0


def test_antecedents_stand_before_and_not_too_far_back():
    ranked = ranking(links(700), plain_facts(700))
    real = np.isfinite(ranked.scores)
    apart = np.arange(700)[:, None] - ranked.candidates
    assert (apart[real] > 0).all()
    assert (apart[real] <= BACK).all()
    assert not real[0].any()
    assert real[-1].all()


def test_what_stands_before_a_block_does_not_change_it():
    vectors = links(900)
    whole = ranking(vectors, plain_facts(900))
    part = ranking(vectors[300:], plain_facts(900).part(300, 900))
    assert np.array_equal(whole.candidates[-200:] - 300, part.candidates[-200:])
    assert np.allclose(whole.scores[-200:], part.scores[-200:], atol=1e-3)
