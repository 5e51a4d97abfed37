"""What every format begins with: bytes to text, the safe way into an archive, and what is no text at all."""
