"""One registered case: found, shown, moved by its petitioner, its receipt, its deadlines in the background."""
