"""Given names, the short forms among them."""

from __future__ import annotations

from fabula.lexicon import forms, words


def is_given_name(name: str, *, short: bool = True) -> bool:
    """Whether a name is a known given name.

    Args:
        name: in any case.
        short: whether short forms count too, apart from those that are everyday words.
    """
    lower = name.lower()
    if lower in words("given_names", "female", "male"):
        return True
    return short and lower in forms("nicknames") and lower not in words("nicknames", "common")
