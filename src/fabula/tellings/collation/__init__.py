"""Which lines of two tellings are one, in any order, and which words in them differ."""
