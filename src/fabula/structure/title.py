"""Title and author as a plain text states them at its top."""

from __future__ import annotations

import re

from fabula.story import Telling, joined
from fabula.structure.breaks import is_break, parse_viewpoint
from fabula.structure.headings import is_capitals, is_title, parse_heading
from fabula.structure.paragraphs import Block, find_blocks

_TOP = 8000
_STATED_TITLE = re.compile(r"^\W*title\s*[:—–-]\s*(?P<words>\S.{0,150}?)\s*$", re.I | re.M)
_STATED_AUTHOR = re.compile(r"^\W*author\s*[:—–-]\s*(?P<words>\S.{0,100}?)\s*$", re.I | re.M)
_NAME = r"(?:[^\W\d_a-z][\w.'’\-]*\s*,?\s*(?:(?:de|van|von|der|la|le|and|&)\s+)*){1,6}"
_BY = re.compile(rf"\W*(?:written\s+)?by\W+(?P<name>(?-i:{_NAME}))\W*", re.I)
_TITLE_BY = re.compile(rf"(?P<title>\S.{{1,120}}?)[,;:—–\-]*\s+by\W+(?P<name>(?-i:{_NAME}))\W*", re.I)
_CAPITALS = re.compile(r"^[^a-z\n]*[^\W\d_a-z]{2}[^a-z\n]*$", re.M)
_WORD_BY = re.compile(r"\W*(?:written\s+)?by\W*", re.I)


def find_title(telling: Telling) -> tuple[str, str]:
    """Return title and author as the title page of a plain text states them.

    Args:
        telling: only the top of its text is read, less any licence.

    Returns:
        Title and author, each empty where it is not stated.
    """
    after = max((mark.end for mark in telling.marked("licence") if mark.start == 0), default=0)
    top = telling.text[after : after + _TOP]
    stated = _STATED_TITLE.search(top[:1500]), _STATED_AUTHOR.search(top[:1500])
    if stated[0]:
        return stated[0]["words"], stated[1]["words"] if stated[1] else ""
    blocks, _ = find_blocks(Telling(telling.name, top))
    alone = len(_CAPITALS.findall(telling.text, after)) == 1
    return _from_page(top, blocks[:8], alone=alone)


def _from_page(top: str, blocks: list[Block], *, alone: bool) -> tuple[str, str]:
    """Read a title page.

    Args:
        top: that the blocks point into.
        blocks: the first of the text.
        alone: whether one line in capitals stands in the whole text, so that it heads no chapter among others.
    """
    title = ""
    for at, block in enumerate(blocks):
        words = joined(top, block.span)
        if len(words) > 160 or is_break(words) or parse_viewpoint(words):
            break
        heading = parse_heading(words)
        if heading is not None:
            break
        author, named = _author(top, blocks, at, words)
        if author:
            return named or title, author
        if not title:
            if not is_title(words) or words[0] in "\"“‘'[" or words[-1] in ".!?,;:":
                break
            title = words.strip("_*=# ")
    return (title, "") if title and ((alone and is_capitals(title)) or _is_page(top, blocks)) else ("", "")


def _author(top: str, blocks: list[Block], at: int, words: str) -> tuple[str, str]:
    """Return the author that block `at` names, and the title where the same block has it."""
    if by := _BY.fullmatch(words):
        return by["name"].strip(" ,"), ""
    if _WORD_BY.fullmatch(words) and at + 1 < len(blocks):
        name = joined(top, blocks[at + 1].span)
        return (name.strip("_* "), "") if len(name) < 60 else ("", "")
    if at == 0 and (both := _TITLE_BY.fullmatch(words)) and is_title(both["title"]):
        return both["name"].strip(" ,"), both["title"].strip("_*=# ")
    return "", ""


def _is_page(top: str, blocks: list[Block]) -> bool:
    """Whether a heading, a viewpoint or a wide gap follows a lone title, with nothing but short lines between."""
    for block in blocks[1:]:
        words = block.span.of(top)
        if block.gap > 1 or parse_heading(words) is not None or parse_viewpoint(words) is not None:
            return True
        if block.span.length > 100:
            return False
    return False
