"""Speech, or a title, or words merely mentioned?

A quotation is taken for speech unless its form and place speak against it. Each feature adds a weight, the sum is the
log odds that it is speech; the weights are in `quote_weights`, learned by `training/quote_kinds.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fabula.spans import Span
from fabula.story import Paragraph, Quote
from fabula.story.text import QuoteKind
from fabula.structure.quote_weights import BIAS, THRESHOLD, WEIGHTS
from fabula.structure.quote_words import DETERMINERS, MENTIONING, SPEAKING

_NEAR = 40  # code points before and after a quotation that are looked at
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ABROAD = frozenset({"guillemet", "low", "corner"})  # marks of other languages: the weights are of English
_FINAL = frozenset(".!?…,。！？、")
_PERSONS = frozenset("he she they i we it you his her my".split())
_TALKERS = frozenset("i me my mine myself you your yours yourself we us our ours i'm i'll i've i'd you're".split())
_CALLS = frozenset("oh ah yes no well please thank sir madam hush".split())
_OTHERS = frozenset("he she they him her them his hers their himself herself themselves".split())
_BACKSHIFT = frozenset("was were had would could should might did must wasn't hadn't wouldn't couldn't didn't".split())
_UNREAL = frozenset(
    """would could might should must almost never not if to meant mean means meaning implied implying suggested
    suggesting signified indicating may can cannot couldn't wouldn't didn't felt feeling going wanted nearly""".split()
)
_WRITTEN = frozenset(
    """wrote written write writing letter letters note notes lines line postscript telegram card page read reads
    reading began begins contents follows ran runs inscription words""".split()
)
_THOUGHT = frozenset("thought thinks think reflected felt mused feeling mind mentally wondered heart".split())


def features(text: str, quote: Quote, paragraph: Span, floor: int) -> Iterator[str]:
    """Yield the names of the features that a quotation has.

    Args:
        text: all of it.
        quote: the quotation.
        paragraph: where it stands.
        floor: end of the quotation of the same depth before it; the paragraph's start where there is none.
    """
    inner = quote.inner.of(text).strip(" \t\n'‘’\"“”_*")
    before = text[max(floor, quote.span.start - _NEAR) : quote.span.start].rstrip(" \t\n_*'‘\"“")
    after = text[quote.span.end : min(paragraph.end, quote.span.end + _NEAR)].lstrip("_*'’\"”")
    yield from _inside(inner)
    yield from _before(before, first=floor == paragraph.start, begins=quote.span.start == paragraph.start)
    yield from _after(after)
    spoken = _says(before[-_NEAR:]) or _says(after)
    if spoken:
        yield "near=tag"
    if not inner[:1].isupper() and not spoken:
        yield "lower,untagged"
    if inner[-1:].isalpha() and after[:1] == " " and after.lstrip()[:1].islower():
        yield "amid"
    near = [word.lower() for word in _WORD.findall(before)[-5:]]
    if not _UNREAL.isdisjoint(near):
        yield "before~unreal"
    if not _WRITTEN.isdisjoint(near):
        yield "before~written"
    if not _THOUGHT.isdisjoint((*near, *(word.lower() for word in _WORD.findall(after)[:4]))):
        yield "near~thought"


def _inside(inner: str) -> Iterator[str]:
    words = _WORD.findall(inner)
    count = len(words)
    yield "words=" + (str(count) if count < 6 else "6-9" if count < 10 else "10-19" if count < 20 else "20+")
    last = inner[-1:]
    final = last if last in {",", ".", "!", "?", ";", ":"} else "-" if last in "-–—…" and last else "letter"
    yield "last=" + final
    if count < 6:
        yield "short,last=" + final
    yield "first=" + ("upper" if inner[:1].isupper() else "lower" if inner[:1].islower() else "other")
    lower = {word.lower().replace("’", "'") for word in words}
    yield from _voice({*lower, *(word.split("'")[0] for word in lower)}, long=count > 4)
    if count > 1 and sum(word[0].isupper() for word in words) * 2 > count + 1:
        yield "inside=capitals"
    if count and inner.isupper() and len(inner) > 1:
        yield "inside=shouted"


def _voice(words: set[str], *, long: bool) -> Iterator[str]:
    """Tell talk from report: `I`, `you` and the present against `she` and the past."""
    talk = bool(words & _TALKERS)
    if talk:
        yield "inside=talker"
    if words & _CALLS:
        yield "inside=call"
    if words & _OTHERS and not talk:
        yield "inside=others"
        if words & _BACKSHIFT:
            yield "inside=others,backshift"
    elif words & _BACKSHIFT and not talk and long:
        yield "inside=backshift"
    if words & {"dear", "dearest", "yours", "affectionate", "sincerely", "obedient"}:
        yield "inside=letter"


def _before(before: str, *, first: bool, begins: bool) -> Iterator[str]:
    if begins:
        yield "before=paragraph"
        return
    mark = before[-1:]
    if not mark:
        yield "before=quotation"
    elif mark in ".!?…":
        yield "before=stop"
    elif mark in ",:;":
        yield "before=" + mark
    elif mark in "-–—":
        yield "before=dash"
    elif mark in "([":
        yield "before=bracket"
    else:
        word = _last_word(before)
        for name, words in (("mention", MENTIONING), ("determiner", DETERMINERS), ("speaking", SPEAKING)):
            if word in words:
                yield "before=" + name
                break
        else:
            yield "before=word"
    if first:
        yield "first in paragraph"


def _after(after: str) -> Iterator[str]:
    rest = after.lstrip()
    if not rest:
        yield "after=end"
    elif after[0].isspace():
        yield "after=" + ("lower" if rest[0].islower() else "upper" if rest[0].isupper() else "other")
        word = _WORD.match(rest)
        if word and word.group().lower() in _PERSONS:
            yield "after=person"
    else:
        yield "after=" + ("dash" if after[0] in "-–—" else "comma" if after[0] in ",.;:" else "odd")


def _last_word(before: str) -> str:
    found = _WORD.findall(before[-20:])
    return found[-1].lower() if found else ""


def _says(near: str) -> bool:
    return any(word.lower() in SPEAKING for word in _WORD.findall(near))


@cache
def _weight(feature: str) -> float:
    return WEIGHTS.get(feature, 0.0)


def score(text: str, quote: Quote, paragraph: Span, floor: int) -> float:
    """Return the log odds that a quotation is speech; see `features` for the arguments."""
    return BIAS + sum(_weight(feature) for feature in features(text, quote, paragraph, floor))


def kind_of(text: str, quote: Quote, paragraph: Paragraph, floor: int) -> QuoteKind:
    """Say what a quotation is.

    Args:
        text: all of it.
        quote: the quotation.
        paragraph: where it stands; what stands in a heading is never speech.
        floor: end of the quotation of the same depth before it; the paragraph's start where there is none.
    """
    if quote.style in {"dash", "cue"} or quote.continues or not quote.closed or not quote.opened:
        return "speech"
    likely = _plainly_said if quote.style in _ABROAD else _scored
    if paragraph.kind != "heading" and likely(text, quote, paragraph.span, floor):
        return "speech"
    return "title" if _is_name(text, quote) else "scare"


def _scored(text: str, quote: Quote, paragraph: Span, floor: int) -> bool:
    return score(text, quote, paragraph, floor) >= THRESHOLD


def _plainly_said(text: str, quote: Quote, paragraph: Span, floor: int) -> bool:
    """Judge without knowing the language: a few words amid a sentence are not said."""
    before = text[max(floor, quote.span.start - _NEAR) : quote.span.start].rstrip()
    amid = before[-1:].isalpha() or text[quote.span.end : quote.span.end + 2].strip()[:1].islower()
    inner = quote.inner.of(text).strip()
    return not (amid and before and len(_WORD.findall(inner)) < 5 and inner[-1:] not in _FINAL)


def _is_name(text: str, quote: Quote) -> bool:
    """Whether every longer word inside has a capital, as in a title or a name."""
    words = _WORD.findall(quote.inner.of(text))
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() for word in words if len(word) > 4)
