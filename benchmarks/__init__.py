"""Measures quality and speed; imports fabula, never the reverse."""
