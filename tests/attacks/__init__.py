"""The service attacked as a stranger would attack it."""
