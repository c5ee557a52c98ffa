"""What only a terminal has: its printer, its voice, handwriting, its health."""
