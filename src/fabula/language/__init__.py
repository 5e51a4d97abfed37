"""Chapter 3, LANGUAGE: which language, tokens, sentences."""

from fabula.language.detect import READS, find_language, is_read, language_name
from fabula.language.parses import read_words
from fabula.language.sentences import find_sentences
from fabula.language.tokens import find_tokens

__all__ = ["READS", "find_language", "find_sentences", "find_tokens", "is_read", "language_name", "read_words"]
