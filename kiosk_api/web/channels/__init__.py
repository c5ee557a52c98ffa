"""Channels other than the pages: each verifies, limits and renders messages; none holds dialogue logic."""
