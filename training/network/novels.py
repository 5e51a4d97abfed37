"""Whole novels with gold speakers as stretches of windows: who is mentioned where, and whose each quotation is.

Only some mentions have a gold entity: those in quotations, the pronouns of speech tags, and names that one character
alone has. Nothing is learnt of the others.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from fabula.nets.pairs import PRONOUNS, Facts
from fabula.nets.pieces import cut
from fabula.nets.voices import Candidates, Quotations, may_speak
from fabula.nets.windows import Window, pack
from fabula.people.pointing.markables import facts_of
from training.network.gold import FORMS, Example, Words, markables, read_text

STRETCH = 8
"""Windows that are learnt from at a time."""
_SAID = frozenset(("he", "she", "i", "they"))
_PRONOUNS = frozenset(word for words in PRONOUNS for word in words)


class Known(NamedTuple):
    """A mention of a character: first and last word, form as an index of `FORMS`, the character."""

    first: int
    last: int
    form: int
    who: str


@dataclass(frozen=True)
class Stretch:
    """Some windows of a novel in a row; word numbers count from the first.

    Attributes:
        facts: of the mentions with a gold entity.
        entity: number of each mention's entity, (mentions,).
        sayers: those of the mentions that can tell who speaks, as indices, (sayers,).
        candidates: the same with what is known of them.
        quotes: pieces of quotations.
        speaker: entity of each, (quotes,).
    """

    examples: list[Example]
    facts: Facts
    entity: np.ndarray
    sayers: np.ndarray
    candidates: Candidates
    quotes: Quotations
    speaker: np.ndarray


def stretches(file: Path, made: Tokenizer) -> list[Stretch]:
    """Cut a novel into stretches.

    Args:
        file: in the schema `fabula-gold/1`, with quotations and characters; of PDNC, or made by `silver`.
        made: tokenizer.
    """
    document = json.loads(file.read_text("utf-8"))
    known = read_text(document["text"], file.stem)
    starts = {int(a): number for number, (a, _) in enumerate(known.offsets)}
    ends = {int(b): number for number, (_, b) in enumerate(known.offsets)}
    mentions = sorted(_outer(_mentions(document, starts, ends)), key=lambda each: (each.first, -each.last))
    people = {who: number for number, who in enumerate(sorted({each.who for each in mentions}))}
    rows = [(each.first, each.last, 0, each.form) for each in mentions]
    facts = facts_of(known.telling, markables(rows), known.telling.layer("utterances"))
    entity = np.array([people[each.who] for each in mentions], np.int64)
    paragraph = np.zeros(len(known.offsets), np.int64)
    for number, unit in enumerate(known.units):
        paragraph[unit.start : unit.stop] = number
    quotes, speaker = _quotations(document, known, people)
    words = [document["text"][a:b] for a, b in known.offsets]
    windows = pack(cut(made, words), known.units, known.sentence)
    found = []
    for low in range(0, len(windows), STRETCH):
        some = windows[low : low + STRETCH]
        whole = range(some[0].words, some[-1].range.stop)
        held = np.flatnonzero((facts.first >= whole.start) & (facts.last < whole.stop))
        own = np.flatnonzero((quotes.first >= whole.start) & (quotes.last < whole.stop))
        if len(held) < 2 or not len(own):
            continue
        kept = slice(int(held[0]), int(held[-1]) + 1)
        part = facts.part(kept.start, kept.stop)
        place, quoted = paragraph[part.first], known.quoted[part.first]
        able = np.flatnonzero(may_speak(part.named, quoted))
        part = part._replace(first=part.first - whole.start, last=part.last - whole.start)
        found.append(
            Stretch(
                [_example(window, known) for window in some],
                part,
                entity[kept],
                able,
                Candidates(part.first[able], part.last[able], place[able], part.named[able], quoted[able]),
                Quotations(
                    quotes.first[own] - whole.start, quotes.last[own] - whole.start, paragraph[quotes.first[own]]
                ),
                speaker[own],
            )
        )
    return [each for each in found if _whole(each)]


def _whole(stretch: Stretch) -> bool:
    """Whether all mentions lie within the stretch; one that is longer than its windows does not."""
    words = sum(len(example.window.first) for example in stretch.examples)
    return bool(stretch.facts.first.min() >= 0 and stretch.facts.last.max() < words)


def _example(window: Window, known: Words) -> Example:
    rows = window.range
    return Example(window, known.quoted[rows.start : rows.stop], known.sentence[rows.start : rows.stop])


def _mentions(document: Mapping[str, Any], starts: Mapping[int, int], ends: Mapping[int, int]) -> Iterator[Known]:
    text = document["text"]
    special = {who["id"] for who in document["characters"] if who.get("special")}
    found: list[tuple[int, int, str]] = []
    for each in document["mentions"]:
        if each["characters"] and len(each["characters"]) == 1:
            found.append((each["start"], each["end"], each["characters"][0]))
    for quote in document["quotes"]:
        tag = quote.get("referring_expression")
        if tag and tag["start"] is not None and quote["type"] == "Anaphoric":
            said = [one for one in re.finditer(r"[A-Za-z]+", tag["text"]) if one[0].lower() in _SAID]
            if len(said) == 1:
                found.append((tag["start"] + said[0].start(), tag["start"] + said[0].end(), quote["speaker"]))
    found += _names(document)
    for start, end, who in found:
        if start in starts and end in ends and ends[end] >= starts[start] and who not in special:
            yield Known(starts[start], ends[end], _form(text[start:end]), who)


def _names(document: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Yield where names stand that one character alone has."""
    count = Counter(alias for who in document["characters"] for alias in {who["name"], *who["aliases"]})
    owner = {
        alias: who["id"]
        for who in document["characters"]
        for alias in (who["name"], *who["aliases"])
        if count[alias] == 1 and alias[:1].isupper() and not alias.startswith(("The ", "A "))
    }
    if not owner:
        return
    names = "|".join(re.escape(alias).replace(r"\ ", r"\s+") for alias in sorted(owner, key=len, reverse=True))
    for match in re.finditer(rf"\b(?:{names})(?!\w)", document["text"]):
        yield match.start(), match.end(), owner[" ".join(match[0].split())]


def _form(text: str) -> int:
    if text.lower().replace("’", "'") in _PRONOUNS:
        return FORMS.index("PRON")
    return FORMS.index("PROP" if text[:1].isupper() and not text.startswith(("The ", "My ", "Your ")) else "NOM")


def _outer(mentions: Iterator[Known]) -> list[Known]:
    """Return one mention a span; where spans cross or nest, the longer one."""
    kept: list[Known] = []
    for each in sorted(set(mentions), key=lambda one: (one.first, -one.last, one.who)):
        if not kept or each.first > kept[-1].last:
            kept.append(each)
    return kept


def _quotations(
    document: Mapping[str, Any], known: Words, people: Mapping[str, int]
) -> tuple[Quotations, np.ndarray]:
    starts, ends = known.offsets[:, 0], known.offsets[:, 1]
    rows = []
    for quote in document["quotes"]:
        who = people.get(quote["speaker"] or "")
        for a, b in quote["spans"] if who is not None else ():
            first, last = int(np.searchsorted(starts, a)), int(np.searchsorted(ends, b, side="right")) - 1
            if first <= last:
                rows.append((first, last, who))
    table = np.array(sorted(rows), np.int64).reshape(-1, 3)
    return Quotations(table[:, 0], table[:, 1], np.zeros(len(table), np.int64)), table[:, 2]
