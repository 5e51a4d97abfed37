"""The author's word: `corrections.toml`, kept beside the texts and applied on every read.

An entry names a place by words quoted from it, so that it survives edits, or people by their names.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fabula.errors import ConfigError
from fabula.output import write_whole
from fabula.store.words import index_words
from fabula.story import CorrectionKind

FILE_NAME = "corrections.toml"

_KEYS: Mapping[CorrectionKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "speaker": (("quote", "speaker"), ("context", "telling")),
    "same": (("names",), ("telling",)),
    "not_a_person": (("name",), ("telling",)),
    "split": (("names",), ("telling",)),
    "rename": (("name", "to"), ("telling",)),
    "not_speech": (("quote",), ("context", "telling")),
}
"""The keys of each kind of entry: those it must have, and those it may have."""

_MOST_BYTES = 16 * 2**20
"""Bytes of a file of corrections; a hundred thousand entries have about ten million."""

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?(\w+)[\"']?[ \t]*\]\]", re.MULTILINE)
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_OPENING = "# What Fabula cannot know: the author's word. It wins on every read.\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a corrections file, not yet matched against a text.

    Attributes:
        kind: what it states, see `fabula.story.Correction`.
        quoted: a few words of the place meant, for `speaker` and `not_speech`.
        context: words near by that tell it from other places; empty where not needed.
        name: the speaker, or the new name for `rename`; empty for others.
        names: the people concerned; one for `not_a_person` and `rename`, two or more for `same` and `split`.
        telling: name of the one telling it is for; empty for all.
        where: file and line, for messages.
    """

    kind: CorrectionKind
    quoted: str = ""
    context: str = ""
    name: str = ""
    names: tuple[str, ...] = ()
    telling: str = ""
    where: str = ""


def find_corrections(paths: Iterable[str | os.PathLike[str]]) -> tuple[Path, ...]:
    """Return the corrections files beside some texts.

    Args:
        paths: files and folders that are read; `-` (standard input) has nothing beside it.

    Returns:
        Each file once, in the order of the texts.
    """
    found: dict[Path, Path] = {}
    for path in map(Path, paths):
        if str(path) != "-":
            beside = corrections_beside(path)
            if beside.is_file():
                found.setdefault(beside.resolve(), beside)
    return tuple(found.values())


def corrections_beside(path: str | os.PathLike[str]) -> Path:
    """Return where the corrections of a text stand, whether or not there are any.

    Args:
        path: of the text, or of the folder of one telling.
    """
    text = Path(path)
    return (text if text.is_dir() else text.parent) / FILE_NAME


def load_corrections(path: str | os.PathLike[str]) -> tuple[Entry, ...]:
    """Read a corrections file.

    Args:
        path: of the file.

    Returns:
        Its entries, in the order in which they stand there.

    Raises:
        ConfigError: when it cannot be read or understood; names the line.
    """
    return parse_corrections(read_corrections(path), os.fspath(path))


def read_corrections(path: str | os.PathLike[str]) -> str:
    """Return the words of a corrections file.

    Raises:
        ConfigError: when it cannot be read, is too large, no text, or not UTF-8.
    """
    return _decoded(_bytes(Path(path)), os.fspath(path))


def parse_corrections(text: str, where: str) -> tuple[Entry, ...]:
    """Read the entries in the words of a corrections file; see `load_corrections`.

    Args:
        text: the TOML.
        where: name of the file, for messages.

    Raises:
        ConfigError: when it cannot be understood.
    """
    kinds = _toml(text, where)
    for kind in kinds:
        if kind not in _KEYS:
            raise ConfigError(
                f"there is no correction {kind!r}",
                where=":".join([where, *map(str, header_lines(text, kind)[:1])]),
                advice=_meant(kind, _KEYS),
            )
    placed: list[tuple[int, Entry]] = []
    for known in _KEYS:
        tables = kinds.get(known, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise ConfigError(
                f"{known!r} is no list of entries", where=where, advice=f"Write [[{known}]], with two brackets"
            )
        lines = _lines(text, known, len(tables))
        for number, (line, table) in enumerate(zip(lines, tables, strict=True), 1):
            place = f"{where}:{line}" if line else f"{where}, {known} {number}"
            placed.append((line, _entry(known, table, place)))
    return tuple(entry for _, entry in sorted(placed, key=lambda pair: pair[0]))


def _toml(text: str, where: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers too long, and brackets too deep
        line = _LINE.search(str(error))
        raise ConfigError(
            f"this is no valid TOML: {_LINE.sub('', str(error)).strip()}",
            where=f"{where}:{line[1]}" if line else where,
            advice='Strings stand in quotation marks, and a " inside one is written \\"',
        ) from error


def add_correction(path: str | os.PathLike[str], entry: Entry) -> None:
    """Append an entry to a corrections file; what the author wrote there stays as it is, to the byte.

    Args:
        path: of the file; made where there is none.
        entry: its `where` is not written.

    Raises:
        ConfigError: when the file, or the entry, cannot be understood; nothing is written then.
        OutputError: when it cannot be written.
    """
    file, where = Path(path), os.fspath(path)
    data = _bytes(file) if file.exists() else _OPENING.encode()
    old = _decoded(data, where)
    gap = "" if not old else "\n" if old.endswith("\n") else "\n\n"
    block = gap + as_toml(entry)
    if "\r\n" in old:
        block = block.replace("\n", "\r\n")
    count = len(parse_corrections(old, where))
    if len(parse_corrections(old + block, where)) != count + 1:
        raise ConfigError(
            "an entry cannot be added to this file", where=where, advice="Close what is left open in it"
        )
    write_whole(file, data + block.encode())


def remove_correction(path: str | os.PathLike[str], entry: Entry) -> None:
    """Take back the last entry that `add_correction` wrote in just these words; all else stays, to the byte.

    A file that `add_correction` made, and that holds nothing more, goes too.

    Args:
        path: of the file.
        entry: as it was added.

    Raises:
        ConfigError: when it does not stand there (any more).
        OutputError: when the file cannot be written.
    """
    file, where = Path(path), os.fspath(path)
    data = _bytes(file)
    old = _decoded(data, where)
    block = as_toml(entry).replace("\n", "\r\n" if "\r\n" in old else "\n").encode()
    at = data.rfind(block)
    if at < 0:
        raise ConfigError("the entry is no longer there", where=where, advice="Take it out by hand")
    before, after = data[:at], data[at + len(block) :]
    # The blank line before an entry was added with it.
    for gap in (b"\r\n", b"\n"):
        before = before.removesuffix(gap) if before.endswith(2 * gap) else before
    if before + after == _OPENING.encode():
        file.unlink()
        return
    parse_corrections(_decoded(before + after, where), where)
    write_whole(file, before + after)


def as_toml(entry: Entry) -> str:
    """Return an entry as it stands in a corrections file, with its header and a line end after each line."""
    values = {
        "quote": _quoted(entry.quoted),
        "context": entry.context and _quoted(entry.context),
        "speaker": _quoted(entry.name),
        "names": f"[{', '.join(map(_quoted, entry.names))}]",
        "name": _quoted(entry.names[0] if entry.names else ""),
        "to": _quoted(entry.name),
        "telling": entry.telling and _quoted(entry.telling),
    }
    must, may = _KEYS[entry.kind]
    lines = [f"[[{entry.kind}]]"]
    for key, value in values.items():
        if key in must or (key in may and value):
            lines.append(f"{key} = {value}")
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """Return a TOML string: white space becomes single spaces, the rest is escaped as in JSON, plus DEL."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(
            f"it cannot be read ({error.strerror})", where=str(path), advice="Check its name and permissions"
        ) from error
    if len(data) > _MOST_BYTES:
        raise ConfigError(
            f"too large: more than {_MOST_BYTES // 2**20} MiB", where=str(path), advice="Is it a corrections file?"
        )
    return data


def _decoded(data: bytes, where: str) -> str:
    if b"\0" in data:
        raise ConfigError(
            "this is no file of corrections, but a binary file", where=where, advice=f"Name a {FILE_NAME}"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"this is not UTF-8 (byte {error.start})", where=where, advice="Save it as UTF-8"
        ) from error


def header_lines(text: str, kind: str = "") -> list[int]:
    """Return the lines with headers of entries, from 1: of one kind, or of all."""
    return [text.count("\n", 0, match.start()) + 1 for match in _HEADER.finditer(text) if kind in ("", match[1])]


def _lines(text: str, kind: CorrectionKind, count: int) -> list[int]:
    """Return the line of each entry's header, from 1; zeros where the entries are not written with headers."""
    found = header_lines(text, kind)
    return found if len(found) == count else [0] * count


def _meant(word: str, known: Iterable[str]) -> str:
    """Return advice for an unknown word."""
    known = list(known)
    near = difflib.get_close_matches(word, known, 1)
    return f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(known)}"


def _entry(kind: CorrectionKind, table: Mapping[str, Any], where: str) -> Entry:
    must, may = _KEYS[kind]
    for key in table:
        if key not in must + may:
            raise ConfigError(f"[[{kind}]] has no key {key!r}", where=where, advice=_meant(key, must + may))
    for key in must:
        if key not in table:
            raise ConfigError(f"this [[{kind}]] lacks the key {key!r}", where=where, advice=f"Add a line {key} = …")
    words = {key: _text(kind, key, table[key], where) for key in table if key != "names"}
    names = _names(kind, table["names"], where) if "names" in table else tuple(filter(None, [words.get("name")]))
    return Entry(
        kind,
        words.get("quote", ""),
        words.get("context", ""),
        words.get("speaker", words.get("to", "")),
        names,
        words.get("telling", ""),
        where,
    )


def _text(kind: CorrectionKind, key: str, value: object, where: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(
            f"{key!r} of [[{kind}]] is no string", where=where, advice=f'Write {key} = "…", in quotation marks'
        )
    if not index_words(value).spans and key != "telling":
        raise ConfigError(
            f"{key!r} of [[{kind}]] holds no word to search for: {value!r}", where=where, advice="Give a word or more"
        )
    return value


def _names(kind: CorrectionKind, value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(set(map(str, value))) < 2:
        raise ConfigError(
            f"'names' of [[{kind}]] is no list of two different names or more",
            where=where,
            advice='Write names = ["Anna", "Annie"]',
        )
    return tuple(_text(kind, "names", name, where) for name in value)
