"""What is said and what it means: pure functions, standard library only."""
