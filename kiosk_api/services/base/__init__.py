"""What every use case is built on: the context, its ports, budgets, keys, the care of the store."""
