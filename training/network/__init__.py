"""The reader network: one encoder and what hangs on it, from pre-training to the exported graph. Needs torch."""
