"""Conversations with the assistant, and their drafts."""
