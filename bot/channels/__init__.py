"""Doors of the Rasa server, on loopback only."""
