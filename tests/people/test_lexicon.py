from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from fabula.lexicon import forms, words

TABLES = sorted(entry.name for entry in files("fabula.lexicon").iterdir() if entry.name.endswith(".toml"))


@pytest.mark.parametrize("name", TABLES)
def test_every_list_states_source_and_licence(name: str) -> None:
    table = tomllib.loads(files("fabula.lexicon").joinpath(name).read_text("utf-8"))
    assert table["source"]
    assert table["licence"]


def test_words_are_lower_case_and_gathered() -> None:
    both = words("given_names", "female", "male")
    assert {"ada", "tom"} <= both
    assert all(word == word.lower() for word in both)


def test_short_names_lead_to_full_ones() -> None:
    assert "elizabeth" in forms("nicknames")["lizzy"]
