"""Makes what is learned; imports fabula, never the reverse."""
