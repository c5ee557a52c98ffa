"""HTTP channels of the Rasa server, on loopback only."""
