"""What is said: sentences only, no rule."""
