"""Turns: quotations that belong together, with the narration around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.tagging.tags import Tag, made_tag, same_speaker, tag_before, tag_beside
from fabula.speech.tagging.vocatives import vocatives
from fabula.speech.view import View

_LONG = 420
"""Narration of so many code points between two quotations of one paragraph parts them."""

_OPENS = re.compile(
    r"\b(?P<verb>began|begins|continued|continues|resumed|resumes|spoke|speaks|speak|went(?= on\b)|interrupted)"
    r"(?: on)?(?: (?:him|her|them|me))?"
    r"(?: (?:again|first|thus|at last|at length|as follows|aloud|up|\w+ly))?\.?\s*$"
)
"""A sentence after which the subject's words follow in the next paragraph: `Mrs. Hurst began again.`."""
_BEGINNING = 60
_MEANWHILE = re.compile(
    r"(?:\b(?:as|when|for|if|because|where|whom|which)\s+|\((?:and\s+)?)(?:\w+\s+)?$", re.IGNORECASE
)
"""What stands before whoever only does something while another speaks."""
_OF_DEEDS = frozenset(("returned", "began", "continued", "told", "thought", "called", "announced"))
"""Common verbs of speech that often tell of something else."""
_ENDS = re.compile(r"[.!?]\s")
_ANEW = re.compile(
    r"(?:[;,—–-]\s+|\b(?:and|but|while)\s+)(?:(?:and|but|while|then)\s+)*(?:the\s+)?$|[.!?]\s+But\s+(?:the\s+)?$"
)
"""What stands before a subject that is another than the one before in its sentence."""

_SWITCHES = re.compile(
    r"\b(?:hung (?:it )?up|rang off|(?:put|set|laid) (?:it|the (?:tele)?phone|the receiver|the microphone)"
    r" (?:down|back|away)|switched (?:it )?off)\b"
)
"""After this the words go to somebody else."""


class Turn(NamedTuple):
    """What one person says in one go.

    Attributes:
        pieces: quotations, marks included.
        paragraph: index of the paragraph it begins in.
        last: index of the paragraph it ends in.
        before: narration of that paragraph before it, from the previous quotation on.
        after: narration after it, up to the next quotation or the paragraph's end.
        tag: words that name the speaker beside a verb of speech; None where there are none.
        scene: index of the scene.
    """

    pieces: tuple[Span, ...]
    paragraph: int
    last: int
    before: Span
    after: Span
    tag: Tag | None
    scene: int

    @property
    def span(self) -> Span:
        """From the first mark to the last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


class _Piece(NamedTuple):
    span: Span
    before: Span
    after: Span
    tag: Tag | None


def find_turns(view: View) -> list[Turn]:
    """Group quotations into turns.

    Args:
        view: what the speech chapter reads.

    Returns:
        Turns in order.
    """
    turns: list[Turn] = []
    at = 0
    while at < len(view.quotes):
        paragraph = view.paragraph_at(view.quotes[at].start)
        limit = view.paragraphs[paragraph].end
        inside: list[Span] = []
        while at < len(view.quotes) and view.quotes[at].start < limit:
            inside.append(view.quotes[at])
            at += 1
        turns.extend(_in_paragraph(view, paragraph, inside))
    return _continued(view, turns)


def _in_paragraph(view: View, paragraph: int, inside: Sequence[Span]) -> list[Turn]:
    whole = view.paragraphs[paragraph]
    starts = [*(span.start for span in inside[1:]), whole.end]
    ends = [whole.start, *(span.end for span in inside[:-1])]
    pieces: list[_Piece] = []
    for span, begin, stop in zip(inside, ends, starts, strict=True):
        if span.start in view.cues:
            pieces.append(_cued(view, span))
            continue
        before, after = Span(begin, span.start), Span(span.end, max(span.end, stop))
        tag = tag_beside(view, span, before, after, first=not pieces)
        if pieces and tag is not None and _is_meanwhile(view, pieces[-1], tag):
            tag = pieces[-1].tag
        pieces.append(_Piece(span, before, after, tag))
    if pieces and pieces[0].tag is None:
        lead = pieces[0].before
        led = _opened(view, lead) if lead.of(view.text).strip() else _led(view, paragraph, pieces[0].span)
        pieces[0] = pieces[0]._replace(tag=led)
    return [_turn(view, paragraph, group) for group in _grouped(view, pieces)]


def _grouped(view: View, pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Return the pieces that one person says in one go, together."""
    groups: list[list[_Piece]] = []
    first: Tag | None = None
    called: set[str] = set()
    for piece in pieces:
        others = vocatives(view, piece.span) if len(pieces) > 1 else []
        if groups and _belongs(view, groups[-1][-1], piece, first, (called, others)):
            groups[-1].append(piece)
        else:
            groups.append([piece])
            first, called = None, set()
        first = first or piece.tag
        called.update(others)
    return groups


def _is_meanwhile(view: View, before: _Piece, tag: Tag) -> bool:
    """Whether a tag ahead of a quotation tells in passing what another did: `said Ada, as Noah nodded, "…"`."""
    own = before.tag
    if own is None or not before.after.has(own.span.start) or not before.after.has(tag.span.start):
        return False
    if tag.verb in words("verbs", "plain") - _OF_DEEDS:
        return False
    between = view.text[own.span.end : tag.span.start]
    return tag.span.start > own.span.end and _MEANWHILE.search(between) is not None and not _ENDS.search(between)


def _cued(view: View, span: Span) -> _Piece:
    """Return a line of a chat or a script: the name before it is its tag."""
    name = view.cues[span.start].name
    mention = next(iter(view.mentions_in(name)), None)
    tag = made_tag(view, mention, "") if mention else Tag(name, "somebody", None, "unknown", "")
    return _Piece(span, Span(span.start, span.start), Span(span.end, span.end), tag)


def _led(view: View, paragraph: int, quote: Span) -> Tag | None:
    """Find the tag at the end of the paragraph before, where it runs on into this one: `He replied,`."""
    if paragraph == 0:
        return None
    before = view.paragraphs[paragraph - 1]
    after = max((span.end for span in view.quotes_before(quote.start, 1)), default=before.start)
    rest = Span(max(before.start, after), before.end)
    opened = _opened(view, rest) if rest.start == before.start else None
    if opened is not None:
        return opened
    last = view.text[rest.start : rest.end].rstrip()[-1:]
    if last not in (",", ":", "-", "—", "–") and not (last.isalpha() and view.kinds[paragraph - 1] == "prose"):
        return None
    return tag_before(view, rest, first=True)


def _opened(view: View, narration: Span) -> Tag | None:
    """Find the tag in narration that ends with somebody beginning to speak: `Mrs. Hurst began again.`."""
    opens = _OPENS.search(view.text, max(narration.start, narration.end - _BEGINNING), narration.end)
    return None if opens is None else tag_before(view, Span(narration.start, opens.end("verb")), first=True)


def _belongs(
    view: View, last: _Piece, piece: _Piece, first: Tag | None, calls: tuple[Collection[str], Collection[str]]
) -> bool:
    """Whether a piece goes on with what the pieces before it say.

    Args:
        view: what the speech chapter reads.
        last: the piece before it.
        piece: the piece.
        first: the first tag of those before; None where none has one.
        calls: ids called by name in those before, and in the piece.
    """
    if piece.span.start in view.cues or last.span.start in view.cues:
        return False
    if piece.tag and last.tag and _is_another(view, last.tag, piece.tag, piece.before):
        return False
    if first and piece.tag and not same_speaker(first, piece.tag):
        return False
    if piece.before.length >= _LONG or _SWITCHES.search(piece.before.of(view.text)):
        return False
    called, others = calls
    if not called or not others or not set(others).isdisjoint(called):
        return True
    own = last.tag
    told = own is not None and piece.before.has(own.span.start)
    return told and (_goes_on(view.text, piece.span) or (own is not None and own.character not in others))


def _goes_on(text: str, piece: Span) -> bool:
    """Whether a quotation begins within a sentence: `"…, Ada," said Tom; "and you, Una"`."""
    return next((letter.islower() for letter in text[piece.start : piece.end] if letter.isalpha()), False)


def _is_another(view: View, one: Tag, other: Tag, between: Span) -> bool:
    """Whether a sentence between two quotations goes on to somebody named: `she began; and May said, "…"`."""
    if one.form != "pronoun" or other.form != "name" or not between.has(other.span.start):
        return False
    told = view.text[max(one.span.end, between.start) : other.span.start]
    anew = _ANEW.search(told)
    return anew is not None and _ENDS.search(told, 0, anew.start()) is None


def _turn(view: View, paragraph: int, group: Sequence[_Piece]) -> Turn:
    tag = next((piece.tag for piece in group if piece.tag), None)
    scene = bisect_right(view.scene_starts, group[0].span.start) - 1
    pieces = tuple(piece.span for piece in group)
    after = group[0].after if len(group) > 1 and not group[-1].after.of(view.text).strip() else group[-1].after
    return Turn(pieces, paragraph, paragraph, group[0].before, after, tag, scene)


def _continued(view: View, turns: Sequence[Turn]) -> list[Turn]:
    """Join turns that run over several paragraphs."""
    joined: list[Turn] = []
    for turn in turns:
        if joined and (turn.pieces[0].start in view.continuing or _of_one_letter(view, joined[-1], turn)):
            before = joined[-1]
            joined[-1] = before._replace(
                pieces=before.pieces + turn.pieces, last=turn.last, tag=before.tag or turn.tag, after=turn.after
            )
        else:
            joined.append(turn)
    return joined


def _of_one_letter(view: View, before: Turn, turn: Turn) -> bool:
    """Whether two quotations are paragraphs of one letter: each opens its own, and nothing is told beside them."""
    if turn.paragraph != before.last + 1 or turn.tag is not None or before.tag is not None:
        return False
    starts = (before.pieces[-1].start, turn.pieces[0].start)
    return all(
        view.kinds[at] == "letter" and view.paragraphs[at].start == start
        for at, start in zip((before.last, turn.paragraph), starts, strict=True)
    )
