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
        "well-known half-open doors",
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


def test_an_address_is_one_word() -> None:
    assert tokens("write to ann.lee+mill@example.co.uk today") == [
        "write",
        "to",
        "ann.lee+mill@example.co.uk",
        "today",
    ]


@pytest.mark.parametrize("part", ["_a", "a.", "a+b-c_"])
def test_what_only_begins_like_an_address_is_cut_in_one_go(part: str) -> None:
    """Read to its end from each of its parts, it would take an hour here."""
    assert "".join(tokens(part * 30_000)) == part * 30_000
