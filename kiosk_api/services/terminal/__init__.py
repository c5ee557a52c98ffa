"""Use cases of a terminal: printing, speech, handwriting, health."""
