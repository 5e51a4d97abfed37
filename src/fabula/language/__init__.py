"""Chapter 3, LANGUAGE: which language, tokens, sentences."""

from fabula.language.detect import find_language
from fabula.language.sentences import find_sentences
from fabula.language.tokens import find_tokens

__all__ = ["find_language", "find_sentences", "find_tokens"]
