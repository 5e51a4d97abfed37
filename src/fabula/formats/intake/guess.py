"""Which of the old eight-bit and East Asian encodings bytes are in, where UTF-8 does not fit.

Statistical detectors mistake short English texts with a few typographic marks (and hold Windows-1250 for
Windows-1252), so the encodings of Western Europe are told apart here by whether each letter and each mark stands
where it can stand; charset-normalizer decides the rest.
"""

from __future__ import annotations

import re

_WESTERN = ("cp1252", "mac_roman", "cp850")
_EASTERN_LATIN = frozenset(
    {
        "Polish",
        "Czech",
        "Slovak",
        "Hungarian",
        "Romanian",
        "Croatian",
        "Slovene",
        "Turkish",
        "Lithuanian",
        "Vietnamese",
    }
)
_SAMPLE = 1 << 14
_LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ")
_OPENING, _CLOSING = frozenset("“‘„‚¿¡"), frozenset("”’…")
_FREE = frozenset("–—«»\xa0°£§©½¼¾·")
_HIGH = re.compile("[^\x00-\x7f]")


def guess_encoding(data: bytes) -> str:
    """Guess the encoding of bytes that are text, but not UTF-8.

    Args:
        data: without NULs.

    Returns:
        A name that Python knows; `cp1252` where nothing speaks for another.
    """
    sample = _lines_with_high_bytes(data)
    high = sum(byte > 0x7F for byte in sample)
    letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in sample)
    if high * 2 > letters:
        return _by_statistics(sample)[0] or "cp1252"
    scores = {name: _fit(sample, name) for name in _WESTERN}
    best = max(scores, key=lambda name: scores[name])
    guess, language = _by_statistics(sample)
    eastern = language in _EASTERN_LATIN and high >= 30 and _foreign_letters(sample, guess) >= 4
    return guess if guess and (eastern or scores[best] < 0.5) else best


def _lines_with_high_bytes(data: bytes) -> bytes:
    """Gather whole lines, so that no character of several bytes is cut."""
    lines, size = [], 0
    for match in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", data):
        lines.append(match.group()[: _SAMPLE - size])
        size += len(lines[-1]) + 1
        if size >= _SAMPLE:
            break
    return b"\n".join(lines)


def _by_statistics(sample: bytes) -> tuple[str | None, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return (best.encoding, best.language) if best else (None, "")


def _foreign_letters(sample: bytes, encoding: str | None) -> int:
    """Return how many different letters there are that Western Europe does not use."""
    words = sample.decode(encoding or "cp1252", "replace")
    return len({letter for letter in _HIGH.findall(words) if letter.isalpha() and letter not in _LETTERS})


def _fit(sample: bytes, encoding: str) -> float:
    """Return the mean plausibility of what is not ASCII, from -1 to 1."""
    words = f" {sample.decode(encoding, 'replace')} "
    fits = [_plausible(words[at - 1], words[at], words[at + 1]) for at in _high_offsets(words)]
    return sum(fits) / len(fits) if fits else 0.0


def _high_offsets(words: str) -> list[int]:
    return [match.start() for match in _HIGH.finditer(words)]


def _plausible(before: str, here: str, after: str) -> float:
    if here in _LETTERS:
        misplaced = here.isupper() and before.islower()
        return -1.0 if misplaced else 1.0
    if here in _OPENING:
        return 1.0 if not before.isalnum() and not after.isspace() else -1.0
    if here in _CLOSING:
        return 1.0 if not before.isspace() or after.isalnum() else -1.0
    return 0.9 if here in _FREE else -1.0
