import numpy as np
import pytest

from fabula.nets.meaning import SIZE
from fabula.tellings.collation import meaning
from fabula.tellings.collation.lines import find_lines
from fabula.tellings.collation.similarity import Similarity
from tests.tellings.small import KEEPER, MARKET, OILMAN, aligned, paired, read

DOOR = """Marta heard three knocks and went down with the candle.

On the step stood a boy with no shoes, holding out a letter.

She gave him bread for his trouble and broke the seal.

"Your brother is dead," it said, and nothing else."""

BOY = """Nobody had told me it was so far to the lighthouse.

I rapped at her gate until a light came down the stairs.

I was barefoot, and handed over the envelope that the captain had entrusted to me.

For my pains she let me have half a loaf, and then tore the paper open.

All it contained was news of her brother's death."""


def lines_of(text):
    telling = read(text)
    return find_lines(telling, (telling.whole,))


@pytest.fixture
def asked(monkeypatch):
    """The sentences whose vectors are asked for."""
    found = []

    def counted(sentences, **_):
        found.extend(sentences)
        return np.full((len(sentences), SIZE), SIZE**-0.5, np.float32)

    monkeypatch.setattr(meaning, "vectors", counted)
    return found


def test_events_told_in_other_words_are_linked():
    tellings, alignment = aligned(DOOR, BOY)
    pairs = paired(tellings, alignment)
    assert any("letter" in left and "envelope" in right for left, right in pairs)
    assert any("bread" in left and "loaf" in right for left, right in pairs)
    assert any("brother is dead" in left and "brother's death" in right for left, right in pairs)
    assert {link.relation for link in alignment.links} == {"event"}


def test_tellings_named_in_the_other_order_are_linked_alike():
    tellings, alignment = aligned(DOOR, BOY)
    others, mirrored = aligned(BOY, DOOR)
    assert sorted(paired(tellings, alignment)) == sorted((b, a) for a, b in paired(others, mirrored))


def test_lines_that_both_tellings_have_need_no_vectors(asked):
    aligned(KEEPER, OILMAN)
    assert '"Who is on the stair?"' not in " ".join(asked)
    assert "I thought of the warm kitchen at home." in asked


def test_equal_tellings_need_no_vectors(asked):
    aligned(KEEPER, KEEPER)
    assert asked == []


def test_closeness_is_measured_against_what_is_common():
    a, b = lines_of(DOOR), lines_of(BOY)
    every = np.arange(len(a)), np.arange(len(b))
    found = meaning.read_meaning((a, b), every)
    i, j = (grid.ravel() for grid in np.meshgrid(*every, indexing="ij"))
    close = found.close(i, j)
    assert abs(close.mean()) < 0.15
    one = found.close_together([int(i[5])], [int(j[5])])
    assert one == pytest.approx(close[5], abs=1e-5)


def test_lines_that_were_not_read_are_neither_close_nor_far():
    a, b = lines_of(DOOR), lines_of(BOY)
    found = meaning.read_meaning((a, b), (np.array([0, 1]), np.array([1])))
    assert found.close(np.array([2, 0]), np.array([1, 3])).tolist() == [0, 0]
    assert found.close_together([1, 2], [1]) == 0
    i, _ = found.nearest(np.arange(len(a)), np.arange(len(b)), least=-2, most=9)
    assert sorted(i.tolist()) == [0, 1]


def test_only_the_nearest_are_proposed():
    a, b = lines_of(DOOR), lines_of(BOY)
    every = np.arange(len(a)), np.arange(len(b))
    found = meaning.read_meaning((a, b), every)
    i, j = found.nearest(*every, least=-2, most=1)
    assert i.tolist() == every[0].tolist()
    best = [int(np.argmax(found.close(np.full(len(b), line), every[1]))) for line in every[0]]
    assert j.tolist() == best


def test_lines_taken_together_are_alike_as_one():
    a, b = lines_of("Marta lit the lamp and shut the door."), lines_of("Marta lit the lamp. She shut the door.")
    found = Similarity(a, b)
    whole, _ = found.together([0], [0, 1])
    assert whole > found.together([0], [0])[0]
    assert found.together([0], [1])[0] == pytest.approx(found.of(np.array([0]), np.array([1]))[0])


def test_meaning_links_nothing_in_texts_that_have_nothing_in_common():
    for text in (DOOR, BOY):
        _, alignment = aligned(text, MARKET)
        assert alignment.links == ()
