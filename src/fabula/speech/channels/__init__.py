"""How words reach the hearer: calls, machines, messages, letters, songs."""
