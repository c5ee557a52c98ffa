"""What every use case stands on: the context, its ports, budgets, keys, the care of the store."""
