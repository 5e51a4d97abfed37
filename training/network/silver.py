"""Make novels with known speakers out of novels without annotation: what names a speaker is read, then hidden.

    python -m training.network.silver OUT_FOLDER [--novels N]

The rules read each book of the data folder's `fiction/`. Where a tag says a name, the speaker is known; some of these
tags are then dropped, of others the name becomes a pronoun, and so do some names in the narration that have been said
just before. What is learnt from such a text is who is meant where the text does not say it. The novels of the
development sets and those kept back (`training.kept_back`) are left out.
Source: Mintz et al. 2009, "Distant supervision for relation extraction without labeled data"; Kocijan et al. 2019,
"WikiCREM: A Large Unsupervised Corpus for Coreference Resolution" (hidden names as anaphora).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.data import data_folder
from fabula import pipeline
from fabula.story import Character, Mention, Telling, Utterance
from training.kept_back import unseen

SEED = 1
_MOST = 400_000
"""Code points of each book that are used, so that long books do not drown the others."""
_NEAR = 900
"""Code points before a name within which somebody must have been named to become a pronoun."""
_DROP, _PRONOUN = 0.35, 0.4
"""Shares of the tags that are dropped, and of those whose name becomes a pronoun."""
_NARRATED = 0.3
"""Share of names in the narration that become pronouns, where they can."""
_FORMS = {"male": ("he", "his"), "female": ("she", "her")}
_TAG_AFTER = re.compile(r"\s+(?:NAME\s+[a-z]+|[a-z]+\s+NAME)\.(?=\s)")
_ACTS = re.compile(
    r"\s+(?:[a-z]+ly\s+)?(?:[a-z]+ed|was|had|did|went|came|took|saw|felt|knew|thought|looked|stood|sat)\b"
)
_OWNS = re.compile(r"[’']s\s+[a-z]")


class Edit(NamedTuple):
    """Code points from `start` to `end` become `text`; `who` is meant by the new words, if anybody."""

    start: int
    end: int
    text: str
    who: str = ""


def hidden(telling: Telling, dice: random.Random) -> dict[str, Any]:
    """Return a text in the gold data's schema, with its known speakers partly hidden.

    Args:
        telling: read by the rules.
        dice: decides what is hidden.
    """
    people: dict[str, Character] = {each.id: each for each in telling.layer("characters") if each.named}
    names = [each for each in telling.layer("references") if each.form == "name" and each.character in people]
    tagged = [each for each in telling.layer("utterances") if _is_tagged(each, people)]
    edits = sorted(
        [*_tag_edits(telling.text, tagged, people, names, dice), *_narrated(telling, people, names, tagged, dice)]
    )
    edits = [each for number, each in enumerate(edits) if not number or edits[number - 1].end <= each.start]
    text, moved = _applied(telling.text, edits)
    mentions = [
        {"start": moved(each.span.start), "end": moved(each.span.end), "characters": [each.character]}
        for each in names
        if not any(edit.start < each.span.end and each.span.start < edit.end for edit in _near(edits, each))
    ]
    for each in edits:
        if each.who:
            start = moved(each.start)
            mentions.append({"start": start, "end": start + len(each.text), "characters": [each.who]})
    quotes = [
        {
            "spans": [(moved(piece.start), moved(piece.end)) for piece in each.pieces],
            "speaker": each.speaker,
            "type": "Explicit",
        }
        for each in tagged
    ]
    listed = [{"id": each.id, "name": each.name, "aliases": []} for each in people.values()]
    return {"doc_id": telling.name, "text": text, "characters": listed, "mentions": mentions, "quotes": quotes}


def _is_tagged(each: Utterance, people: dict[str, Character]) -> bool:
    return each.evidence == "tag" and each.cue is not None and each.speaker in people and each.kind == "speech"


def _near(edits: Sequence[Edit], name: Mention) -> Sequence[Edit]:
    place = bisect_right(edits, name.span.start, key=lambda each: each.start)
    return edits[max(0, place - 2) : place + 2]


def _tag_edits(
    text: str,
    tagged: Sequence[Utterance],
    people: dict[str, Character],
    names: Sequence[Mention],
    dice: random.Random,
) -> Iterator[Edit]:
    spans = {each.span: each for each in names}
    for each in tagged:
        name = spans.get(each.cue) if each.cue else None
        if name is None or name.character != each.speaker:
            continue
        chance = dice.random()
        whole = _whole_tag(text, each, name)
        if chance < _DROP and whole:
            yield from whole
        elif chance < _DROP + _PRONOUN and _said_before(names, name) and not _OWNS.match(text, name.span.end):
            yield from _pronoun(text, name, people, 0)


def _whole_tag(text: str, each: Utterance, name: Mention) -> list[Edit]:
    """Return the edits that drop a tag which ends its paragraph or stands before another quotation, if it does."""
    at = each.pieces[0].end
    found = re.compile(_TAG_AFTER.pattern.replace("NAME", re.escape(text[name.span.start : name.span.end]))).match(
        text, at
    )
    if not found or not found.start() < name.span.start < found.end() or len(each.pieces) > 1:
        return []
    rest = text[found.end() :][:3].lstrip(" ")
    if not rest.startswith("\n"):
        return []
    last = each.pieces[0].end - 2
    return [*([Edit(last, last + 1, ".")] if text[last] == "," else []), Edit(at, found.end(), "")]


def _said_before(names: Sequence[Mention], name: Mention) -> bool:
    place = bisect_right(names, name.span.start - 1, key=lambda each: each.span.start)
    return any(
        each.character == name.character and name.span.start - each.span.end < _NEAR
        for each in names[max(0, place - 12) : place]
    )


def _pronoun(text: str, name: Mention, people: dict[str, Character], case: int) -> Iterator[Edit]:
    person = people[name.character or ""]
    if person.gender not in _FORMS or person.narrator:
        return
    word = _FORMS[person.gender][case]
    before = text[: name.span.start][-3:].rstrip(" ")
    opens = not before or before[-1] in ".!?\n"
    yield Edit(name.span.start, name.span.end + 2 * case, word.capitalize() if opens else word, person.id)


def _narrated(
    telling: Telling,
    people: dict[str, Character],
    names: Sequence[Mention],
    tagged: Sequence[Utterance],
    dice: random.Random,
) -> Iterator[Edit]:
    text = telling.text
    cues = {each.cue for each in tagged}
    quotes = telling.layer("quotes")
    starts = [each.span.start for each in quotes]
    for name in names:
        place = bisect_right(starts, name.span.start) - 1
        quoted = place >= 0 and quotes[place].span.end > name.span.start
        if quoted or name.span in cues or dice.random() > _NARRATED or not _said_before(names, name):
            continue
        if _OWNS.match(text, name.span.end):
            yield from _pronoun(text, name, people, 1)
        elif text[: name.span.start].rstrip(" ")[-1:] in (".", "\n", ",", ";") and _ACTS.match(text, name.span.end):
            yield from _pronoun(text, name, people, 0)


def _applied(text: str, edits: Sequence[Edit]) -> tuple[str, Any]:
    """Return the text with edits made, and what gives the new place of an old one outside of them."""
    parts, at, shift = [], 0, 0
    places, shifts = [0], [0]
    for each in edits:
        parts += [text[at : each.start], each.text]
        at = each.end
        shift += len(each.text) - (each.end - each.start)
        places.append(each.end)
        shifts.append(shift)
    parts.append(text[at:])
    return "".join(parts), lambda old: old + shifts[bisect_right(places, old) - 1]


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--novels", type=int, default=0, help="only so many; 0 for all")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    books = [book for book in sorted((data_folder() / "fiction").glob("*.txt.gz")) if not unseen(book)]
    for book in books[: options.novels or None]:
        goal = options.out / book.name.replace(".txt.gz", ".json")
        if goal.is_file():
            continue
        text = gzip.decompress(book.read_bytes()).decode("utf-8")
        text = text[: text.rfind("\n\n", 0, _MOST)] if len(text) > _MOST else text
        telling = pipeline.run(Telling(goal.stem, text), stages=pipeline.RULE_STAGES)
        made = hidden(telling, random.Random(SEED))  # noqa: S311
        goal.write_text(json.dumps(made), "utf-8")
        print(goal.stem, len(text), len(made["mentions"]), len(made["quotes"]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
