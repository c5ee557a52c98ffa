"""Answers from the handbook, and the rules for an edition of it."""
