"""The wall around an accusation: what those outside get is what they get where there is no such case."""
