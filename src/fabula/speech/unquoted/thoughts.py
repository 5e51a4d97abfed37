"""Thoughts without quotation marks: whole paragraphs or sentences, and only where the evidence is clear."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.lexicon.address import is_call
from fabula.spans import Span, index_at, stripped
from fabula.speech import reasons
from fabula.speech.tagging.tags import tag_after
from fabula.speech.view import View
from fabula.story import Evidence, Mark, Utterance

_TOLD, _GUESSED = 0.8, 0.6
"""How sure the thinker is where a tag names them, and where not."""
_SHORT = 15
_RUN = 3
_LEAST = 3
"""Words of a sentence in italics that is a thought."""
_DIRECT = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve|I'll|I’ll|me|my|you|You|your|You're|You’ve)\b")
_YOU = re.compile(r"\b[Yy]ou(?:r|rs|['’]\w+)?\b")
_I = re.compile(r"\b(?:I|me|my)\b")
_THINKS = re.compile(
    r"[\s,]*(?:[\w’']+\s){0,2}?(?:thought|thinks?|wondered|wonders|mused|told (?:my|him|her)self)\b"
    r"(?=\s*[.,;:!?—–]|\s+(?:to|as|and|when|again)\b|$)"
)
_MIND = re.compile(
    r"\b(?:thoughts?|thinks?|thinking|thought|mind|head|wonder(?:s|ed|ing)?|voices? in)\b", re.IGNORECASE
)
_WRAPPED = re.compile(r"(?<![\w*_])([*_])(?![\s*_])([^*_\n]+(?:\n[^*_\n]+)*?)(?<!\s)\1(?![\w*_])")
_STOP = re.compile(r"[.!?…][\"”’)*_]*$")
_BEFORE = re.compile(r"(?:^|[.!?…:][\"”’)]*\s+|\n\s*)$")


class _Thinker(NamedTuple):
    who: str | None
    evidence: Evidence
    cue: Span | None = None


def find_thoughts(view: View, marks: Sequence[Mark], speakers: Sequence[tuple[int, str]]) -> list[Utterance]:
    """Find unquoted thoughts.

    Args:
        view: what the speech chapter reads.
        marks: what the format says of the text; only `italic` is used.
        speakers: offset and id of every speaker decided, in order.

    Returns:
        Utterances of kind `thought`, in order.
    """
    found: list[Utterance] = []
    runs: list[tuple[list[Span], _Thinker | None]] = [(run, None) for run in _runs(view)]
    runs += [([span], thinker) for span, thinker in _set_apart(view, marks)]
    runs += [(run, _Thinker(who, "vocative")) for run, who in _addressed_to_self(view)]
    for run, thinker in sorted(runs, key=lambda pair: pair[0][0]):
        if found and run[0].start < found[-1].end:
            continue
        found += [_thought(span, thinker or _thinker(view, run[0].start, speakers)) for span in run]
    return found


def _addressed_to_self(view: View) -> Iterator[tuple[list[Span], str]]:
    """Yield paragraphs of third-person narration that say `you` to somebody by name, with who that is."""
    for index, span in enumerate(view.paragraphs):
        if view.kinds[index] != "prose" or _is_quoted(view, span) or view.narrator_at(span.start) is not None:
            continue
        words = span.of(view.text)
        if _YOU.search(words) is None or _I.search(words) is not None:
            continue
        for mention in view.mentions_in(span):
            if mention.form == "name" and mention.character and is_call(view.text, span, mention.span):
                if _YOU.search(view.text, max(span.start, mention.span.start - 60), mention.span.end + 60):
                    yield [span], mention.character
                break


def _is_quoted(view: View, span: Span) -> bool:
    return any(quote.overlap(span) for quote in view.quotes_before(span.end, 1))


def _thought(span: Span, thinker: _Thinker) -> Utterance:
    if thinker.who is None:
        return Utterance((span,), kind="thought", channel="thought", reason=reasons.NOBODY_THINKS)
    sure = _TOLD if thinker.evidence == "tag" else _GUESSED
    return Utterance((span,), thinker.who, (), "thought", "thought", thinker.evidence, thinker.cue, sure)


def _thinker(view: View, at: int, speakers: Sequence[tuple[int, str]]) -> _Thinker:
    """Return whose mind the narration is in: the narrator's, the heading's viewpoint's, or who was narrated."""
    narrator = view.narrator_at(at)
    if narrator is not None:
        return _Thinker(narrator, "viewpoint")
    who = _narrated(view, at, speakers)
    viewpoint = view.viewpoints[max(0, index_at(view.scene_starts, at))]
    if viewpoint is not None and who in (None, viewpoint):
        return _Thinker(viewpoint, "viewpoint")
    return _Thinker(who, "cue")


def _narrated(view: View, at: int, speakers: Sequence[tuple[int, str]]) -> str | None:
    """Return who spoke in the paragraph before, else the last subject narrated."""
    before = view.paragraphs[max(0, view.paragraph_at(at) - 1)]
    last = bisect_left(speakers, (at,)) - 1
    if last >= 0 and speakers[last][0] >= before.start:
        return speakers[last][1]
    low = bisect_left(view.mention_starts, at)
    for mention in reversed(view.mentions[max(0, low - 12) : low]):
        spoken = any(quote.has(mention.span.start) for quote in view.quotes_before(mention.span.start + 1, 1))
        subject = mention.form == "name" or mention.span.of(view.text).lower() in ("he", "she")
        if subject and not spoken and mention.character is not None and at - mention.span.start < 600:
            return mention.character
    return speakers[last][1] if last >= 0 else None


def _runs(view: View) -> Iterator[list[Span]]:
    """Yield runs of short unquoted paragraphs that argue in somebody's head."""
    run: list[Span] = []
    lead = -1
    for index, span in enumerate(view.paragraphs):
        if _is_line(view, span):
            lead = index - 1 if not run else lead
            run.append(span)
            continue
        yield from _clear_run(view, run, lead)
        run = []
    yield from _clear_run(view, run, lead)


def _is_line(view: View, span: Span) -> bool:
    words = span.of(view.text)
    if len(words.split()) > _SHORT or not any(character.isalpha() for character in words):
        return False
    return not any(quote.overlap(span) for quote in view.quotes_before(span.end, 1))


def _clear_run(view: View, run: Sequence[Span], lead: int) -> Iterator[list[Span]]:
    """Yield a run without the lines at its ends that only narrate, where it is clear that it is thought."""
    kept = list(run)
    while kept and _DIRECT.search(kept[-1].of(view.text)) is None:
        kept.pop()
    while kept and _DIRECT.search(kept[0].of(view.text)) is None:
        kept, lead = kept[1:], lead + 1
    if len(kept) < _RUN or lead < 0 or view.narrator_at(kept[0].start) is not None:
        return
    direct = sum(_DIRECT.search(span.of(view.text)) is not None for span in kept)
    if _MIND.search(view.paragraphs[lead].of(view.text)) is not None and 4 * direct >= 3 * len(kept):
        yield kept


def _set_apart(view: View, marks: Sequence[Mark]) -> Iterator[tuple[Span, _Thinker | None]]:
    """Yield sentences in italics, by mark or by asterisks, that speak directly or that a tag gives to somebody.

    What is in italics in the same paragraph after such a thought goes on with it, and is the same one's.
    """
    spans = [Span(mark.start, mark.end) for mark in marks if mark.kind == "italic"]
    spans += [Span(match.start(), match.end()) for match in _WRAPPED.finditer(view.text)]
    thinking, thinker = -1, None
    for span in sorted(stripped(view.text, span) for span in spans):
        paragraph = view.paragraph_at(span.start)
        if _is_quoted(view, span) or not _BEFORE.search(view.text, max(0, span.start - 4), span.start):
            continue
        words = span.of(view.text).strip("*_")
        tag = tag_after(view, span, Span(span.end, max(span.end, view.paragraphs[paragraph].end)))
        told = tag is not None or _THINKS.match(view.text, span.end, span.end + 40) is not None
        whole = _STOP.search(words) is not None and len(words.split()) >= _LEAST
        if (
            (whole and _DIRECT.search(words))
            or (told and len(words.split()) > 1)
            or (paragraph == thinking and whole)
        ):
            if told:
                thinking = paragraph
                thinker = _Thinker(tag.character, "tag", tag.span) if tag and tag.character else None
            yield span, thinker if paragraph == thinking else None
