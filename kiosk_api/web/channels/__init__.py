"""Channels other than the pages: each verifies, bounds and renders; none holds dialogue."""
