"""Fits what the package ships; imports fabula, never the reverse."""
