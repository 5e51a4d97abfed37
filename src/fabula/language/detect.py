"""Which language a text is in, from its script and its commonest words."""

from __future__ import annotations

from collections import Counter

import regex

from fabula.lexicon.function_words import FUNCTION_WORDS, SCRIPTS
from fabula.lexicon.language_names import LANGUAGE_NAMES

READS = "en"
"""The language whose people and speech are read; others are read for structure and quotations."""

_SAMPLE = 20_000
_WORD = regex.compile(r"\p{L}+(?:['’]\p{L}+)?")
_LETTER = regex.compile(r"\p{L}")
_SCRIPTS = {tag: regex.compile(f"[{letters}]") for tag, letters in SCRIPTS.items()}
_UKRAINIAN = regex.compile(r"[іїєґ]")


def is_read(tag: str) -> bool:
    """Whether people and speech of texts in a language are read.

    Args:
        tag: BCP 47.
    """
    return _primary(tag) == READS


def language_name(tag: str) -> str:
    """Return the English name of a language, or its tag where we have none.

    Args:
        tag: BCP 47, with or without a region (`fr-CA`).
    """
    return LANGUAGE_NAMES.get(_primary(tag), tag)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-", maxsplit=1)[0].lower()


def find_language(text: str) -> str:
    """Return the language of a text, as a guess.

    Args:
        text: a sentence is the least; a page is enough.

    Returns:
        BCP 47 tag of the language; `und` where the text is too short or its words tell too little.
    """
    sample = text if len(text) <= 3 * _SAMPLE else text[_SAMPLE : 2 * _SAMPLE] + text[-_SAMPLE:]
    letters = len(_LETTER.findall(sample))
    if letters < 20:
        return "und"
    for tag, script in _SCRIPTS.items():
        # Japanese mixes its own letters with Chinese ones.
        if len(script.findall(sample)) > (0.1 if tag == "ja" else 0.5) * letters:
            return "uk" if tag == "ru" and len(_UKRAINIAN.findall(sample)) > 0.01 * letters else tag
    return _by_words(Counter(word.replace("’", "'") for word in _WORD.findall(sample.lower())))


def _by_words(counts: Counter[str]) -> str:
    """Return the language whose function words cover most of the words, if it is clearly ahead."""
    total = counts.total()
    cover = sorted(
        ((sum(counts[word] for word in words) / total, tag) for tag, words in FUNCTION_WORDS.items()), reverse=True
    )
    (best, tag), (second, _) = cover[0], cover[1]
    return tag if total >= 8 and best >= 0.2 and best >= 1.1 * second else "und"
