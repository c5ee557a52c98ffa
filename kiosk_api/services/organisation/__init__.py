"""Units, accounts and who may read what."""
