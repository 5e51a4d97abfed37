"""What the narration beside a quotation says of its speaker: tags, beats, names called out."""
