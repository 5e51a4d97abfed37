import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.witnesses import book, passage, retold, words_of

TALE = "Ida rowed out at dawn. “Don’t,” said Jon; she didn't listen. " * 200


def test_words_are_compared_without_marks_and_capitals():
    assert words_of("“Don’t,” said JON — twice.") == ["don't", "said", "jon", "twice"]


@given(st.integers(1, 300))
def test_a_passage_has_the_words_that_were_asked_for(count):
    assert words_of(passage(TALE, count)) == words_of(TALE)[:count]


def test_a_text_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match="the text has 2 words, not 3"):
        passage("Ida rowed.", 3)


def test_a_copy_differs_a_little_and_always_in_the_same_places():
    copy = retold(TALE)
    assert copy == retold(TALE) != retold(TALE, seed=2)
    words, again = words_of(TALE), words_of(copy)
    same = sum(one == other for one, other in zip(words, again, strict=False))
    assert same < len(words)
    assert abs(len(words) - len(again)) < 0.03 * len(words)
    assert set(again) == set(words)


def test_a_book_may_be_gzipped(tmp_path):
    plain, packed = tmp_path / "tale.txt", tmp_path / "tale.txt.gz"
    plain.write_text(TALE, "utf-8")
    packed.write_bytes(gzip.compress(TALE.encode("utf-8")))
    assert book(plain) == book(packed) == TALE


@pytest.mark.parametrize(("name", "raw"), [("no.txt", None), ("tale.txt", b"\xff\xfe\xff"), ("tale.txt.gz", b"Ida")])
def test_a_book_that_cannot_be_read_is_named(name, raw, tmp_path):
    if raw:
        (tmp_path / name).write_bytes(raw)
    with pytest.raises(ValueError, match=rf"{name}: cannot be read"):
        book(tmp_path / name)
