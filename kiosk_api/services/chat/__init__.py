"""Conversations with the assistant and the drafts that they keep."""
