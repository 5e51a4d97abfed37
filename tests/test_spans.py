import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import IntegrityError
from fabula.spans import Span, check_tiles, gaps, index_at, stripped


def test_a_span_knows_what_it_holds():
    span = Span(3, 8)
    assert (span.length, span.has(3), span.has(8)) == (5, True, False)
    assert span.holds(Span(3, 8))
    assert not span.holds(Span(2, 5))
    assert (span.overlap(Span(6, 20)), span.overlap(Span(8, 9))) == (2, 0)
    assert span.of("abcdefghij") == "defgh"


@given(st.text(alphabet=" \n\tab", max_size=30))
def test_stripped_is_what_str_strip_leaves(text):
    assert stripped(text, Span(0, len(text))).of(text) == text.strip()


@given(st.lists(st.integers(0, 40), min_size=2, max_size=12))
def test_spans_and_their_gaps_tile_the_whole(edges):
    edges = sorted(set(edges))
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    whole = Span(0, 50)
    both = sorted([*spans, *gaps(spans, whole)])
    check_tiles(both, whole, what="spans")


@pytest.mark.parametrize(
    "spans", [[Span(0, 4)], [Span(0, 6), Span(5, 10)], [Span(1, 10)], [Span(0, 4), Span(5, 10)], []]
)
def test_holes_and_overlaps_are_found(spans):
    with pytest.raises(IntegrityError, match="do not tile"):
        check_tiles(spans, Span(0, 10), what="scenes")


@pytest.mark.parametrize(("offset", "index"), [(-1, -1), (0, 0), (4, 0), (5, 1), (99, 2)])
def test_index_at(offset, index):
    assert index_at([0, 5, 9], offset) == index
