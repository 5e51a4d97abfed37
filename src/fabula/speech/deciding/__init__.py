"""Who speaks, to whom and how surely, decided over a whole conversation."""
