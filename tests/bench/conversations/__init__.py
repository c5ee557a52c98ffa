"""`make bench-talks`: unseen conversations, line by line, as a good officer would have gone on."""
