"""The characters: names and descriptions gathered, approved, and mended by the author's word."""
