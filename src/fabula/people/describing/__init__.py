"""Descriptions: the old man, her aunt, and whom they stand for."""
