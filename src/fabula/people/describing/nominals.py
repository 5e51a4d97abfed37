"""Descriptions of people: the old man, her mother, the voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.people.page import Page, Word
from fabula.spans import Span

_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "his",
        "her",
        "my",
        "their",
        "our",
        "your",
        "another",
        "one",
        "some",
        "every",
        "each",
        "no",
    ]
)
_TELLING_APART = frozenset(["first", "second", "third", "other"])
"""Words of grammar that tell one of several apart."""
_OWNERS = frozenset(["his", "her", "my", "their", "our", "your"])
_REACH = 4
_TAGGED = re.compile(
    r"[\"”’»]\s*(?:[a-z]+ly\s+)?([a-z]+)\s+(?:the|a|an|his|her|my|their|our)\s+([^.,;:!?\"“”—()]{1,40})"
)
_TAGGING = re.compile(r"(?:^|[\"”.]\s*)(?:[Tt]he|[Aa]n?)\s+((?:[\w-]+\s){0,3}?[\w-]+)\s+([a-z]+)", re.MULTILINE)
_LY = re.compile(r"\w+ly")
_PARTICIPLE = re.compile(
    r"\w+(?:ed|ing)|made|born|known|seen|left|held|worn|drawn|grown|sat|stood|sent|come|dressed|clad"
)
_CLOSED = r"(?=[.,;:!?]|\s+(?:and|who|that|came|was|had|in|on|at|of|said)\b)"
_MATTER = re.compile(
    r"\s+made(?: entirely| all)? (?:out )?of (\w+)"
    rf"|\s+(?:with|in) (?:an?|the) ((?:[\w-]+\s){{0,3}}?[\w-]+){_CLOSED}"
)


class Nominal(NamedTuple):
    """A description that may point at a person.

    Attributes:
        start: first code point, the determiner included.
        end: code point after the head.
        head: the noun, in lower case.
        modifiers: words between determiner and noun, and what the noun is made of, wears or has, in lower case.
        determiner: in lower case; `'s` after a name.
        quoted: inside a quotation.
        initial: first in its sentence.
    """

    start: int
    end: int
    head: str
    modifiers: tuple[str, ...]
    determiner: str
    quoted: bool
    initial: bool

    @property
    def owned(self) -> bool:
        """Whether it is described by whose it is."""
        return self.determiner in _OWNERS or self.determiner == "'s"

    @property
    def generic(self) -> bool:
        """Whether the noun fits so many that it points at one person only for a while."""
        return self.head in words("person_nouns", "generic")


def speaking_nouns(text: str, page: Page) -> frozenset[str]:
    """Return nouns that this text uses for speakers, beside those known: `said the Caterpillar`."""
    found: Counter[str] = Counter()
    for match in _TAGGED.finditer(text):
        if match[1] in words("verbs", "plain"):
            found[_head(match[2])] += 1
    for match in _TAGGING.finditer(text):
        if match[2] in words("verbs", "plain"):
            found[_head(match[1])] += 1
    function = words("not_names", "function")
    return frozenset(
        noun for noun, n in found.items() if noun and noun not in function and n * 20 >= page.lower[noun]
    )


def _head(phrase: str) -> str:
    """Return the noun a phrase is about, in lower case: `woman` of `a woman made of tin`; empty where it is none."""
    kept: list[str] = []
    people = words("person_nouns", "male", "female", "neutral")
    for word in phrase.lower().split():
        if word in words("not_names", "function") or _LY.fullmatch(word):
            break
        if kept and kept[-1] in people and _PARTICIPLE.fullmatch(word):
            break
        kept.append(word)
    head = kept[-1].removesuffix("'s").removesuffix("’s") if kept else ""
    return "" if head in words("person_nouns", "carriers") or _LY.fullmatch(head) else head


def find_nominals(page: Page, taken: Iterable[Span], heads: frozenset[str]) -> list[Nominal]:
    """Find descriptions with a determiner and a noun for a person.

    Args:
        page: the text.
        taken: spans of names; their words are left alone.
        heads: nouns for people.
    """
    named = {offset for span in taken for offset in (span.start,)}
    inside_name = _covered(page.words, taken)
    found: list[Nominal] = []
    for index, word in enumerate(page.words):
        if word.lower in heads and index not in inside_name and word.start not in named:
            nominal = _described(page, index, inside_name)
            if nominal is not None:
                found.append(nominal)
    return found


def _covered(all_words: Sequence[Word], taken: Iterable[Span]) -> set[int]:
    found: set[int] = set()
    spans = iter(taken)
    span = next(spans, None)
    for index, word in enumerate(all_words):
        while span is not None and span.end <= word.start:
            span = next(spans, None)
        if span is not None and span.start <= word.start:
            found.add(index)
    return found


def _described(page: Page, index: int, inside_name: set[int]) -> Nominal | None:
    head = page.words[index]
    modifiers: list[str] = []
    for at in range(index - 1, max(-1, index - 2 - _REACH), -1):
        word, after = page.words[at], page.words[at + 1]
        gap = page.text[word.end : after.start]
        if at in inside_name or word.possessive:
            return _owned(page, word, head, modifiers) if word.possessive else None
        if gap.strip() not in ("", ","):
            return None
        if word.lower in _DETERMINERS:
            return Nominal(
                word.start,
                head.end,
                head.lower,
                (*reversed(modifiers), *_worn(page.text, head.end)),
                word.lower,
                head.quoted,
                word.initial,
            )
        if word.lower in words("not_names", "function") - _TELLING_APART:
            return None
        modifiers.append(word.lower)
    return None


def _worn(text: str, at: int) -> list[str]:
    """Return the words after a noun that tell what somebody is made of, wears or has."""
    match = _MATTER.match(text, at, at + 60)
    if match is None:
        return []
    return [word for word in (match[1] or match[2]).lower().split() if word not in words("not_names", "function")]


def _owned(page: Page, owner: Word, head: Word, modifiers: Sequence[str]) -> Nominal | None:
    if page.text[owner.end : owner.end + 2].lower() not in ("'s", "’s"):
        return None
    return Nominal(owner.start, head.end, head.lower, tuple(reversed(modifiers)), "'s", head.quoted, owner.initial)
