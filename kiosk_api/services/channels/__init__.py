"""The conversation over messengers: one contract for all of them."""
