from __future__ import annotations

import re
import sqlite3
import typing
from contextlib import closing

import pytest

from fabula.store.corrections import _KEYS, parse_corrections
from fabula.store.matching import match_corrections
from fabula.store.saving import packed
from fabula.story import LAYERS
from tests.store.reference import PAGE, brought_up_to_date, reference
from tests.store.small import small_story

CORRECTIONS = PAGE.with_name("corrections.md").read_text(encoding="utf-8")


def test_the_page_lists_every_table_and_column_as_the_file_does() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == brought_up_to_date(page), "run: python -m tests.store.reference"
    for layer in LAYERS:
        assert f"### `{layer}`\n\nLayer: " in reference()


@pytest.mark.parametrize("layer", LAYERS)
def test_the_page_names_every_value_that_a_column_may_have(layer) -> None:
    table = PAGE.read_text(encoding="utf-8").partition(f"### `{layer}`\n")[2].partition("###")[0]
    for name, hint in typing.get_type_hints(LAYERS[layer]).items():
        if typing.get_origin(hint) is typing.Literal:
            (meaning,) = re.findall(rf"^\| `{name}` \| .*$", table, re.M)
            assert "…" in meaning or all(value in meaning for value in typing.get_args(hint)), meaning


def test_every_query_on_the_page_runs() -> None:
    queries = re.findall(r"```sql\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) >= 3
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(packed(small_story()))
        for query in queries:
            assert connection.execute(query).fetchall(), query


def test_the_example_shows_every_kind_and_key() -> None:
    (example,) = re.findall(r"```toml\n(.+?)```", CORRECTIONS, re.DOTALL)
    entries = parse_corrections(example, "corrections.toml")
    assert {entry.kind for entry in entries} == set(_KEYS)
    for kind, (must, may) in _KEYS.items():
        for key in must + may:
            assert re.search(rf"\| `{kind}` \|.*`{key}`", CORRECTIONS), (kind, key)
    assert match_corrections(entries, small_story().tellings[0])
