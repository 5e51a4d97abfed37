"""How words are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.language import find_tokens
from fabula.story import Telling


def tokens(text: str) -> list[str]:
    found = find_tokens(Telling("t", text))
    return [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    "words",
    [
        "She did n't go .",
        "It 's Ann 's goose , is n’t it ?",
        "I can not come",
        "at ten o'clock , ma'am",
        "Miss O'Hara , Mr. Mill and Dr. Ferry",
        "“ Yes -- no … ” said he",
        "1,200 geese on the 3rd",
        "Wait ... what ?!",
        "the U.S. army",
        "the sun .",
        "see http://example.org/a?b=c now",
    ],
)
def test_tokens(words: str) -> None:
    joined = words.replace(" n't", "n't").replace(" n’t", "n’t").replace(" 's", "'s").replace("can not", "cannot")
    assert tokens(joined) == words.split()


@given(st.text(max_size=80))
def test_every_mark_lies_in_one_token(text: str) -> None:
    found = find_tokens(Telling("t", text))
    held = [offset for a, b in zip(found.starts, found.ends, strict=True) for offset in range(a, b)]
    assert len(held) == len(set(held))
    assert all(text[offset].isspace() for offset in set(range(len(text))) - set(held))


@pytest.mark.parametrize(
    "words",
    [
        "well - known half - open doors , said al - Mirza",
        "his sister - in - law",
        "non-human e-mail in mid-August , to-day and to-morrow",
        "in 1969 - 1970",
    ],
)
def test_a_hyphen_is_a_word_except_after_a_prefix(words: str) -> None:
    assert tokens(words.replace(" - ", "-")) == words.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I dont know", "I do nt know"),
        ("gonna, wanna and gotta", "gon na , wan na and got ta"),
        ("Im sure thats it", "I m sure that s it"),
        ("gimme that", "gim me that"),
        ("they wont go", "they wo nt go"),
        ("its leg, your hat, he lets go", "its leg , your hat , he lets go"),
        ("as was his wont", "as was his wont"),
        ("mere cant", "mere cant"),
        ("a fountain", "a fountain"),
    ],
)
def test_two_words_in_one_are_cut_where_nothing_else_can_be_meant(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


@pytest.mark.parametrize(
    "whole", ["9/11", "1/2", "03/15/2001", "11-20-2000", "555-0134", "212-555-0134", "AT&T", "s/he"]
)
def test_dates_fractions_and_the_like_are_one_word(whole: str) -> None:
    assert tokens(f"see {whole} there") == ["see", whole, "there"]


@pytest.mark.parametrize(
    "whole", ["plan.doc", "old_plan-2.pdf", "example.org", "rec.pets.geese", "mill...@example.com"]
)
def test_names_of_files_and_sites_are_one_word(whole: str) -> None:
    assert tokens(f"see {whole}.") == ["see", whole, "."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 5pm or 7:30 PM, 35mm film", "at 5 pm or 7:30 PM , 35 mm film"),
        ("in the 60's", "in the 60's"),
        ("etc. are (etc.) here etc.", "etc. are ( etc. ) here etc ."),
        ("<<a>> $$$ ''b''", "<< a >> $$$ '' b ''"),
        ("really.? no...?", "really .? no ... ?"),
        ("W-what? T-shirt", "W- what ? T - shirt"),
        ("gen'rally o'er the fo'c'sle", "gen'rally o'er the fo'c'sle"),
        ("‘’Tis he,’ said J. Mill, ‘ne’er fear’", "‘ ’Tis he , ’ said J. Mill , ‘ ne’er fear ’"),
        ("wait—no--stop", "wait — no -- stop"),
        ("the end.The next", "the end . The next"),
        ("Park Lane, W.? I. It", "Park Lane , W. ? I. It"),
    ],
)
def test_measures_marks_and_speech(text: str, expected: str) -> None:
    assert tokens(text) == expected.split()


def test_an_address_is_one_word() -> None:
    assert tokens("write to ann.lee+mill@example.co.uk today") == [
        "write",
        "to",
        "ann.lee+mill@example.co.uk",
        "today",
    ]


@pytest.mark.parametrize("part", ["_a", "a.", "a_", "a-", "e-", "a'", "1.", "1/", "1-", "b-b", "rec.", "a+b-c_"])
def test_what_only_begins_like_an_address_is_cut_in_one_go(part: str) -> None:
    """Read to its end from each of its parts, it would take an hour here."""
    assert "".join(tokens(part * 30_000)) == part * 30_000
