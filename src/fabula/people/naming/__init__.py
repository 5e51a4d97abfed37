"""Names: what is one, whose it is, and which are one person's."""
