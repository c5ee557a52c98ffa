"""Conversations and drafts; and, for who needs a person: requests to be called back, calls from the hall."""
