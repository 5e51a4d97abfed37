"""Records to rows and back, by the types of their fields.

    str, int, float, Literal     one column of the field's name; None is NULL
    bool                         one column, 0 or 1
    Span                         two columns, `x_start` and `x_end`; just `start` and `end` for the field `span`
    tuple[str, ...]              a table of its own, `utterance_addressees`, one row an item, column `value`
    tuple[Span, ...]             the same, columns `start` and `end`
    NumPy column                 one column, a row an item; objects are of type str

Every table has `telling` and `position`, the record's index in its layer. Work goes column by column, since a novel
has a hundred thousand tokens.
"""

from __future__ import annotations

import sqlite3
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.spans import Span

Kind = Literal["plain", "truth", "span", "words", "spans", "array"]

OFFSETS: Mapping[str, str] = {"starts": "start", "ends": "end"}
"""The NumPy columns that hold offsets into the text, and the names they have in a row, as there it is one offset.

All other columns keep their names: `feats` is the name of that field in Universal Dependencies, for one word too.
"""

_CHUNK = 10_000
"""Rows of NumPy columns that are read at a time, so that few are in memory as Python objects."""


class Field(NamedTuple):
    """One field of a record type.

    Attributes:
        name: of the attribute.
        kind: how its values become columns.
        columns: their names; those of the items for a table of its own.
        dtype: of a NumPy column; None for others.
        types: those of its values.
        choices: all values it may have; empty where there are too many to name.
    """

    name: str
    kind: Kind
    columns: tuple[str, ...]
    dtype: Any = None
    types: frozenset[type] = frozenset()
    choices: frozenset[Any] = frozenset()

    @property
    def apart(self) -> bool:
        """Whether its items stand in a table of their own."""
        return self.kind in {"words", "spans"}


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """Return the fields of a record type, in order.

    Raises:
        TypeError: for a field of a type that no table can hold yet.
    """
    hints = typing.get_type_hints(record)
    return tuple(_or_none(_field(name, _without_none(hint)), hint) for name, hint in hints.items())


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        choices = [choice for choice in typing.get_args(hint) if choice is not type(None)]
        return choices[0] if len(choices) == 1 else hint
    return hint


def _or_none(field: Field, hint: Any) -> Field:
    optional = type(None) in typing.get_args(hint)
    return field._replace(types=field.types | {type(None)}) if optional else field


def _field(name: str, hint: Any) -> Field:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    whole = frozenset({int})
    if hint is bool:
        return Field(name, "truth", (name,), types=whole, choices=frozenset({0, 1}))
    if origin is Literal:
        return Field(name, "plain", (name,), types=frozenset({str}), choices=frozenset(args))
    if hint in (str, int, float):
        return Field(name, "plain", (name,), types=frozenset({hint}))
    if hint is Span:
        columns = ("start", "end") if name == "span" else (f"{name}_start", f"{name}_end")
        return Field(name, "span", columns, types=whole)
    if args == (str, ...):
        return Field(name, "words", ("value",), types=frozenset({str}))
    if args == (Span, ...):
        return Field(name, "spans", ("start", "end"), types=whole)
    if origin is np.ndarray:
        (dtype,) = typing.get_args(args[1])
        held = frozenset({str}) if dtype is np.object_ else whole
        return Field(name, "array", (OFFSETS.get(name, name),), dtype, types=held)
    raise TypeError(f"no table can hold the field {name!r} of type {hint}")


def columns_of(record: type) -> tuple[str, ...]:
    """Return the columns of a record type's own table, in order."""
    return ("telling", "position", *(c for field in fields_of(record) if not field.apart for c in field.columns))


def table_apart(table: str, field: Field) -> tuple[str, tuple[str, ...]]:
    """Return name and columns of the table for the items of a field."""
    owner = table.removesuffix("s")
    return f"{owner}_{field.name}", ("telling", owner, "position", *field.columns)


def insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows; the names come from this package, never from a file."""
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608


def select(connection: sqlite3.Connection, table: str, columns: Sequence[str], telling: int) -> list[Any]:
    """Return the rows of one telling in order, without the column `telling`, which comes first."""
    return _selected(connection, table, columns, telling).fetchall()


def _selected(connection: sqlite3.Connection, table: str, columns: Sequence[str], telling: int) -> sqlite3.Cursor:
    names = ", ".join(f'"{column}"' for column in columns[1:])
    order = ", ".join(str(place) for place in range(1, len(columns)))
    query = f'SELECT {names} FROM "{table}" WHERE telling = ? ORDER BY {order}'  # noqa: S608
    return connection.execute(query, (telling,))


def put(connection: sqlite3.Connection, table: str, record: type, telling: int, records: Sequence[Any]) -> None:
    """Write records of one type into their table, and items of their tuples into the tables beside it.

    Args:
        connection: with the tables in place.
        table: its name.
        record: type of the records.
        telling: number of the telling, from 1.
        records: in order; for a type of NumPy columns, the one record.
    """
    columns: list[Iterable[Any]] = []
    count = len(records)
    for field in fields_of(record):
        values = [getattr(one, field.name) for one in records]
        if field.kind == "array":
            (array,) = values
            count = len(array)
            columns.append(array.tolist())
        elif field.kind == "span":
            columns.append([None if span is None else span.start for span in values])
            columns.append([None if span is None else span.end for span in values])
        elif field.apart:
            insert(connection, *table_apart(table, field), _items(telling, field, values))
        else:
            columns.append(values)
    insert(connection, table, columns_of(record), zip(repeat(telling, count), range(count), *columns, strict=True))


def _items(telling: int, field: Field, values: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if field.kind == "spans":
        return [(telling, owner, at, *span) for owner, spans in enumerate(values) for at, span in enumerate(spans)]
    return [(telling, owner, at, word) for owner, words in enumerate(values) for at, word in enumerate(words)]


def get(connection: sqlite3.Connection, table: str, record: Callable[..., Any], telling: int) -> tuple[Any, ...]:
    """Read the records of one telling back; see `put`.

    Raises:
        ValueError: when a column holds what its field cannot; SQLite itself does not look.
    """
    fields = fields_of(typing.cast("type", record))
    names = columns_of(typing.cast("type", record))
    if fields[0].kind == "array":
        return (record(*_arrays(_selected(connection, table, names, telling), table, fields)),)
    rows = select(connection, table, names, telling)
    columns = dict(zip(names[1:], zip(*rows, strict=True) if rows else repeat(()), strict=False))
    for field in fields:
        if not field.apart:
            _check_values(table, field, [columns[name] for name in field.columns])
    values: list[Iterable[Any]] = []
    for field in fields:
        if field.apart:
            apart = select(connection, *table_apart(table, field), telling)
            _check_values(table, field, [value for _, _, *value in apart])
            values.append(_gathered(field, apart, len(rows)))
        elif field.kind == "span":
            values.append(_spans(*(columns[name] for name in field.columns)))
        elif field.kind == "truth":
            values.append([None if value is None else bool(value) for value in columns[field.name]])
        else:
            values.append(columns[field.name])
    return tuple(map(record, *values))


def _arrays(rows: sqlite3.Cursor, table: str, fields: Sequence[Field]) -> list[npt.NDArray[Any]]:
    """Return NumPy columns; words that are the same become one object, as a novel repeats its tags without end."""
    held = [[np.empty(0, field.dtype)] for field in fields]
    seen: dict[str, str] = {}
    while chunk := rows.fetchmany(_CHUNK):
        _, *columns = zip(*chunk, strict=True)
        for field, values, column in zip(fields, columns, held, strict=True):
            _check_values(table, field, [values])
            shared = list(map(seen.setdefault, values, values)) if field.dtype is np.object_ else values
            column.append(np.array(shared, dtype=field.dtype))
    return [np.concatenate(column) for column in held]


def _check_values(table: str, field: Field, columns: Iterable[Iterable[Any]]) -> None:
    for values in columns:
        odd = set(map(type, values)) - field.types
        if odd:
            raise ValueError(f"{table}: {field.name} holds {', '.join(sorted(one.__name__ for one in odd))}")
        unknown = set(values) - field.choices - {None} if field.choices else ()
        if unknown:
            raise ValueError(f"{table}: {field.name} cannot be {min(map(str, unknown))!r}")


def _spans(starts: Sequence[Any], ends: Sequence[Any]) -> list[Span | None]:
    return [None if start is None else Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _gathered(field: Field, rows: list[Any], count: int) -> list[tuple[Any, ...]]:
    """Return the items of each owner, `count` of them."""
    items: list[list[Any]] = [[] for _ in range(count)]
    for owner, _, *values in rows:
        items[owner].append(Span(*values) if field.kind == "spans" else values[0])
    return [tuple(one) for one in items]
