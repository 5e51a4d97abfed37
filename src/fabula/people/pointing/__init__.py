"""Mentions: whom pronouns and other words point at, by the rules and by the network."""
