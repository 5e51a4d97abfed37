"""Makes the weights; imports fabula, never the reverse; the only user of torch."""
