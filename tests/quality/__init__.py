"""How well the tests test: branches they walk."""
