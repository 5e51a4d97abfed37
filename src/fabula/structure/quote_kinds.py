"""Speech, or a title, or words merely mentioned?

A quotation is taken for speech unless its form and place speak against it. Each feature adds a weight, the sum is the
log odds that it is speech; the weights are in `quote_weights`, learned by `training/quote_kinds.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from fabula import lexicon
from fabula.spans import Span
from fabula.story import Paragraph, Quote
from fabula.story.text import QuoteKind
from fabula.structure.quote_weights import BIAS, THRESHOLD, WEIGHTS

_listed = partial(lexicon.words, "quotations")
_LOOSE, _FEW = 0.15, 3  # share and number of paragraphs' first quotations that end in a letter; edited prose has 0.05
_NEAR = 40  # code points before and after a quotation that are looked at
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_LED = re.compile(r"\b([a-z]+)[,:]\s+$")
_SALUTATION = re.compile(r"(?:my\s)?(?:very\s)?(?:dear|dearest)\b[^.!?\"]{0,40}?,?\s?(?:--|—|\n|$)", re.IGNORECASE)
_VALEDICTION = re.compile(
    r"\b(?:Yours|Your (?:\w+ ){0,3}(?:friend|servant|son|daughter|sister|brother|mother|father))\b.{0,40}$", re.DOTALL
)
_ABROAD = frozenset({"guillemet", "low", "corner"})  # marks of other languages: the weights are of English
_LEADING = (("mention", "mentioning"), ("determiner", "determiners"), ("speaking", "speaking"))
_FINAL = frozenset(".!?…,。！？、")


def features(text: str, quote: Quote, paragraph: Span, floor: int, *, loose: bool = False) -> Iterator[str]:
    """Yield the names of the features that a quotation has.

    Args:
        text: all of it.
        quote: the quotation.
        paragraph: where it stands.
        floor: end of the quotation of the same depth before it; the paragraph's start where there is none.
        loose: whether this text often leaves out the comma or full stop that ends speech; then its lack says nothing.
    """
    inner = quote.inner.of(text).strip(" \t\n'‘’\"“”_*")
    before = text[max(floor, quote.span.start - _NEAR) : quote.span.start].rstrip(" \t\n_*'‘\"“")
    after = text[quote.span.end : min(paragraph.end, quote.span.end + _NEAR)].lstrip("_*'’\"”")
    yield from (name for name in _inside(inner) if not (loose and name.endswith("last=letter")))
    yield from _before(before, first=floor == paragraph.start, begins=quote.span.start == paragraph.start)
    if quote.span.start == paragraph.start:
        yield from _lead(text[max(0, paragraph.start - 2 * _NEAR) : paragraph.start])
    yield from _after(after)
    spoken = _says(before[-_NEAR:]) or _says(after)
    if spoken:
        yield "near=tag"
    if not inner[:1].isupper() and not spoken:
        yield "lower,untagged"
    if not loose and inner[-1:].isalpha() and after[:1] == " " and after.lstrip()[:1].islower():
        yield "amid"
    near = [word.lower() for word in _WORD.findall(before)[-5:]]
    if not _listed("unreal").isdisjoint(near):
        yield "before~unreal"
    if not _listed("written").isdisjoint(near):
        yield "before~written"
    if not _listed("thought").isdisjoint((*near, *(word.lower() for word in _WORD.findall(after)[:4]))):
        yield "near~thought"


def _lead(lead: str) -> Iterator[str]:
    """Look at the end of the paragraph before, which may announce this one."""
    said = lead.rstrip()
    if said[-1:] in (":", ",", "-", "–", "—") and said[-1:]:
        yield "lead=open"
        near = [word.lower() for word in _WORD.findall(said)[-8:]]
        if not _listed("written").isdisjoint(near):
            yield "lead~written"
        if not _listed("unreal").isdisjoint(near):
            yield "lead~unreal"
        if not _listed("speaking").isdisjoint(near):
            yield "lead~speaking"


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
    if _SALUTATION.match(inner) or _VALEDICTION.search(inner[-60:]):
        yield "inside=letter"
    if count and inner.isupper() and len(inner) > 1:
        yield "inside=shouted"


def _voice(words: set[str], *, long: bool) -> Iterator[str]:
    """Tell talk from report: `I`, `you` and the present against `she` and the past."""
    talk = bool(words & _listed("talkers"))
    if talk:
        yield "inside=talker"
    if words & _listed("calls"):
        yield "inside=call"
    if words & _listed("others") and not talk:
        yield "inside=others"
        if words & _listed("backshift"):
            yield "inside=others,backshift" + ("" if words & _listed("present") else ",no present")
    elif words & _listed("backshift") and not talk and long:
        yield "inside=backshift"


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
        yield "before=" + next((name for name, listed in _LEADING if word in _listed(listed)), "word")
    if first:
        yield "first in paragraph"


def _after(after: str) -> Iterator[str]:
    rest = after.lstrip()
    if not rest:
        yield "after=end"
    elif after[0].isspace():
        yield "after=" + ("lower" if rest[0].islower() else "upper" if rest[0].isupper() else "other")
        word = _WORD.match(rest)
        if word and word.group().lower() in _listed("persons"):
            yield "after=person"
    else:
        yield "after=" + ("dash" if after[0] in "-–—" else "comma" if after[0] in ",.;:" else "odd")


def _last_word(before: str) -> str:
    found = _WORD.findall(before[-20:])
    return found[-1].lower() if found else ""


def _says(near: str) -> bool:
    return any(word.lower() in _listed("speaking") for word in _WORD.findall(near))


def score(text: str, quote: Quote, paragraph: Span, floor: int, *, loose: bool = False) -> float:
    """Return the log odds that a quotation is speech; see `features` for the arguments."""
    return BIAS + sum(WEIGHTS.get(feature, 0.0) for feature in features(text, quote, paragraph, floor, loose=loose))


def is_loose(text: str, openers: Sequence[Quote]) -> bool:
    """Say whether a text often ends speech without any punctuation.

    Args:
        text: all of it.
        openers: the quotations that begin a paragraph: hardly ever anything but speech.
    """
    bare = sum(1 for quote in openers if quote.inner.length and text[quote.inner.end - 1].isalnum())
    return bare >= max(_FEW, _LOOSE * len(openers))


def kind_of(text: str, quote: Quote, paragraph: Paragraph, floor: int, *, loose: bool) -> QuoteKind:
    """Say what a quotation is.

    Args:
        text: all of it.
        quote: the quotation.
        paragraph: where it stands; what stands in a heading is never speech.
        floor: end of the quotation of the same depth before it; the paragraph's start where there is none.
        loose: see `is_loose`.
    """
    if quote.style in {"dash", "cue"} or not quote.closed or not quote.opened:
        return "speech"
    if paragraph.kind == "heading":
        said = False
    elif quote.style in _ABROAD:
        said = _plainly_said(text, quote, floor)
    else:
        led = _is_led(text[max(floor, quote.span.start - _NEAR) : quote.span.start])
        said = led or score(text, quote, paragraph.span, floor, loose=loose) >= THRESHOLD
    if said:
        return "speech"
    if _is_written(text, quote, paragraph.span, floor):
        return "written"
    if quote.inner.end == quote.span.end:  # it runs on into the next paragraph: too long for a name
        return "speech"
    return "title" if _is_name(text, quote) else "scare"


def _is_led(before: str) -> bool:
    """Whether a plain verb of speech and a comma or colon lead up to a quotation: `he said, "Stay here."`."""
    match = _LED.search(before)
    return match is not None and match[1] in lexicon.words("verbs", "plain")


def _plainly_said(text: str, quote: Quote, floor: int) -> bool:
    """Judge without knowing the language: a few words amid a sentence are not said."""
    before = text[max(floor, quote.span.start - _NEAR) : quote.span.start].rstrip()
    amid = before[-1:].isalpha() or text[quote.span.end : quote.span.end + 2].strip()[:1].islower()
    inner = quote.inner.of(text).strip()
    return not (amid and before and len(_WORD.findall(inner)) < 5 and inner[-1:] not in _FINAL)


def _is_written(text: str, quote: Quote, paragraph: Span, floor: int) -> bool:
    """Whether words of writing stand around more than a name: a letter, a note, an inscription."""
    inner = quote.inner.of(text)
    if _SALUTATION.match(inner) or _VALEDICTION.search(inner[-_NEAR:]):
        return True
    near = text[
        max(0 if quote.span.start == paragraph.start else floor, quote.span.start - 2 * _NEAR) : quote.span.start
    ]
    words = [word.lower() for word in _WORD.findall(near)[-8:]]
    return len(_WORD.findall(inner[: 8 * _NEAR])) > 4 and not _listed("written").isdisjoint(words)


def _is_name(text: str, quote: Quote) -> bool:
    """Whether every longer word inside has a capital, as in a title or a name."""
    words = _WORD.findall(quote.inner.of(text))
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() for word in words if len(word) > 4)
