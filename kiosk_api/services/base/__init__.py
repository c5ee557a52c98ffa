"""Shared by all use cases: the context, its ports, budgets, keys, maintenance of the store."""
