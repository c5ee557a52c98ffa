"""The record of changes: checked, anchored outside the store, and shown."""
