"""An invented county that a fresh store starts with; a bureau loads its own units in its place."""
