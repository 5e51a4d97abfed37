"""Speech tags without a verb of speech: `was Mary's reply`, `the answer of the old man was:`, `from Mr. Hale`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.view import View
from fabula.story import Mention

_LEAD = r"[\s,;:—–*_-]*"
_NOUN = "(?:" + "|".join(sorted(words("verbs", "nouns"))) + ")"
_BE = r"(?:was|were|is|are|came|comes|had been|would be)"
_WAS = re.compile(rf"{_LEAD}{_BE}(?: (?:all|only|ever|always|now|then|at last|again))?\s+")
_OWNED = re.compile(rf"(?:['’]s?)?\s+(?:[\w-]+,?\s+){{0,4}}?{_NOUN}\b")
_NOUN_OF = re.compile(rf"{_LEAD}{_BE}\s+(?:the|an?)\s+(?:[\w-]+\s+){{0,3}}?{_NOUN}\s+(?:of|from)\s+")
_FROM = re.compile(
    rf"{_LEAD}(?:(?:burst|came|comes|broke|escaped|rose|issued|floated|drifted|sounded)\s+(?:\w+ly\s+)?)?from\s+"
)
_BY = re.compile(rf"{_LEAD}(?:\w+ly\s+)?(?P<verb>[a-z]+ed|said|sung|spoken)\s+(?:\w+ly\s+)?by\s+")
_ENDS_IN_NOUN = re.compile(
    rf"(?:['’]s?)?\s+(?:[\w-]+,?\s+){{0,4}}?{_NOUN}(?:\s+(?:when|as|on|to|at|after)\b[^,.;:]{{1,60}}?(?=\s+was\b))?"
    r"(?:\s+(?:was|were|is|came|ran|had been|of|with))?"
    r"(?:\s+(?:only|simply|merely|always|then|now|this|these|as follows))?\s*[,:—–-]*\s*$"
)
_OWN_LIPS = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}?(?:lips|mouth|throat|corner|direction|side|end|place|seat)\b")
_ENDS = re.compile(r"\s*(?:[.,;:!?—–\"“”-]|who\b|and\b|in\b|at\b|on\b|with\b|as\b|,|$)")
_ADDRESSED_BY = re.compile(
    r"\b(?:accosted|addressed|interrupted|greeted|hailed|answered|challenged|corrected|reminded)\s+(?:\w+ly\s+)?by\s+$"
)
_NEAR = 40
_POSSESSIVE = frozenset(("his", "her", "their", "my", "its", "hers", "our"))


def noun_tag_after(view: View, clause: Span) -> Mention | None:
    """Return whose words they are that a noun after them names; None where none does.

    Args:
        view: what the speech chapter reads.
        clause: the narration after a quotation, up to the end of its sentence.
    """
    mentions = view.mentions_in(clause)
    if not mentions:
        return None
    was = _WAS.match(view.text, clause.start, clause.end)
    if was is not None:
        owner = _at(mentions, was.end())
        if owner is not None and _owns(view.text, owner) and _OWNED.match(view.text, owner.span.end, clause.end):
            return owner
    for pattern in (_NOUN_OF, _FROM, _BY):
        match = pattern.match(view.text, clause.start, clause.end)
        if match is None or (pattern is _BY and match["verb"] not in words("verbs", "speech")):
            continue
        owner = _at(mentions, match.end())
        if owner is None or owner.form == "pronoun":
            continue
        if _ENDS.match(view.text, owner.span.end, clause.end + 1) or (
            pattern is _FROM and _OWN_LIPS.match(view.text, owner.span.end, clause.end)
        ):
            return owner
    return None


def noun_tag_before(view: View, clause: Span) -> Mention | None:
    """Return whose words follow that a noun before them names: `His only answer was:`; None where none does.

    Args:
        view: what the speech chapter reads.
        clause: the last sentence of the narration before a quotation.
    """
    by = next(reversed(view.mentions_in(clause)), None)
    if (
        by is not None
        and not view.text[by.span.end : clause.end].strip(" \n,:;—–-")
        and _ADDRESSED_BY.search(view.text, max(clause.start, by.span.start - _NEAR), by.span.start)
    ):
        return by
    for mention in reversed(view.mentions_in(clause)):
        if _owns(view.text, mention) and _ENDS_IN_NOUN.match(view.text, mention.span.end, clause.end):
            return mention
    return None


def _at(mentions: Sequence[Mention], start: int) -> Mention | None:
    return next((mention for mention in mentions if mention.span.start == start), None)


def _owns(text: str, mention: Mention) -> bool:
    """Whether a mention is a possessive: `Mary's`, `his`."""
    if mention.form == "pronoun":
        return mention.span.of(text).lower() in _POSSESSIVE
    return text[mention.span.end : mention.span.end + 1] in ("'", "’")
