"""A telling in several files: which ones, in what order, and how they become one."""
