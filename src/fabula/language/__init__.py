"""Chapter 3, LANGUAGE: tokens and sentences."""

from fabula.language.sentences import find_sentences
from fabula.language.tokens import find_tokens

__all__ = ["find_sentences", "find_tokens"]
