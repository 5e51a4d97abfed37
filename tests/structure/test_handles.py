"""Lines that open with who speaks: which are read as such, and which are not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.lexicon.handles import handle_before, read_handle, read_head
from fabula.spans import Span
from fabula.story import Paragraph
from fabula.structure.handles import handled


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize(
    ("line", "name", "said", "sure"),
    [
        ("moss: hello", "moss", "hello", False),
        ("[21:04] moss: hello", "moss", "hello", True),
        ("21:04 - Moss Hall: hello", "Moss Hall", "hello", True),
        ("9:04 PM Moss: hello", "Moss", "hello", True),
        ("<moss> hello", "moss", "hello", True),
        ("<moss>: hello", "moss", "hello", True),
        ("@moss hello", "moss", "hello", True),
        ("@moss: hello", "moss", "hello", True),
        ("[Moss]: hello", "Moss", "hello", True),
        ("**Moss:** hello", "Moss", "hello", False),
        ("*Moss*: hello", "Moss", "hello", False),
        ("Moss (21:04): hello", "Moss", "hello", True),
        ("moss_77: hello", "moss_77", "hello", True),
        ("Me: hello", "Me", "hello", True),
        ("MRS. HALL: Hello.", "MRS. HALL", "Hello.", False),
    ],
)
def test_a_line_says_whose_it_is(line: str, name: str, said: str, sure: bool) -> None:
    read = read_handle(line, whole(line))
    assert read is not None
    assert (read.name.of(line), line[read.words :], read.sure) == (name, said, sure)
    assert handle_before(line, read.words) == read.name


@pytest.mark.parametrize(
    "line",
    [
        "Name: Dilys Roe",
        "First: no boots.",
        "Monday: rain.",
        'Freya: "Are you here?"',
        "He said one thing: no.",
        "There was only one way out of the valley: up.",
        "moss:hello",
        "moss:",
        ": hello",
        "",
    ],
)
def test_other_lines_with_colons_do_not(line: str) -> None:
    assert read_handle(line, whole(line)) is None


def test_a_name_and_a_time_stand_over_the_words() -> None:
    head = read_head("Petra 14:02", whole("Petra 14:02"))
    assert head is not None
    assert head.name == Span(0, 5)
    assert read_head("Petra came at 14:02", whole("Petra came at 14:02")) is None
    assert handle_before("Petra 14:02\nHello.", 12) == Span(0, 5)


def lines(*said: str) -> tuple[str, list[Paragraph]]:
    text = "\n\n".join(said)
    starts = [text.index(line) for line in said]
    return text, [Paragraph(Span(at, at + len(line))) for at, line in zip(starts, said, strict=True)]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (("Ada: No.", "Tom: Yes.", "Ada: Never."), 3),
        (("Ada: No.", "Tom: Yes."), 0),
        (("Ada: No.", "Ada: Yes.", "Ada: Never."), 0),
        (("Ada: No.", "Tom: Yes.", "Eve: Never."), 0),
        (("ada_1: no", "tom_2: yes"), 2),
        (("@ada no", "It rained."), 0),
        (("[10:15] Ada: no", "It rained."), 1),
        (("Ada: No.", "One.", "Two.", "Three.", "Four.", "Tom: Yes.", "Ada: Never."), 0),
    ],
)
def test_one_line_proves_nothing(said: tuple[str, ...], count: int) -> None:
    text, paragraphs = lines(*said)
    found = handled(text, paragraphs)
    assert len(found) == count
    assert {quote.style for quote in found} <= {"cue"}


def test_a_message_goes_on_to_the_next_handle() -> None:
    text = "[10:15] Ada: one\ntwo\n[10:16] Tom: three"
    assert [quote.span.of(text) for quote in handled(text, [Paragraph(whole(text))])] == ["one\ntwo", "three"]


@given(st.lists(st.text(alphabet='ab:@<>[]*_ 1:0"\n.', max_size=20), max_size=8))
def test_whatever_stands_there_the_words_lie_in_their_paragraphs(said: list[str]) -> None:
    text = "\n\n".join(said)
    paragraphs, at = [], 0
    for line in said:
        if line.strip():
            inner = line.strip()
            start = at + line.index(inner)
            paragraphs.append(Paragraph(Span(start, start + len(inner))))
        at += len(line) + 2
    found = handled(text, paragraphs)
    assert all(any(paragraph.span.holds(quote.span) for paragraph in paragraphs) for quote in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
