"""Speech tags: a verb of speech and its subject beside a quotation; and beats, where the subject only acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from fabula.lexicon import words
from fabula.spans import Span
from fabula.speech.second import YOU
from fabula.speech.tagging.clauses import clause_after, first_sentence, last_sentence
from fabula.speech.tagging.leading import OTHER, has_particle, is_placed, nominative, speech_verb, subject_before
from fabula.speech.tagging.noun_tags import noun_tag_after, noun_tag_before
from fabula.speech.view import View
from fabula.story import Gender, Mention

_INVERTED = re.compile(
    r"[\s,;:—–*_-]*(?:(?:[a-z]+ly|then|next|thus|very|rather|quite|somewhat|more|most|at last|at length"
    r"|again)\s+){0,3}"
    r"([a-z]+)\s+"
)
_ASIDE = re.compile(r"[\s,;:—–*_-]*([a-z]+),\s[^,.;:!?\"“”]{1,60},\s+")
"""A verb of speech with words set between it and its subject: `said, with a sigh, the doctor`."""
_LEAD = re.compile(
    r"[\s,;:—–*_-]*(?:(?:and|but|then|so|at last|at length|here|it (?:was|is)|[a-z]+ly)\s+)?"
    r"(?:(?:the|poor|old|young|little|dear|good)\s+(?:(?!and\b|of\b|with\b)[a-z-]+\s+){0,2})?$",
    re.IGNORECASE,
)
"""What may stand between a quotation and the subject of its tag: `then the good Mrs. Hale`."""
_SKIP = re.compile(r"(?:\s*,[^,.;:]{1,60},\s*|\s+)?((?:[a-z]+(?:\s+|,\s*)){0,4})", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_STOPPED = re.compile(r"[.!?]\s*[—–-]+$")
"""A sentence that has ended, though a dash follows."""
_TO = re.compile(r"\b(?:to|asked|told|addressed|addressing|at|upon|toward|towards)\s+$")
_SOMEBODY = (
    r"(?:some(?:one|body)(?: else)?|any(?:one|body)|every(?:one|body)|(?:they|we|you) (?:all|both)|all of (?:them|us)"
    r"|both of (?:them|us)|one of (?:the|his|her|my|their) \w+|another(?: of (?:them|the \w+))?|several(?: voices)?"
    r"|a (?:second|third|fourth)(?: voice)?)"
)
_SOMEBODY_AFTER = re.compile(
    rf"[\s,—–*_-]*(?:(?P<inverted>[a-z]+)\s+(?P<whom>{_SOMEBODY})\b|(?P<who>{_SOMEBODY})\s+(?:[a-z]+ly\s+)?(?P<verb>[a-z]+)\b)",
    re.IGNORECASE,
)
_THEY_AFTER = re.compile(r"[\s,—–*_-]*(?P<who>they)\s+(?:[a-z]+ly\s+)?(?P<verb>[a-z]+)\b")
_THEY_BEGIN = re.compile(r"\s*(?P<who>They)\b")
_TOGETHER = re.compile(r"\b(?:every(?:one|body)|all|both|several)\b", re.IGNORECASE)
_GENDERS: dict[str, Gender] = {
    "he": "male",
    "she": "female",
    "him": "male",
    "her": "female",
    "his": "male",
    "they": "neutral",
}


_OWNER = re.compile(r"['’]s?\b")
_OWN = re.compile(
    r"['’]s?\s+(?:[a-z]+ ){0,2}?(?:eyes?|voice|face|hands?|mouth|brows?|lips?|head|shoulders?|smile|gaze|tone|jaw"
    r"|cheeks?|fingers?|breath|expression|grin|frown|eyebrows?|arms?|chin|nose|ears?|knees?|laugh|chuckle|sigh)\b"
)
_VOICE_OF = re.compile(r"\s+of\s+(?:[\w'’]+\s+){0,3}")


class Tag(NamedTuple):
    """Words that name a speaker.

    Attributes:
        span: the name, description or pronoun.
        form: `name`, `nominal`, `pronoun`, `first` for the narrator's `I` and the narration's `you`, or `somebody`
            for those whom the narration does not tell apart (someone, they all).
        character: id as the people chapter resolved it; None where it could not.
        gender: as far as the words tell.
        verb: verb of speech, in lower case; empty for a beat.
        hearer: id of the one the tag says is spoken to; None where it does not say.
        indefinite: a description of somebody new: `a man`.
        generic: a description that fits many: `the young man`, not `the doctor`; of `somebody`: they speak together.
    """

    span: Span
    form: str
    character: str | None
    gender: Gender
    verb: str
    hearer: str | None = None
    indefinite: bool = False
    generic: bool = False


def same_speaker(one: Tag, other: Tag) -> bool:
    """Whether two tags may name one person."""
    if one.form == other.form == "name" or "first" in (one.form, other.form):
        return one.character == other.character
    if one.form == other.form == "nominal" and None not in (one.character, other.character):
        return one.character == other.character
    return "unknown" in (one.gender, other.gender) or one.gender == other.gender


def made_tag(view: View, mention: Mention, verb: str, hearer: str | None = None) -> Tag:
    """Return the tag that a mention makes as a speaker."""
    mention = _voice_of(view, mention)
    word = mention.span.of(view.text).lower()
    form = mention.form
    if form == "pronoun":
        gender = _GENDERS.get(word, "unknown")
        if mention.character == YOU and word in ("you", "your"):
            return Tag(mention.span, "first", YOU, "unknown", verb, hearer)
        if word in ("i", "my", "me"):
            return Tag(mention.span, "first", view.narrator_at(mention.span.start), "unknown", verb, hearer)
        return Tag(mention.span, "pronoun", mention.character, gender, verb, hearer)
    who = view.characters.get(mention.character or "")
    new = form == "nominal" and word.split()[0] in ("a", "an", "another")
    wide = form == "nominal" and word.split()[-1] in words("person_nouns", "generic")
    return Tag(mention.span, form, mention.character, who.gender if who else "unknown", verb, hearer, new, wide)


def _voice_of(view: View, mention: Mention) -> Mention:
    """Return whose voice it is where the words go on to say: `the voice of her doorman Silver`."""
    if mention.form != "nominal" or not mention.span.of(view.text).lower().endswith("voice"):
        return mention
    after = view.mentions_in(Span(mention.span.end, mention.span.end + 40))
    owner = next((other for other in after if other.form == "name"), None)
    if owner is None or not _VOICE_OF.fullmatch(view.text, mention.span.end, owner.span.start):
        return mention
    return owner


_CLOSE = 30
"""Code points before a quotation within which a verb surely leads up to it."""


def tag_beside(view: View, quote: Span, before: Span, after: Span, *, first: bool) -> Tag | None:
    """Find the tag of a quotation on either side; the one that is closer to it in grammar where both are there.

    Args:
        view: what the speech chapter reads.
        quote: the quotation.
        before: narration that precedes in the paragraph, from the previous quotation on.
        after: what follows, up to the next quotation or the paragraph's end.
        first: whether no quotation precedes in the paragraph.
    """
    behind, ahead = tag_after(view, quote, after), tag_before(view, before, first=first)
    if behind is None or ahead is None:
        return behind or ahead
    if _is_apart(view.text, quote, behind) or after.of(view.text).rstrip()[-1:] in (",", ":"):
        return ahead
    named = behind.form == "pronoun" and ahead.form == "name" and same_speaker(behind, ahead)
    return ahead if named and ahead.verb in view.text[before.end - _CLOSE : before.end].split() else behind


def _is_apart(text: str, quote: Span, tag: Tag) -> bool:
    """Whether a tag after a quotation is a sentence of its own: `"Why?" She asked for more.`."""
    return tag.form == "pronoun" and text[tag.span.start].isupper() and _last_mark(text, quote) in ".!?"


def _last_mark(text: str, quote: Span) -> str:
    return text[quote.start : quote.end].rstrip("\"”’'»* _")[-1:]


def tag_after(view: View, quote: Span, narration: Span) -> Tag | None:
    """Find the tag that follows a quotation: `said he`, `the old man answered`.

    Args:
        view: what the speech chapter reads.
        quote: the quotation.
        narration: what follows, up to the next quotation or the paragraph's end.
    """
    clause = clause_after(view.text, narration)
    somebody = _SOMEBODY_AFTER.match(view.text, clause.start, clause.end)
    if somebody and _is_speech(somebody["verb"] or somebody["inverted"], loose=False):
        who = "who" if somebody["who"] else "whom"
        together = _TOGETHER.search(somebody[who]) is not None
        verb = somebody["verb"] or somebody["inverted"]
        return Tag(Span(*somebody.span(who)), "somebody", None, "unknown", verb, generic=together)
    owner = noun_tag_after(view, clause)
    if owner is not None:
        return made_tag(view, owner, "said")
    they = _THEY_AFTER.match(view.text, clause.start, clause.end)
    if they and _is_speech(they["verb"], loose=False):
        return made_tag(view, _mention_at(view, Span(*they.span("who"))), they["verb"])
    mentions = subjects(view.mentions_in(clause))
    if not mentions:
        return None
    aside = _ASIDE.match(view.text, clause.start, clause.end)
    if aside and _is_speech(aside[1], loose=False) and mentions[0].span.start == aside.end():
        return made_tag(view, mentions[0], aside[1], _hearer(view, mentions[1:]))
    comma = _last_mark(view.text, quote) in (",", "-", "—", "–", "…")
    inverted = _INVERTED.match(view.text, clause.start, clause.end)
    if (
        inverted
        and _is_speech(inverted[1], loose=comma or mentions[0].form == "name")
        and _near(view.text, inverted.end(), mentions[0])
    ):
        return made_tag(view, mentions[0], inverted[1], _hearer(view, mentions[1:]))
    first = mentions[0]
    if not _LEAD.fullmatch(view.text, clause.start, first.span.start):
        return None
    verb = _verb_after(view.text, first.span.end, clause.end, loose=comma)
    return made_tag(view, first, verb, _hearer(view, mentions[1:])) if verb else None


def _mention_at(view: View, pronoun: Span) -> Mention:
    """Return the mention that a pronoun is, whether or not it is known whom it means."""
    return next(iter(view.mentions_in(pronoun)), Mention(pronoun, "pronoun"))


def subjects(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions that may be a subject: no `him`, `my`, `you`."""
    return [
        mention
        for mention in mentions
        if mention.form != "pronoun"
        or mention.span.length <= 3
        or (mention.span.length == 4 and mention.character is not None)
    ]


def _near(text: str, at: int, mention: Mention) -> bool:
    between = text[at : mention.span.start]
    return mention.span.start >= at and len(between) < 24 and not re.search(r"[.,;:—]|\b(?:to|with|at|of)\b", between)


def _verb_after(text: str, at: int, end: int, *, loose: bool) -> str:
    """Return the verb of speech among the next few words; empty where there is none."""
    match = _SKIP.match(text, at, min(end, at + 110))
    if not match:
        return ""
    for number, word in enumerate(islice(_WORD.finditer(text, match.start(1), min(end, match.start(1) + 60)), 4)):
        if _is_speech(word[0], loose=loose and number == 0) and has_particle(text, word):
            return word[0]
    return ""


def _is_speech(word: str, *, loose: bool) -> bool:
    """Whether a word is a verb of speech; `loose` lets any past tense pass, as after a comma."""
    spoken = words("verbs", "speech")
    if word in spoken or (word.endswith("s") and not spoken.isdisjoint(_pasts(word))):
        return True
    return loose and len(word) > 4 and word.endswith("ed") and word not in words("verbs", "person")


def _pasts(word: str) -> tuple[str, ...]:
    """Return the regular past tenses that a verb in the present may have: `drawls`, `drawled`."""
    stem = word[:-1]
    return (stem + "ed", stem + "d", word[:-2] + "ed", word[:-3] + "ied" if word.endswith("ies") else stem + "ed")


def _hearer(view: View, mentions: Sequence[Mention]) -> str | None:
    for mention in mentions:
        if _TO.search(view.text, max(0, mention.span.start - 12), mention.span.start):
            return mention.character
    return None


def tag_before(view: View, narration: Span, *, first: bool) -> Tag | None:
    """Find the tag that leads up to a quotation: `He turned and said, "…"`.

    Args:
        view: what the speech chapter reads.
        narration: what precedes in the paragraph, from the previous quotation on.
        first: whether no quotation precedes in the paragraph.
    """
    words_before = view.text[narration.start : narration.end].rstrip()
    if (
        not words_before
        or _STOPPED.search(words_before)
        or (words_before[-1] not in ",:—–-" and not _open_end(words_before))
    ):
        return None
    clause = last_sentence(view.text, narration)
    owner = noun_tag_before(view, clause)
    if owner is not None:
        return made_tag(view, owner, "said")
    inside = view.mentions_in(clause)
    verb = speech_verb(view.text, clause)
    if verb is not None:
        return _subject_of(view, nominative(view.text, inside), clause, verb)
    anybody = subjects(inside)
    return made_tag(view, anybody[0], "") if anybody and words_before[-1] == ":" and first else None


def _open_end(text: str) -> bool:
    """Whether narration breaks off without a stop: `She said "…"`."""
    return text[-1].isalpha()


def _subject_of(view: View, mentions: Sequence[Mention], clause: Span, verb: re.Match[str]) -> Tag | None:
    before = [mention for mention in mentions if mention.span.end <= verb.start()]
    after = [mention for mention in mentions if mention.span.start >= verb.end()]
    hearer = _hearer(view, after)
    subject = subject_before(view.text, clause, before, verb)
    free = [m for m in before if not is_placed(view.text, clause, m)]
    if subject or free:
        subject = subject or free[0]
        if OTHER.search(view.text, subject.span.end, verb.start()):
            return None
        return made_tag(view, subject, verb[0], hearer)
    inverted = verb[0] in words("verbs", "speech") - words("verbs", "bases")
    if inverted and after and not view.text[verb.end() : after[0].span.start].strip():
        return made_tag(view, after[0], verb[0], None)
    return None


def beat(view: View, narration: Span, *, last: bool) -> Tag | None:
    """Return the subject of narration beside a quotation; None where nobody is named.

    Args:
        view: what the speech chapter reads.
        narration: before or after the quotation, in its paragraph.
        last: look at the last sentence, else at the first.
    """
    if not narration.length:
        return None
    sentence = last_sentence(view.text, narration) if last else first_sentence(view.text, narration)
    they = _THEY_BEGIN.match(view.text, sentence.start, sentence.end)
    if they is not None:
        return made_tag(view, _mention_at(view, Span(*they.span("who"))), "")
    free = [
        mention
        for mention in subjects(view.mentions_in(sentence))
        if not is_placed(view.text, sentence, mention)
        and (not _OWNER.match(view.text, mention.span.end) or _OWN.match(view.text, mention.span.end))
    ]
    return made_tag(view, free[0], "") if free else None
