"""Front matter: what a Markdown file says about itself before it begins, in simple YAML (`---`) or TOML (`+++`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fabula.errors import InputError
from fabula.story import Metadata

Pairs = tuple[tuple[str, str], ...]

_YAML = re.compile(r"---[ \t]*\n(?=\S)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(
    r"\+\+\+[ \t]*\n(?=\s*(?:[\w.\"-]+[ \t]*=|\[|#))(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_COMMENT = re.compile(r"(?:^|[ \t]+)#.*$")
_LIST_PART = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)""")
_USUAL_KEYS = re.compile(
    r"(?:sub)?title|authors?|date|lang(?:uage)?|tags|series|summary|description|draft|rating|fandom|chapter|layout"
    r"|status|categories|slug|published|updated|words|pairing|characters|book|part|number|pov|id|type",
    re.IGNORECASE,
)


class FrontMatter(NamedTuple):
    """Statements before a text.

    Attributes:
        pairs: keys as written and their values, in order; a list gives one pair for each item.
        end: code point of the text after the closing line.
    """

    pairs: Pairs
    end: int


def find_front_matter(text: str, *, name: str) -> FrontMatter | None:
    """Find the statements a text begins with.

    Args:
        text: the whole file.
        name: of the file, for messages.

    Returns:
        None where the text begins with none; a rule and prose after it are not taken for one.

    Raises:
        InputError: when front matter in TOML is not valid.
    """
    yaml = _YAML.match(text)
    if yaml:
        pairs = _simple_yaml(yaml[1].split("\n"))
        usual = any(_USUAL_KEYS.fullmatch(key) for key, _ in pairs or ())
        return FrontMatter(pairs, yaml.end()) if pairs and usual else None
    toml = _TOML.match(text)
    if toml:
        try:
            return FrontMatter(tuple(_flat(tomllib.loads(toml[1]))), toml.end())
        except (ValueError, RecursionError) as error:  # also numbers too long, and brackets too deep
            raise InputError(
                f"its front matter between +++ lines is not valid TOML ({error})",
                where=name,
                advice="Mend it or remove it",
            ) from error
    return None


def stated_metadata(pairs: Pairs, *, form: str, encoding: str) -> Metadata:
    """Sort statements into title, author, language and the rest.

    Args:
        pairs: keys and values; the case of keys does not matter.
        form: name of the format.
        encoding: of the file.
    """
    named = {"title": "title", "author": "author", "authors": "author", "lang": "language", "language": "language"}
    found: dict[str, list[str]] = {"title": [], "author": [], "language": []}
    more = []
    for key, value in pairs:
        if key.lower() in named:
            found[named[key.lower()]].append(value)
        elif value:
            more.append((key, value))
    title, author, language = (", ".join(found[key]) for key in ("title", "author", "language"))
    return Metadata(title, author, language, form, encoding, tuple(more))


def _simple_yaml(lines: Sequence[str]) -> Pairs | None:
    """Read keys with scalars and lists; None where a line is none of these."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip() or line.startswith("#"):
            continue
        key = _KEY.match(line)
        if not key:
            return None
        start = at
        while at < len(lines) and (lines[at].startswith((" ", "\t", "- ")) or not lines[at].strip()):
            at += 1
        pairs += ((key[1], value) for value in _values(key[2] or "", lines[start:at]))
    return tuple(pairs)


def _values(inline: str, below: Sequence[str]) -> Iterator[str]:
    """Yield the values of one key: what stands beside it and in the indented lines below it."""
    inline = inline.strip()
    items = [match[1] for match in map(_ITEM.match, below) if match]
    if inline[:1] in ("|", ">"):
        yield ("\n" if inline[0] == "|" else " ").join(line.strip() for line in below).strip()
    elif inline.startswith("[") and inline.endswith("]"):
        yield from (_scalar(part[1]) for part in _LIST_PART.finditer(inline[1:-1]) if part[1].strip())
    elif items and not inline:
        yield from map(_scalar, items)
    else:
        yield _scalar(" ".join([inline, *(line.strip() for line in below)]).strip())


def _scalar(words: str) -> str:
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] == '"':
        return words[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(words) > 1 and words[0] == words[-1] == "'":
        return words[1:-1].replace("''", "'")
    return _COMMENT.sub("", words).strip()


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value)
        else:
            for item in value if isinstance(value, list) else [value]:
                yield key, str(item).strip()
