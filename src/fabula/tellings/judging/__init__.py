"""Which linked lines cannot both be true, and what one viewpoint could not see."""
