"""Why a gold quotation has the wrong speaker: the first thing that went wrong for it on the way from the raw text."""

from __future__ import annotations

import importlib.util
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any, Literal, NamedTuple, get_args

from benchmarks.data import scorer_folder
from benchmarks.gold import told_mentions
from benchmarks.predict import people_and_quotes
from benchmarks.speakers_gold import alias_spots
from fabula.people.page import read_page
from fabula.spans import Span
from fabula.speech.deciding.candidates import candidates
from fabula.speech.deciding.decode import decide
from fabula.speech.preparation import prepare
from fabula.speech.reading import shipped_weights
from fabula.speech.settings import Setting
from fabula.speech.view import View, view_of
from fabula.story import Telling

Reason = Literal[
    "not found", "nobody named", "not in our cast", "merged", "split", "described", "no candidate", "choice"
]
REASONS: tuple[Reason, ...] = get_args(Reason)
MEANING: Mapping[Reason, str] = {
    "not found": "the quotation is not found",
    "nobody named": "we leave the speaker open",
    "not in our cast": "no character of ours is the speaker",
    "merged": "a character of ours is two of theirs",
    "split": "two characters of ours are one of theirs",
    "described": "we answer with a description that is tied to no name",
    "no candidate": "the right character of ours is not among the candidates",
    "choice": "the right character of ours is a candidate, another is chosen",
}
_MEMORY = 10
_HELD = 0.1
"""From this share of a gold character's names on, whoever of ours bears them is that one too."""


class Turn(NamedTuple):
    """What the speech chapter had to choose from.

    Attributes:
        pieces: of the turn.
        form: of the tag: `name`, `nominal`, `pronoun`, `first`, `somebody`; `none` where no tag was seen.
        candidates: ids.
    """

    pieces: tuple[Span, ...]
    form: str
    candidates: tuple[str, ...]


class Miss(NamedTuple):
    """A gold quotation with the wrong speaker.

    Attributes:
        quote: gold id.
        kind: `Explicit`, `Anaphoric` or `Implicit`.
        reason: what went wrong first.
        form: of the tag as we saw it, see `Turn`.
        gold: id of the gold speaker.
        ours: id of the speaker we named; None where there is none.
    """

    quote: str
    kind: str
    reason: Reason
    form: str
    gold: str
    ours: str | None


class People(NamedTuple):
    """How our characters stand to the gold ones.

    Attributes:
        votes: id of ours to gold ids, by how many mentions of ours stand where that one is named.
        home: id of ours to the gold id it mostly is; those that are never where a gold one is named are left out.
        answers: id of ours to the gold id that the scorer lets it stand for.
    """

    votes: Mapping[str, Counter[str]]
    home: Mapping[str, str]
    answers: Mapping[str, str]


def misses(document: Mapping[str, Any], telling: Telling, *, given: bool = False) -> list[Miss]:
    """Return every gold quotation that has the wrong speaker, and why.

    Args:
        document: with gold quotations, characters and mentions.
        telling: its text read, with the layers `references` and `utterances`.
        given: whether its characters are the gold ones.
    """
    scorer = _scorer()
    rows = scorer.predicted_speakers(document, people_and_quotes(telling))
    if given:
        ids = [who.id for who in telling.layer("characters")]
        people = People({who: Counter([who]) for who in ids}, {who: who for who in ids}, {who: who for who in ids})
    else:
        votes = named_where(document, telling)
        home = {who: count.most_common(1)[0][0] for who, count in votes.items() if count}
        people = People(votes, home, scorer.map_by_quotes(rows))
    pieces = {quote["id"]: [Span(*span) for span in quote["spans"]] for quote in document["quotes"]}
    known = turns(telling)
    found = []
    for quote, gold, ours, kind, is_found in rows:
        if ours is not None and people.answers.get(ours) == gold:
            continue
        turn = _turn_of(known, pieces[quote]) if is_found else None
        reason = reason_of(people, gold, ours, turn, found=is_found)
        found.append(Miss(quote, kind or "", reason, turn.form if turn else "", gold, ours))
    return found


def reason_of(people: People, gold: str, ours: str | None, turn: Turn | None, *, found: bool) -> Reason:
    """Return the first thing that went wrong.

    Args:
        people: how our characters stand to the gold ones.
        gold: id of the gold speaker.
        ours: id of the speaker we named; None where there is none.
        turn: that the quotation is in; None where it is in none.
        found: whether the quotation was found.
    """
    if not found:
        return "not found"
    if ours is None:
        return "nobody named"
    right = {who for who, home in people.home.items() if home == gold}
    if ours in right:
        return "split" if gold in people.answers.values() else "merged"
    names = sum(count[gold] for count in people.votes.values())
    if (not right and names) or (ours in people.home and people.votes[ours][gold] > _HELD * names):
        return "merged"
    if not right:
        return "not in our cast"
    if ours not in people.home:
        return "described"
    return "choice" if turn is not None and right & set(turn.candidates) else "no candidate"


def named_where(document: Mapping[str, Any], telling: Telling) -> dict[str, Counter[str]]:
    """Count, for each character of ours, at how many of its mentions each gold character is named.

    Args:
        document: with the gold list and mentions.
        telling: with the layers `references` and `characters`.
    """
    names = alias_spots(read_page(telling), document)
    at = {spot.end: names.owners[spot.key] for spot in names.spots}
    at.update({one.span.end: one.character for one in told_mentions(document) if one.character is not None})
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in telling.layer("references"):
        if mention.character is not None and mention.form != "pronoun" and mention.span.end in at:
            votes[mention.character][at[mention.span.end]] += 1
    teller = next((who["id"] for who in document["characters"] if "_narr" in who["aliases"]), None)
    for who in telling.layer("characters"):
        if who.narrator and teller is not None:
            votes[who.id][teller] += who.mentions
    return dict(votes)


def turns(telling: Telling) -> list[Turn]:
    """Return what the speech chapter chose from, turn by turn."""
    view = view_of(telling)
    known = prepare(view).known
    chosen = [choice.speaker for choice in decide(view, known, shipped_weights(), {})]
    found: list[Turn] = []
    spoke: list[str] = []
    for index, setting in enumerate(known):
        found.append(_seen(view, known, index, spoke))
        tag = setting.turn.tag
        named = tag.character if tag and tag.form == "name" else None
        for who in (None if setting.aside else chosen[index], named):
            if who:
                spoke = [who, *(one for one in spoke if one != who)][:_MEMORY]
    return found


def _seen(view: View, known: Sequence[Setting], index: int, spoke: Sequence[str]) -> Turn:
    turn = known[index].turn
    return Turn(turn.pieces, turn.tag.form if turn.tag else "none", tuple(candidates(view, known, index, spoke)))


def _turn_of(known: Sequence[Turn], spans: Sequence[Span]) -> Turn | None:
    """Return the turn that shares most with a quotation."""
    shares = [sum(piece.overlap(span) for piece in turn.pieces for span in spans) for turn in known]
    best = max(range(len(known)), key=shares.__getitem__, default=None)
    return None if best is None or not shares[best] else known[best]


def _scorer() -> ModuleType:
    """Return the scorer that stands beside the data, so that rows and mapping are its own."""
    file = scorer_folder() / "score.py"
    spec = importlib.util.spec_from_file_location("fabula_score", file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
