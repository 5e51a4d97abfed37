"""Thoughts without quotation marks: whole paragraphs or sentences, and only where the evidence is clear."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from fabula.spans import Span, stripped
from fabula.speech.view import View
from fabula.story import Mark, Utterance

_SHORT = 15
_RUN = 3
_DIRECT = re.compile(r"\b(?:I|I'm|I’m|I've|I’ve|I'll|I’ll|me|my|you|You|your|You're|You’ve)\b")
_MIND = re.compile(
    r"\b(?:thoughts?|thinks?|thinking|thought|mind|head|wonder(?:s|ed|ing)?|voices? in)\b", re.IGNORECASE
)
_WRAPPED = re.compile(r"(?<![\w*_])([*_])(?![\s*_])([^*_\n]+(?:\n[^*_\n]+)*?)(?<!\s)\1(?![\w*_])")
_STOP = re.compile(r"[.!?…][\"”’)*_]*$")
_BEFORE = re.compile(r"(?:^|[.!?…:][\"”’)]*\s+|\n\s*)$")


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
    for run in sorted([*_runs(view), *([span] for span in _set_apart(view, marks))]):
        if found and run[0].start < found[-1].end:
            continue
        who = _thinker(view, run[0].start, speakers)
        found += [_thought(span, who) for span in run]
    return found


def _thought(span: Span, who: str | None) -> Utterance:
    reason = "" if who else "nobody near by could be thinking this"
    return Utterance(
        (span,), who, (), "thought", "thought", "cue" if who else "none", None, 0.6 if who else 0.0, reason
    )


def _thinker(view: View, at: int, speakers: Sequence[tuple[int, str]]) -> str | None:
    """Return whose mind the narration is in: who spoke in the paragraph before, else the last subject narrated."""
    narrator = view.narrator_at(at)
    if narrator is not None:
        return narrator
    before = view.paragraphs[max(0, view.paragraph_at(at) - 1)]
    spoke = [who for offset, who in speakers if before.start <= offset < at]
    if spoke:
        return spoke[-1]
    low = bisect_left(view.mention_starts, at)
    for mention in reversed(view.mentions[max(0, low - 12) : low]):
        spoken = any(quote.has(mention.span.start) for quote in view.quotes_before(mention.span.start + 1, 1))
        subject = mention.form == "name" or mention.span.of(view.text).lower() in ("he", "she")
        if subject and not spoken and mention.character is not None and at - mention.span.start < 600:
            return mention.character
    earlier = [who for offset, who in speakers if offset < at]
    return earlier[-1] if earlier else None


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


def _set_apart(view: View, marks: Sequence[Mark]) -> Iterator[Span]:
    """Yield whole sentences in italics, by mark or by asterisks and underscores, that speak directly."""
    spans = [Span(mark.start, mark.end) for mark in marks if mark.kind == "italic"]
    spans += [Span(match.start(), match.end()) for match in _WRAPPED.finditer(view.text)]
    for span in sorted(stripped(view.text, span) for span in spans):
        words = span.of(view.text).strip("*_")
        if len(words.split()) < 3 or not _STOP.search(words) or not _DIRECT.search(words):
            continue
        if not _BEFORE.search(view.text, max(0, span.start - 4), span.start):
            continue
        if not any(quote.overlap(span) for quote in view.quotes_before(span.end, 1)):
            yield span
