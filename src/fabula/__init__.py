"""Fabula reads fiction and rebuilds the story behind it."""

__version__ = "0.1.0"
