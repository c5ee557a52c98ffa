"""Written documents: what stands on each, and which of them a case has."""
