"""`make bench-understanding`: how well texts are understood, beside three baselines, in one run."""
