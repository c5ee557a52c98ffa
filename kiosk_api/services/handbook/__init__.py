"""Answers from the handbook, and the rules that an edition of it must keep."""
