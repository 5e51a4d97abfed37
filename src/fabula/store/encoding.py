"""Records that hold records, as JSON and back, by the types of their fields.

    record                       an object of its fields by name; one with its default is left out
    Span                         [start, end]
    tuple                        an array
    str, int, float, bool, None  as they are

A field that is not there has its default, so that records may get fields later; one that is not known is passed over.
"""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, NoReturn, TypeVar

from fabula.spans import Span

_Record = TypeVar("_Record")
_Reader = Callable[[Any], Any]


def encoded(record: object) -> str:
    """Return a record as JSON, always in the same words.

    Args:
        record: a frozen dataclass of fields of the types above.
    """
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def decoded(kind: type[_Record], words: str) -> _Record:
    """Return the record that `encoded` wrote.

    Args:
        kind: type of the record.
        words: the JSON.

    Raises:
        ValueError: when it is no JSON, lacks a field that has no default, or holds what a field cannot.
        TypeError: for a field of a type that is not listed above.
    """
    read: _Reader = _reader(typing.cast("Any", kind))
    try:
        return typing.cast("_Record", read(json.loads(words, parse_constant=_no_number)))
    except RecursionError as error:
        raise ValueError("its records are too deep") from error


def _no_number(words: str) -> NoReturn:
    raise ValueError(f"{words} is no number")


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(held)
            for field in fields(value)
            if (held := getattr(value, field.name)) != field.default or field.default is MISSING
        }
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


@cache
def _reader(hint: Any) -> _Reader:
    """Return what turns JSON into a value of some type."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if is_dataclass(hint):
        return _record_reader(typing.cast("type", hint))
    if hint is Span:
        return _span
    if origin is tuple:
        return _all_reader(args[0]) if args[1:] == (...,) else _each_reader(tuple(args))
    if origin in (typing.Union, types.UnionType) and len(args) == 2 and type(None) in args:
        read = _reader(next(one for one in args if one is not type(None)))
        return lambda value: None if value is None else read(value)
    if origin is Literal:
        return lambda value: value if isinstance(value, str) and value in args else _refuse(value, hint)
    if hint is float:
        return _number
    if hint in (str, int, bool):
        return lambda value: value if type(value) is hint else _refuse(value, hint)
    raise TypeError(f"no story file can hold a field of type {hint}")


def _record_reader(kind: type) -> _Reader:
    hints: Mapping[str, Any] = typing.get_type_hints(kind)
    known: dict[str, Field[Any]] = {field.name: field for field in fields(kind)}
    readers = {name: _reader(hints[name]) for name in known}
    needed = {name for name, field in known.items() if field.default is field.default_factory is MISSING}

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            _refuse(value, kind)
        if not needed <= value.keys():
            raise ValueError(f"a {kind.__name__} lacks {', '.join(sorted(needed - value.keys()))}")
        return kind(**{name: readers[name](held) for name, held in value.items() if name in readers})

    return read


def _all_reader(hint: Any) -> _Reader:
    read = _reader(hint)
    return lambda value: tuple(map(read, value)) if isinstance(value, list) else _refuse(value, tuple)


def _each_reader(hints: tuple[Any, ...]) -> _Reader:
    readers = [_reader(hint) for hint in hints]

    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(readers):
            _refuse(value, tuple)
        return tuple(one(held) for one, held in zip(readers, value, strict=True))

    return read


def _span(value: Any) -> Span:
    if not isinstance(value, list) or len(value) != 2 or not all(type(one) is int for one in value):
        _refuse(value, Span)
    return Span(*value)


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        _refuse(value, float)
    return float(value)


def _refuse(value: Any, hint: Any) -> NoReturn:
    raise ValueError(f"{str(value)[:40]!r} is no {getattr(hint, '__name__', str(hint))}")
