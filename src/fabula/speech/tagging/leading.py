"""The verb of speech in the narration that leads up to a quotation, and its subject.

`The doctor, who had looked at her and then at Ada, rose and said, "…"`: neither the nearest name nor the first one is
always the subject. Read from the verb backwards, it is the nearest one that begins a clause which the verb can belong
to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.lexicon import words
from fabula.spans import Span
from fabula.story import Mention

_WORD = re.compile(r"[a-z]+")
_PARTICLES = {"went": ("on",), "goes": ("on",), "put": ("in",), "threw": ("in", "out"), "bit": ("out",)}
"""Verbs that are of speech only with a particle: `went on`, `put in`."""
_NEXT = re.compile(r"\s+([a-z]+)")
_GERUND_SUBJECT = re.compile(r"['’]s?\s+(?:then\s+|now\s+|\w+ly\s+)?$")
"""Before a gerund, a possessive is its subject: `he was stopped by Ada's saying`."""
_TO_BASE = re.compile(
    r"\b(?:to|could|would|should|might|must|can|will|did|does|do|not|only|never|just|then|and|or|\w+ly)\s+$"
    r"|\b(?:to|could|would|must|did|and)\s+\w+(?:ly)?\s+$"
)
"""What may stand before a verb without an ending: `to say`, `could only say`."""
_PREPOSITION = re.compile(
    r"\b(?:to|at|of|for|with|from|on|upon|by|in|into|towards?|over|behind|beside|after|before|against|near|about)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_NO_PREPOSITION = re.compile(
    r"\b(?:at (?:length|last|first|once)|of course|in (?:fact|short|reply|answer)|by (?:now|then)|after all"
    r"|voice of|upon which)\s+$",
    re.IGNORECASE,
)
_CONJOINS = re.compile(r"(?:for|after|before)\s+(?:the\s+)?", re.IGNORECASE)
"""After a stop these begin a clause."""
_FOR_TO = re.compile(r"\s+(?:\w+ly\s+)?to\s+[a-z]")
_LET = (
    r"(?:hear|heard|hears|hearing|overheard|overhearing|made|make|makes|let|lets|letting|saw|see|gave|give|giving"
    r"|moved|obliged|led|caused|allowed|enabled)"
)
_BEGINNING = (
    rf"(?:^\W*|[,;:—–(-]\s*|\b(?:(?P<under>when|whenever|while|whilst|as|if|though|although|because|since|till|until"
    rf"|before|after|where|than|whom|which|what|how|why)|(?P<let>{_LET})|(?P<that>that)|and|but|or|nor|so|yet|then|for|now|here"
    r"|there|once|again|also|even|only|whereupon|at (?:last|length|once|first)|meanwhile|instead|soon|afterwards"
    r"|moment|time|instant|minutes?|turn|pause|it was|did|\w+ly)\s+)"
)
_BEGINS = re.compile(rf"{_BEGINNING}$", re.IGNORECASE)
_BEGINS_NOUN = re.compile(
    rf"{_BEGINNING}(?:(?:the|poor|old|young|little|dear|good|both)\s+(?:(?!and\b|of\b|with\b)[\w-]+\s+){{0,3}}?)?$",
    re.IGNORECASE,
)
"""The end of what stands before a subject: the start of the sentence, a comma, a conjunction, an adverb."""
_RELATIVE = re.compile(r",?\s+(?:and\s+)?who\b")
_SAYS_WHO = re.compile(r"(?:,|\band)?\s+who\s+(?:\w+\s+){0,3}$")
"""A relative clause whose verb is of speech: `by Mr. Hale, who now said`."""
_ACTS = re.compile(r"\s+(?!and\s+[A-Z]|of\b|or\b)[a-z]|,\s+(?!and\b|but\b)(?:[a-z]|$)|\s*[—–-]")
"""What may follow a subject: its verb, or something set between."""
_APPOSED = re.compile(
    r"(?:\s+(?:soon|afterwards|then|now|again|\w+ly)){0,2},[^,.;:!?\"“”]{1,80}(?:,[^,.;:!?\"“”]{1,60})?,\s+(?:\w+\s+){0,2}"
)
"""What may stand between a subject and its verb: `Margaret, thoughtful again, then said`."""
_MADE_TO = re.compile(rf"\b{_LET}\s+$")
OTHER = re.compile(
    r"(?:[,;—–-]\s*|\b(?:and|but|while|as|that|when)\s+)the (?:former|latter|others?)\s+"
    r"(?!side\b|hand\b|end\b|day\b)[a-z]",
    re.IGNORECASE,
)
"""Subjects that only what was told before makes somebody."""
_JOINED = re.compile(r"\b(?:and|or|then)\b")
_SINCE = frozenset(("when", "while", "till", "until", "before"))
"""After these a clause often tells the main thing: `when the door opened and Ada came in, saying`."""
_NOMINATIVE = frozenset(("i", "he", "she", "they", "you"))


def speech_verb(text: str, clause: Span) -> re.Match[str] | None:
    """Return the last verb of speech in some narration before a quotation; None where there is none.

    Args:
        text: of the telling.
        clause: the last sentence before the quotation.
    """
    found = None
    for match in _WORD.finditer(text, clause.start, clause.end):
        base = match[0] in words("verbs", "bases") and _may_be_base(text, clause, match)
        if base or match[0] in words("verbs", "gerunds") or is_speech(text, match):
            found = match
    return found


def is_speech(text: str, word: re.Match[str]) -> bool:
    """Whether a word is a finite verb of speech where it stands."""
    return word[0] in words("verbs", "speech") and has_particle(text, word)


def has_particle(text: str, word: re.Match[str]) -> bool:
    """Whether a verb has the particle that it needs to be one of speech: `went on`; most need none."""
    particles = _PARTICLES.get(word[0])
    after = _NEXT.match(text, word.end())
    return particles is None or (after is not None and after[1] in particles)


def _may_be_base(text: str, clause: Span, word: re.Match[str]) -> bool:
    return _TO_BASE.search(text, max(clause.start, word.start() - 30), word.start()) is not None or (
        re.search(rf"\b{_LET}\s", text[clause.start : word.start()]) is not None
    )


def nominative(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions that may be a subject: no `him`, `her`, `my`, but `heard him say`.

    Args:
        text: of the telling.
        mentions: in order.
    """
    return [mention for mention in mentions if mention.form != "pronoun" or _is_nominative(text, mention)]


def _is_nominative(text: str, mention: Mention) -> bool:
    word = mention.span.of(text).lower()
    if word in ("him", "her"):
        return _MADE_TO.search(text, max(0, mention.span.start - 16), mention.span.start) is not None
    return word in _NOMINATIVE and (word not in ("they", "you") or mention.character is not None)


def is_placed(text: str, clause: Span, mention: Mention) -> bool:
    """Whether a preposition stands before a mention, so that it is no subject; not so after `at length`.

    Args:
        text: of the telling.
        clause: that the mention stands in.
        mention: a name, description or pronoun.
    """
    match = _PREPOSITION.search(text, max(clause.start, mention.span.start - 18), mention.span.start)
    if match is None or _NO_PREPOSITION.search(text, clause.start, mention.span.start) is not None:
        return False
    if _CONJOINS.fullmatch(match[0]) and text[clause.start : match.start()].rstrip()[-1:] in (*",;:—–-", ""):
        return False
    return not (match[0].lower().startswith("for") and _FOR_TO.match(text, mention.span.end))


def subject_before(text: str, clause: Span, mentions: Sequence[Mention], verb: re.Match[str]) -> Mention | None:
    """Return the subject of a verb of speech among the mentions before it; None where none is clearly it.

    Args:
        text: of the telling.
        clause: the sentence.
        mentions: nominative ones that end before the verb, in order.
        verb: as `speech_verb` found it.
    """
    for mention in reversed(mentions):
        if _is_subject(text, clause, mention, verb):
            return mention
    return None


def _is_subject(text: str, clause: Span, mention: Mention, verb: re.Match[str]) -> bool:
    between = text[mention.span.end : verb.start()]
    if between[:1] in ("'", "’"):
        return verb[0] in words("verbs", "gerunds") and _GERUND_SUBJECT.fullmatch(between) is not None
    if _SAYS_WHO.fullmatch(between):
        return True
    placed = is_placed(text, clause, mention)
    head = text[clause.start : mention.span.start]
    begins = (_BEGINS if mention.form == "pronoun" else _BEGINS_NOUN).search(head)
    if not placed and len(between.split()) <= 2 and "," not in between:
        return begins is not None or mention.form == "pronoun" or _JOINED.search(between) is None
    if placed:
        return _RELATIVE.match(between) is not None
    if not _ACTS.match(between) or (begins is None and mention.form != "pronoun"):
        return False
    return begins is None or _reaches(begins, between, verb[0])


def _reaches(begins: re.Match[str], between: str, verb: str) -> bool:
    """Whether a clause that begins so has not ended before the verb."""
    gerund = verb in words("verbs", "gerunds")
    if begins["let"]:
        return gerund or verb in words("verbs", "bases")
    under = (begins["under"] or begins["that"] or "").lower()
    if not under or "," not in between or _APPOSED.fullmatch(between):
        return True
    if gerund:
        return under in _SINCE
    return under == "that" or (under in ("when", "till") and begins.string[: begins.start()].rstrip()[-1:] == ",")
