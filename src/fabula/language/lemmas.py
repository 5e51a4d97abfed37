"""Dictionary forms of English words: irregular ones from a list, all others by the rules of spelling."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from fabula.lexicon import inflected, words

_VERB = {"VBD": ("ed", "d"), "VBN": ("ed", "d"), "VBG": ("ing", "in'"), "VBZ": ("s", "eth")}
_NOUN = {"NNS": ("s",), "NNPS": ("s",)}
_GRADE = {"JJR": ("er",), "JJS": ("est",), "RBR": ("er",), "RBS": ("est",)}
_ENDINGS = _VERB | _NOUN | _GRADE
_CLOSED = frozenset("CC CD DT EX IN MD PDT PRP PRP$ RB TO WDT WP WP$ WRB".split())
_TABLES = {"VB": "verbs", "NN": "nouns", "JJ": "adjectives", "RB": "adverbs"}
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"[aeiouy]([bcdgkmnprtvz])\1$|[aeiouy][^aeiouy]+[aeiou](l)\2$")
# Nothing but an "e" can have stood behind these: danc-ed, argu-ed, clos-ed, handl-ed, judg-ed, creat-ed.
_BEFORE_E = re.compile(
    r"(?:[cuvz]|[^s]s|[bcdfgkptz]l|[dr]g|[^aeiouy]..*[^aeo][aiu]t|[^aeiou][ai]d|[iy]r|^[^aeiouy]*(?:qu)?[aeiouy][^aeiouywx])$"
)
_MARKS = str.maketrans("“”‘’–", "\"\"''-")


def lemma_of(word: str, xpos: str, known: Set[str], *, cased: bool = False) -> str:
    """Return the dictionary form of an English word.

    Args:
        word: as written.
        xpos: its part of speech in the Penn Treebank, as the network says.
        known: words of the same text in small letters; they tell "hoped" of hope from "hopped" of hop where
            spelling alone does not.
        cased: whether its capitals belong to it ("an English rose"), rather than to its place.
    """
    if xpos.startswith("NNP"):
        return word.removesuffix("s") if xpos == "NNPS" and word.lower().removesuffix("s") in known else word
    form = word.lower().translate(_MARKS)
    if xpos == "CD":
        return form.replace(",", "")
    if xpos == "POS":
        return "'s"
    if xpos in _CLOSED:
        return _particle(form, xpos)
    irregular = inflected("inflections", _TABLES.get(xpos[:2], "particles")).get(form)
    if irregular is not None and (irregular == form or xpos not in ("VB", "NN", "JJ", "RB")):
        return irregular
    ending = next((end for end in _ENDINGS.get(xpos, ()) if form.endswith(end)), "")
    stem = form.removesuffix(ending)
    if not ending or not _VOWEL.search(stem):
        made = form
    else:
        made = _singular(form, known) if ending == "s" else _base(stem, ending, known)
    return word[: len(made)] if cased and form.startswith(made) else made


def _particle(form: str, xpos: str) -> str:
    if form == "her" and xpos == "PRP":
        return "she"
    if form in ("'s", "s") and xpos == "PRP":
        return "we"
    return "I" if form == "i" and xpos == "PRP" else inflected("inflections", "particles").get(form, form)


def _singular(form: str, known: Set[str]) -> str:
    """Return a noun without its plural, or a verb without the ending of "she says"."""
    if form.endswith(("ss", "us", "is")) or len(form) < 4:
        return form
    if form.endswith("ies"):
        with_y = f"{form[:-3]}y"
        return form[:-1] if len(form) == 4 or (form[:-1] in known and with_y not in known) else with_y
    hissing = form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes"))
    return form[:-2] if hissing and form[:-1] not in known else form[:-1]


def _base(stem: str, ending: str, known: Set[str]) -> str:
    """Return what stood before "ed", "ing", "er" or "est"; what spelling suggests, unless the text shows another."""
    likely = _spelt(stem, ending)
    if likely in known:
        return likely
    others = (f"{stem}e", stem, stem[:-1] if stem[-1:] == stem[-2:-1] else "")
    return next((other for other in others if other in known), likely)


@cache
def _spelt(stem: str, ending: str) -> str:
    if ending != "ing" and stem.endswith("i"):
        return f"{stem[:-1]}{'y' if len(stem) > 2 else 'ie'}"
    if f"{stem}e" in words("inflections", "silent_e") or (ending != "ing" and stem.endswith("e")):
        return f"{stem}e"
    if stem in words("inflections", "plain"):
        return stem
    if _DOUBLED.search(stem):
        return stem[:-1]
    return f"{stem}e" if _BEFORE_E.search(stem) else stem
