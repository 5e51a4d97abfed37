"""A text as the speech chapter looks at it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from fabula.lexicon.apart import stand_apart
from fabula.spans import Span, index_at
from fabula.speech.handles import Cue, find_cues
from fabula.story import Character, Mention, Telling, Voice
from fabula.story.text import ParagraphKind

_TWO = re.compile(r"\b(?:[Tt]wo|[Tt]hree|[Bb]oth|[Ss]everal)(?: of the)? ([A-Z][\w’']+?)(?:e?s)\b")


class View(NamedTuple):
    """What the speech chapter reads of a telling.

    Attributes:
        text: the telling's text.
        paragraphs: spans of all paragraphs.
        kinds: their kinds.
        paragraph_starts: their starts.
        quotes: outermost quotations of speech, marks included, in order.
        continuing: starts of quotations that take up the one before.
        scene_starts: starts of scenes.
        viewpoints: for each scene, the id of the character a heading names; None elsewhere.
        mentions: outermost mentions, in order.
        mention_starts: their starts.
        characters: by id.
        narrators: for each scene, the id of the first person of its narration; None where there is none.
        voices: start of a quotation to who speaks it as the network has it: id to chance; empty without a network.
        casts: for each scene, ids of those whom anything in it points at.
        namesakes: ids of those whose only name two people bear, as the text says (`the two Marys`).
        cues: what stands before each line of a chat or a script, by where its words start.
        apart: ids of somebody described and of somebody named of whom one sentence tells as of two.
    """

    text: str
    paragraphs: tuple[Span, ...]
    kinds: tuple[ParagraphKind, ...]
    paragraph_starts: tuple[int, ...]
    quotes: tuple[Span, ...]
    continuing: frozenset[int]
    scene_starts: tuple[int, ...]
    viewpoints: tuple[str | None, ...]
    mentions: tuple[Mention, ...]
    mention_starts: tuple[int, ...]
    characters: dict[str, Character]
    narrators: tuple[str | None, ...]
    voices: Mapping[int, Mapping[str, float]] = MappingProxyType({})
    casts: tuple[frozenset[str], ...] = ()
    namesakes: frozenset[str] = frozenset()
    cues: Mapping[int, Cue] = {}
    apart: frozenset[tuple[str, str]] = frozenset()

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph at an offset."""
        return max(0, index_at(self.paragraph_starts, offset))

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Return the mentions that start in a span."""
        return self.mentions[
            bisect_left(self.mention_starts, span.start) : bisect_left(self.mention_starts, span.end)
        ]

    def narrator_at(self, offset: int) -> str | None:
        """Return the id of the first person of narration at an offset; None where there is none."""
        return self.narrators[max(0, index_at(self.scene_starts, offset))]

    def quotes_before(self, offset: int, count: int) -> Sequence[Span]:
        """Return the last quotations that start before an offset."""
        at = bisect_left(self.quotes, offset, key=_start)
        return self.quotes[max(0, at - count) : at]


def _start(span: Span) -> int:
    return span.start


def view_of(telling: Telling) -> View:
    """Gather what the speech chapter reads.

    Args:
        telling: with the layers `paragraphs`, `scenes`, `quotes`, `mentions` and `characters`.

    Raises:
        LayerMissingError: when a layer is missing.
    """
    quotes: list[Span] = []
    continuing: set[int] = set()
    denied = [entry.span for entry in telling.layer("corrections", wanted_by="speech") if entry.kind == "not_speech"]
    for quote in telling.layer("quotes", wanted_by="speech"):
        if any(span is not None and quote.span.overlap(span) for span in denied):
            continue
        if quote.kind == "speech" and quote.depth == 0 and (not quotes or quote.span.start >= quotes[-1].end):
            quotes.append(quote.span)
            if quote.continues:
                continuing.add(quote.span.start)
    paragraphs = tuple(paragraph.span for paragraph in telling.layer("paragraphs", wanted_by="speech"))
    mentions = _outer(telling.layer("references", wanted_by="speech"))
    characters = {who.id: who for who in telling.layer("characters", wanted_by="speech")}
    scenes = telling.layer("scenes", wanted_by="speech")
    starts = tuple(scene.span.start for scene in scenes) or (0,)
    return View(
        telling.text,
        paragraphs,
        tuple(paragraph.kind for paragraph in telling.layer("paragraphs")),
        tuple(span.start for span in paragraphs),
        tuple(quotes),
        frozenset(continuing),
        starts,
        tuple(named(characters, scene.viewpoint) for scene in scenes) or (None,),
        mentions,
        tuple(mention.span.start for mention in mentions),
        characters,
        _narrators(telling.text, mentions, characters, starts),
        _voices(telling, mentions),
        _casts(mentions, starts),
        _namesakes(telling.text, characters),
        find_cues(telling),
        _apart(telling.text, mentions, characters, quotes),
    )


def _apart(
    text: str, mentions: Sequence[Mention], characters: Mapping[str, Character], quotes: Sequence[Span]
) -> frozenset[tuple[str, str]]:
    """Return the ids of descriptions and of those whom one sentence names beside them."""
    starts = [quote.start for quote in quotes]
    found: set[tuple[str, str]] = set()
    told = [one for one in mentions if one.form != "pronoun" and one.character in characters]
    for one, other in pairwise(told):
        if one.form == other.form or not stand_apart(text, one.span.end, other.span.start):
            continue
        at = index_at(starts, one.span.start)
        if at < 0 or quotes[at].end <= one.span.start:
            named, described = (one, other) if one.form == "name" else (other, one)
            if not characters[str(described.character)].named:
                found.add((str(described.character), str(named.character)))
    return frozenset(found)


def _casts(mentions: Sequence[Mention], starts: Sequence[int]) -> tuple[frozenset[str], ...]:
    found: list[set[str]] = [set() for _ in starts]
    for mention in mentions:
        if mention.character is not None:
            found[max(0, index_at(starts, mention.span.start))].add(mention.character)
    return tuple(map(frozenset, found))


def _namesakes(text: str, characters: Mapping[str, Character]) -> frozenset[str]:
    bare = {who.name: who.id for who in characters.values() if who.named and set(who.aliases) == {who.name}}
    shared = {match[1] for match in _TWO.finditer(text)}
    return frozenset(id for name, id in bare.items() if name in shared)


def _voices(telling: Telling, mentions: Sequence[Mention]) -> dict[int, dict[str, float]]:
    """Return whom the network takes for the speaker of each quotation, among those whom its mentions mean."""
    found: dict[int, dict[str, float]] = {}
    starts = [mention.span.start for mention in mentions]
    voices: Sequence[Voice] = telling.layer("voices") if "voices" in telling.layers else ()
    for voice in voices:
        near = mentions[bisect_left(starts, voice.mention.start) : bisect_left(starts, voice.mention.end)]
        who = _meant(voice.mention, near)
        if who is not None:
            chances = found.setdefault(voice.span.start, {})
            chances[who] = chances.get(who, 0.0) + voice.chance
    return found


def _meant(span: Span, near: Sequence[Mention]) -> str | None:
    """Return whom a span means by the mentions that start in it; a pronoun only where it is all of the span."""
    fitting = [one for one in near if span.holds(one.span) and (one.span == span or one.form != "pronoun")]
    best = max(
        fitting,
        key=lambda one: (one.span == span, one.form == "name", one.span.start == span.start, one.span.length),
        default=None,
    )
    return best.character if best else None


def _narrators(
    text: str, mentions: Sequence[Mention], characters: dict[str, Character], starts: Sequence[int]
) -> tuple[str | None, ...]:
    """Return who says `I` in each scene; where nobody does, the only narrator there is."""
    tellers = [who.id for who in characters.values() if who.narrator]
    found: dict[int, str] = {}
    if len(tellers) > 1:
        for mention in mentions:
            if mention.form == "pronoun" and mention.character in tellers and text[mention.span.start] == "I":
                found.setdefault(index_at(starts, mention.span.start), mention.character)
    only = tellers[0] if len(tellers) == 1 else None
    return tuple(found.get(scene, only) for scene in range(len(starts)))


def named(characters: dict[str, Character], name: str | None) -> str | None:
    """Return the id of the character who goes by a name, or is the only narrator; None where nobody does."""
    if not name:
        return None
    wanted = _plain(name)
    tellers = [who.id for who in characters.values() if who.narrator] if wanted == "narrator" else []
    if len(tellers) == 1:
        return tellers[0]
    return next((who.id for who in characters.values() if wanted in {_plain(alias) for alias in who.aliases}), None)


def _plain(name: str) -> str:
    return " ".join(name.replace(".", " ").lower().split()).removeprefix("the ")


def _outer(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for mention in mentions:
        if not found or mention.span.start >= found[-1].span.end:
            found.append(mention)
    return tuple(found)
