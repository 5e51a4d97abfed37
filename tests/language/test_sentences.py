"""Where sentences end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.language import find_sentences
from fabula.spans import Span, gaps
from fabula.story import Paragraph, Provenance, Telling


def sentences(text: str) -> list[str]:
    telling = Telling("t", text).with_layer("paragraphs", [Paragraph(Span(0, len(text)))], Provenance("t", 1))
    return [sentence.span.of(text) for sentence in find_sentences(telling)]


@pytest.mark.parametrize(
    "parts",
    [
        ["It rained.", "The goose slept."],
        ['"Go!" she cried.'],
        ['"Go."', "He went."],
        ['"Go!" Ann cried.', "Tom went."],
        ["“Where?” asked Mr. Mill.", "“Here.”"],
        ['"Go," she said.', '"Now."'],
        ["Mr. Mill met Dr. A. B. Ferry in St. Ann.", "They talked."],
        ["She left on Dec. 11th.", "It rained."],
        ["So did I.", "Then it rained."],
        ["I waited... I waited long.", "Nobody came."],
        ["I was... well... late.", "It rained."],
        ["It rained.", "--Tom slept."],
        ["He stood there—alone.", "“Tom!”", "“Yes?”"],
        ["Oh! how it rained."],
        ["3. Feed the goose.", "4. Sleep."],
        ["It was wet.Her coat was ruined."[:11], "Her coat was ruined."],
        ["(It rained.)", "They slept."],
        ["What?!", "Never!"],
        ["No stop at the end"],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_forgotten_space_still_parts_sentences() -> None:
    assert sentences("It was wet.Her coat was ruined.") == ["It was wet.", "Her coat was ruined."]


def test_hard_line_breaks_stay_inside() -> None:
    assert sentences("It rained\non the mill. Tom\nslept.") == ["It rained\non the mill.", "Tom\nslept."]


@given(st.text(alphabet="aB.!?… \n\"'“”I1-", max_size=60))
def test_sentences_and_white_space_tile_the_paragraph(text: str) -> None:
    telling = Telling("t", text).with_layer("paragraphs", [Paragraph(telling_span(text))], Provenance("t", 1))
    found = [sentence.span for sentence in find_sentences(telling)]
    assert not any(gap.of(text).strip() for gap in gaps(found, telling.whole))
    assert all(a.end <= b.start for a, b in pairwise(found))


def telling_span(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize("sign", ["...", "!!!", ". . ", '?"""', ".”"])
def test_a_long_row_of_stops_ends_no_sentence_before_a_small_letter(sign: str) -> None:
    """A row that was tried anew from each of its stops would take hours here."""
    text = f"It rained {sign * 20_000}and rained."
    assert sentences(text) == [text]
