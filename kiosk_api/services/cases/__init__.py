"""Registered cases: look-up, display, the petitioner's steps, receipts, and background work on deadlines."""
