"""Words that are somebody's without quotation marks: thoughts, verses, machines, tagged lines."""
