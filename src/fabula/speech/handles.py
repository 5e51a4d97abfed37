"""Whose handle it is that opens a line of a chat or a script, and who is known by a handle alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.lexicon.handles import SELF, YOU, handle_before
from fabula.spans import Span
from fabula.story import Character, Mention, Quote, Telling

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")
_CALLS_ITSELF = re.compile(
    r"\b(?:handles?|user ?names?|screen ?names?|nick(?:names?)?|log(?:ged|s)? (?:in|on)|sign(?:ed|s) (?:in|on|up)"
    r"|(?:goes|went|go|going) by|known as|call(?:s|ed) (?:him|her|them|my)sel(?:f|ves)|post(?:ed|s|ing)? as|was|is|am"
    r"|short for|saved (?:as|under))\b",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"\b(?:chats?|groups?|threads?|messag\w+|text(?:s|ed|ing)?|phone|screen|forum|channel|server|DMs?|typ(?:ed|ing)"
    r"|post(?:s|ed)|online|inbox|keyboard|laptop|computer|app|feed|comments?|user ?name|notification\w*|buzz\w*)\b"
)
_SCRIPT = re.compile(
    r"\b(?:transcripts?|recordings?|tapes?|interviews?|scripts?|scenes?|minutes|court|stage|rehears\w+"
    r"|read[- ]through)\b"
)
_APART = 500
"""Code points between two lines of one talk, and before its first, that are looked at."""
_WHOSE = re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Hh]e|[Ss]he|[Tt]hey)\b")
_BACK = 6
"""Mentions before a sentence in which its pronoun may have its name."""
_NOBODY = re.compile(r"(?:unknown|anonymous|guest|user|blocked|private|admin|bot)\b", re.IGNORECASE)


class Cue(NamedTuple):
    """What stands before a line of a chat or a script.

    Attributes:
        name: the name or handle.
        chat: whether the line is written in a chat; else it is spoken, as in a script or a transcript.
    """

    name: Span
    chat: bool


def find_cues(telling: Telling) -> dict[int, Cue]:
    """Return what stands before each line of a chat or a script, by where the words start.

    Args:
        telling: with the layer `quotes`; marks of kind `cue` are read.
    """
    marks = [mark.span for mark in telling.marked("cue")]
    starts = [mark.start for mark in marks]
    run: list[tuple[Span, Span]] = []
    found: dict[int, Cue] = {}
    for quote in _cued(telling):
        at = bisect_left(starts, quote.start) - 1
        handle = marks[at] if at >= 0 else handle_before(telling.text, quote.start)
        if handle is None:
            continue
        if marks:
            found[quote.start] = Cue(_bare(telling.text, handle), chat=False)
            continue
        if run and handle.start - run[-1][1].end > _APART:
            found |= _run(telling.text, run)
            run = []
        run.append((handle, quote))
    return found | _run(telling.text, run)


def _run(text: str, run: Sequence[tuple[Span, Span]]) -> dict[int, Cue]:
    """Tell whether lines that follow each other are of a chat: by their signs, else by the words before them."""
    if not run:
        return {}
    first = run[0][0].start
    loose = sum(_is_loose(words.of(text)) for _, words in run)
    signs = 2 * loose > len(run) or any(_is_written(text, name, words.start) for name, words in run)
    lead = text[max(0, first - _APART) : first]
    chat = signs or (_CHAT.search(lead) is not None and _SCRIPT.search(lead) is None)
    return {words.start: Cue(name, chat) for name, words in run}


def _is_loose(said: str) -> bool:
    """Whether words are typed as only in chats: no capital, no stop."""
    return said[0].islower() and said[-1].isalnum()


def _is_written(text: str, name: Span, words: int) -> bool:
    """Whether a line has a time, or a handle as only chats have them."""
    line = text[text.rfind("\n", 0, name.start) + 1 : words]
    handle = name.of(text)
    odd = handle.islower() or handle.casefold() in SELF | YOU or "_" in handle
    return odd or re.search(r"\d[:.h]\d\d|<|@", line) is not None or text[name.end : words].strip()[:1].isdigit()


def _cued(telling: Telling) -> Iterator[Span]:
    quotes: Sequence[Quote] = telling.layer("quotes", wanted_by="speech")
    return (quote.span for quote in quotes if quote.style == "cue" and quote.depth == 0)


def _bare(text: str, handle: Span) -> Span:
    """Leave out what stands in brackets behind a name: `BORIS (O.S.)`."""
    bare = re.sub(r"\s*\([^)]*\)\s*\^?$", "", handle.of(text)).rstrip(" ^")
    return Span(handle.start, handle.start + len(bare)) if bare else handle


def with_handles(
    telling: Telling, mentions: Sequence[Mention], characters: Sequence[Character]
) -> tuple[tuple[Mention, ...], tuple[Character, ...]]:
    """Point handles at the characters whose they are; a handle that is nobody's is a character of its own.

    Args:
        telling: with the layer `quotes`.
        mentions: as the people chapter found them, in order.
        characters: as the people chapter found them.

    Returns:
        The mentions with one for every handle, and the characters with those who are known by a handle alone.
    """
    spans = [cue.name for cue in find_cues(telling).values()]
    if not spans:
        return tuple(mentions), tuple(characters)
    places: dict[str, list[Span]] = {}
    for span in dict.fromkeys(spans):
        places.setdefault(span.of(telling.text).casefold(), []).append(span)
    people = {who.id: who for who in characters}
    owners = {name: _owner(telling.text, name, here, mentions, people) for name, here in places.items()}
    taken = set(people)
    for name, here in places.items():
        if owners[name] is None:
            made = _stranger(here[0].of(telling.text), name, len(here), taken)
            taken.add(made.id)
            owners[name], people[made.id] = made.id, made
        else:
            people[owners[name] or ""] = _known_by(people[owners[name] or ""], here[0].of(telling.text))
    pointed = [Mention(span, "name", owners[name]) for name, here in places.items() for span in here]
    covered = sorted(spans)
    kept = [mention for mention in mentions if not _overlaps(covered, mention.span)]
    ordered = sorted((*kept, *pointed), key=lambda mention: (mention.span.start, -mention.span.end))
    return tuple(ordered), tuple(people.values())


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    at = bisect_left(spans, (span.end,))
    return at > 0 and spans[at - 1].overlap(span) > 0 if spans else False


def _owner(
    text: str, name: str, here: Sequence[Span], mentions: Sequence[Mention], people: dict[str, Character]
) -> str | None:
    """Return the id of the only one whose handle it may be; None where nobody's or several people's."""
    if name in SELF | YOU:
        tellers = [who.id for who in people.values() if who.narrator]
        return tellers[0] if name in SELF and len(tellers) == 1 else None
    seen = Counter(
        mention.character
        for mention in mentions
        if mention.form == "name" and mention.character and any(span.holds(mention.span) for span in here)
    )
    if seen:
        return seen.most_common(1)[0][0]
    bearers = {who.id for who in people.values() if any(_bears(alias, name) for alias in who.aliases)}
    return bearers.pop() if len(bearers) == 1 else _told(text, name, here, mentions, people)


def _bears(alias: str, name: str) -> bool:
    """Whether a handle is an alias or the names in it, titles and dots aside."""
    titles = words("titles", "male", "female", "unknown")
    borne = [part for part in _WORD.findall(alias.casefold()) if part not in titles]
    asked = _WORD.findall(name)
    bare = [part for part in asked if part not in titles]
    return asked == _WORD.findall(alias.casefold()) or (bool(bare) and bare in (borne, borne[:1], borne[-1:]))


def _told(
    text: str, name: str, here: Sequence[Span], mentions: Sequence[Mention], people: dict[str, Character]
) -> str | None:
    """Return whose handle it is where a sentence says so: `Tessa went by nightowl`."""
    for match in re.finditer(rf"(?<!\w)@?{re.escape(name)}(?!\w)", text, re.IGNORECASE):
        if any(span.overlap(Span(*match.span())) for span in here):
            continue
        start = max((end.end() for end in _SENTENCE.finditer(text, max(0, match.start() - 300), match.start())
                     if end[0][-1] in ".!?\n"), default=max(0, match.start() - 300))  # fmt: skip
        stop = _SENTENCE.match(text, match.end())
        sentence = Span(start, stop.end() if stop else match.end())
        if not _CALLS_ITSELF.search(sentence.of(text)):
            continue
        low = bisect_left(mentions, sentence.start, key=lambda mention: mention.span.start)
        high = bisect_left(mentions, match.start(), key=lambda mention: mention.span.start)
        ids = {mention.character for mention in mentions[low:high] if mention.character in people}
        if not ids and _WHOSE.search(sentence.of(text)):
            named = [mention.character for mention in mentions[max(0, low - _BACK) : low] if mention.form == "name"]
            ids = {who for who in named[-1:] if who in people}
        if len(ids) == 1:
            return ids.pop()
    return None


def _known_by(who: Character, handle: str) -> Character:
    """Return a character with a handle among the aliases, unless it only says a name that is there already."""
    if any(_bears(alias, handle.casefold()) for alias in who.aliases) or handle.casefold() in SELF | YOU:
        return who
    return Character(who.id, who.name, (*who.aliases, handle), who.gender, who.mentions, who.narrator, who.named)


def _stranger(handle: str, name: str, lines: int, taken: set[str]) -> Character:
    """Make a character of whom only the handle is known; `me` is the narrator."""
    teller = name in SELF
    shown = name if name in YOU else handle.title() if handle.isupper() and len(handle) > 1 else handle
    shown = "the narrator" if teller else shown
    base = "narrator" if teller else "-".join(_WORD.findall(name)) or "handle"
    free = next(
        id for number in range(1, len(taken) + 3) if (id := f"{base}-{number}" if number > 1 else base) not in taken
    )
    named = not teller and name not in YOU and not _NOBODY.match(name)
    return Character(free, shown, (shown,), mentions=lines, narrator=teller, named=named)
