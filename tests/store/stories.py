"""Stories for the tests of the store: any that hypothesis can think of, and one small one by hand."""

from __future__ import annotations

import types
import typing
from dataclasses import is_dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from hypothesis import strategies as st

from fabula.spans import Span
from fabula.story import (
    LAYERS,
    Alignment,
    Anchor,
    Layer,
    Mark,
    Metadata,
    Provenance,
    SourceMap,
    Story,
    Telling,
    Tokens,
)

NUMBERS = st.integers(0, 2**31 - 1)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SPANS = st.builds(Span, NUMBERS, NUMBERS)
CONFIDENCE = st.floats(0, 1)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return any value of a field's type."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of([st.none() if one is type(None) else values(one) for one in args])
    if origin is typing.Literal:
        return st.sampled_from(args)
    if is_dataclass(hint):
        return records(hint)
    if origin is tuple:
        return st.lists(values(args[0]), max_size=3).map(tuple)
    return {Span: SPANS, str: WORDS, bool: st.booleans(), int: NUMBERS, float: CONFIDENCE}[hint]


def _columns(record: type, count: int) -> list[st.SearchStrategy[Any]]:
    """Return any NumPy columns of one length, in the order of the fields of a record type."""
    columns = []
    for hint in typing.get_type_hints(record).values():
        dtype = typing.get_args(typing.get_args(hint)[1])[0]
        items = WORDS if dtype is np.object_ else st.integers(-1, 2**31 - 1)
        columns.append(
            st.lists(items, min_size=count, max_size=count).map(lambda found, dtype=dtype: np.array(found, dtype))
        )
    return columns


def records(record: type) -> st.SearchStrategy[Any]:
    """Return any record of a type."""
    if record is Tokens:
        return st.integers(0, 5).flatmap(lambda count: st.builds(Tokens, *_columns(record, count)))
    return st.builds(record, **{name: values(hint) for name, hint in typing.get_type_hints(record).items()})


def layers() -> st.SearchStrategy[Any]:
    """Return any choice of layers, in any order."""
    made_by = st.builds(Provenance, WORDS, NUMBERS, WORDS)
    each = {
        name: st.builds(
            Layer,
            st.lists(records(record), min_size=int(record is Tokens), max_size=1 if record is Tokens else 3).map(
                tuple
            ),
            made_by,
        )
        for name, record in LAYERS.items()
    }
    chosen = st.lists(st.sampled_from(list(LAYERS)), unique=True)
    return chosen.flatmap(lambda names: st.tuples(*(st.tuples(st.just(name), each[name]) for name in names))).map(
        lambda pairs: MappingProxyType(dict(pairs))
    )


METADATA = st.builds(
    Metadata, WORDS, WORDS, WORDS, WORDS, WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)
)
TELLINGS = st.builds(
    Telling,
    WORDS,
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(records(Mark), max_size=3).map(tuple),
    METADATA,
    st.lists(records(Anchor), max_size=3).map(lambda anchors: SourceMap(tuple(anchors))),
    layers(),
)
STORIES = st.builds(
    Story, st.lists(TELLINGS, max_size=3).map(tuple), st.lists(records(Alignment), max_size=2).map(tuple)
)
