"""Texts with gold speakers, ready for fitting: novels, excerpts of them, short documents and scenes of our own."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fabula import pipeline
from fabula.speech.preparation import prepare
from fabula.speech.settings import Setting
from fabula.speech.view import View, view_of
from fabula.story import Telling
from training.scenes import Line, Scene, fits

_EXCERPT = 14_000
"""Length of the short texts that novels are cut into, in code points."""
_STAGES = pipeline.STAGES[: [stage.name for stage in pipeline.STAGES].index("speech")]


class Book(NamedTuple):
    """A novel ready for fitting.

    Attributes:
        view: what the speech chapter reads.
        known: settings of its turns.
        gold: gold id of every turn's speaker; None where there is none.
        bearers: id of a character found to the gold id it stands for.
        hearers: gold ids of those every turn is said to; empty where the gold names none.
    """

    view: View
    known: list[Setting]
    gold: list[str | None]
    bearers: dict[str, str]
    hearers: list[frozenset[str]]


def read_book(document: Mapping[str, Any], telling: Telling) -> Book:
    """Make a novel, or an excerpt, ready for fitting.

    Args:
        document: with gold speakers.
        telling: its text with all layers up to `characters`.
    """
    view = view_of(telling)
    known = prepare(view).known
    gold = gold_speakers(document, known)
    return Book(view, known, gold, bearers(document, view, known, gold), gold_hearers(document, known))


def read_people(name: str, text: str, *, trained: bool = False) -> Telling:
    """Run every stage up to speech.

    Args:
        name: of the text.
        text: its words.
        trained: whether the network reads it too, and says who may speak.
    """
    return pipeline.run(Telling(name, text), stages=_STAGES if trained else pipeline.RULE_STAGES[:-1])


def read_books(file: Path, *, trained: bool = False) -> list[Book]:
    """Read a novel whole, and as short texts."""
    document = json.loads(file.read_text("utf-8"))
    parts = [document, *excerpts(document)]
    return [
        read_book(part, read_people(f"{file.stem}-{n}", part["text"], trained=trained))
        for n, part in enumerate(parts)
    ]


def read_short(file: Path) -> list[Book]:
    """Read a short document with gold speakers; none where nobody speaks."""
    document = json.loads(file.read_text("utf-8"))
    return [read_book(document, read_people(file.stem, document["text"]))] if document["quotes"] else []


def read_scene(scene: Scene) -> Book:
    """Make a scene of our own ready for fitting; its characters are the gold ones."""
    view = view_of(read_people("scene", scene.text))
    known = prepare(view).known
    gold = [_of_line(scene, view, setting) for setting in known]
    return Book(view, known, gold, {who: who for who in view.characters}, [frozenset()] * len(known))


def _of_line(scene: Scene, view: View, setting: Setting) -> str | None:
    """Return the character that the note after a turn means; None where it says nobody, or nobody has the name."""
    start = setting.turn.pieces[0].start
    line: Line | None = next((line for line in scene.lines if start < line.end), None)
    if line is None or line.who == "?":
        return None
    return next((who.id for who in view.characters.values() if fits(line.who, who)), None)


def excerpts(document: Mapping[str, Any], length: int = _EXCERPT) -> list[dict[str, Any]]:
    """Cut a document into short texts that know nothing of each other, as short prose does.

    Args:
        document: with gold speakers.
        length: of each, in code points; they end at a blank line.
    """
    text: str = document["text"]
    found: list[dict[str, Any]] = []
    at = 0
    while at < len(text):
        end = text.find("\n\n", min(len(text), at + length))
        end = len(text) if end < 0 else end
        quotes = [
            {**quote, "spans": [[span[0] - at, span[1] - at] for span in quote["spans"]]}
            for quote in document["quotes"]
            if at <= quote["spans"][0][0] and quote["spans"][-1][1] <= end
        ]
        if quotes:
            found.append({**document, "text": text[at:end], "quotes": quotes, "mentions": []})
        at = end
    return found


def gold_speakers(document: Mapping[str, Any], known: Sequence[Setting]) -> list[str | None]:
    """Return the gold speaker of each turn: whose quotation holds its first piece."""
    special = {who["id"] for who in document.get("characters", ()) if who.get("special")}
    by_start = {span[0]: quote["speaker"] for quote in document["quotes"] for span in quote["spans"]}
    found = (by_start.get(setting.turn.pieces[0].start) for setting in known)
    return [None if who in special else who for who in found]


def gold_hearers(document: Mapping[str, Any], known: Sequence[Setting]) -> list[frozenset[str]]:
    """Return to whom each turn is said, special ones (groups, nobody) left out."""
    special = {who["id"] for who in document.get("characters", ()) if who.get("special")}
    by_start = {span[0]: quote.get("addressees") or () for quote in document["quotes"] for span in quote["spans"]}
    return [frozenset(by_start.get(setting.turn.pieces[0].start, ())) - special for setting in known]


def bearers(
    document: Mapping[str, Any], view: View, known: Sequence[Setting], gold: Sequence[str | None]
) -> dict[str, str]:
    """Match the characters found with the gold ones: by their mentions, by whom tags name, else by their names."""
    if not document.get("characters"):
        return _by_mentions(document, view)
    tagged: dict[str, Counter[str]] = defaultdict(Counter)
    for setting, truth in zip(known, gold, strict=True):
        tag = setting.turn.tag
        if truth and tag and tag.character and tag.form in ("name", "nominal", "first"):
            tagged[tag.character][truth] += 1
    names = {_plain(alias): who["id"] for who in document["characters"] for alias in (who["name"], *who["aliases"])}
    found: dict[str, str] = {}
    for who in view.characters.values():
        votes = tagged[who.id]
        if votes:
            found[who.id] = votes.most_common(1)[0][0]
            continue
        by_name = Counter(names[_plain(alias)] for alias in who.aliases if _plain(alias) in names)
        if by_name:
            found[who.id] = by_name.most_common(1)[0][0]
    return found


def _by_mentions(document: Mapping[str, Any], view: View) -> dict[str, str]:
    """Match characters by where mentions end, for documents without a list of characters."""
    clusters = {one["end"]: one["cluster"] for one in document["mentions"] if one.get("form") != "PRON"}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in view.mentions:
        if mention.character and mention.form != "pronoun" and mention.span.end in clusters:
            votes[mention.character][clusters[mention.span.end]] += 1
    first = Counter(one["cluster"] for one in document["mentions"] if document["text"][one["start"]] == "I")
    found = {who: count.most_common(1)[0][0] for who, count in votes.items()}
    for who in view.characters.values():
        if who.narrator and not who.named and first:
            found[who.id] = first.most_common(1)[0][0]
    return found


def _plain(name: str) -> str:
    return " ".join(name.replace(".", " ").lower().split()).removeprefix("the ")
